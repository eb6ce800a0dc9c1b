import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';

/** Every story of global order to cash with compliance evidence. */
export const COMPLIANCE_STORIES: readonly Story[] = [];

/** What the simulated estate tells of global order to cash with compliance evidence. */
export const COMPLIANCE_JOURNEYS: readonly Journey[] = [];
