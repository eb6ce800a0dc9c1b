import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';

/** Every story of the money on the graph. */
export const MONEY_STORIES: readonly Story[] = [];

/** What the simulated estate tells of the money on the graph. */
export const MONEY_JOURNEYS: readonly Journey[] = [];
