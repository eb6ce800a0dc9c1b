import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import { statementsOnTime } from './incoming.js';

/** Every story of treasury. */
export const TREASURY_STORIES: readonly Story[] = [...statementsOnTime];

/** What the simulated estate tells of treasury. */
export const TREASURY_JOURNEYS: readonly Journey[] = [];
