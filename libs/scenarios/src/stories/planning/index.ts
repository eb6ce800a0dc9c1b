import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';

/** Every story of pipeline, bookings and actuals to plan. */
export const PLANNING_STORIES: readonly Story[] = [];

/** What the simulated estate tells of pipeline, bookings and actuals to plan. */
export const PLANNING_JOURNEYS: readonly Journey[] = [];
