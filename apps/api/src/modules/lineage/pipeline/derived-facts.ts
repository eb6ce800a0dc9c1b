import { GATHERED_RUN_MAPPING } from '@throughline/ingest';
import { SEQUENCE_GAP_MAPPING } from './sequences/gap-activity.js';

/** Facts that no signal tells by itself: mapping one again neither makes them nor takes them away. */
export const DERIVED_MAPPINGS: readonly string[] = [SEQUENCE_GAP_MAPPING.name, GATHERED_RUN_MAPPING.name];
