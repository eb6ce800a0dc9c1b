import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';

/** Every story of the reusable patterns. */
export const PATTERN_STORIES: readonly Story[] = [];

/** What the simulated estate tells of the reusable patterns. */
export const PATTERN_JOURNEYS: readonly Journey[] = [];
