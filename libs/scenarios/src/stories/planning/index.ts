import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  bookedToPlan,
  closedInTime,
  lateSubsidiary,
  missingDimension,
  modelChanged,
  newProduct,
  waitingForErp,
} from './booking-journeys.js';
import { BOOKING_STORIES } from './booking-stories.js';
import { closeDay } from './close-day.js';
import { HIERARCHY_STORIES, hierarchyDrift } from './hierarchy-drift.js';
import { LOAD_STORIES } from './load-stories.js';
import { dailySnapshot, snapshotNotLoaded, snapshotOfOldModel, stageChange } from './pipeline.js';
import { PIPELINE_STORIES } from './pipeline-stories.js';

/** Every story of pipeline, bookings and actuals to plan. */
export const PLANNING_STORIES: readonly Story[] = [
  ...BOOKING_STORIES,
  ...LOAD_STORIES,
  closeDay,
  ...PIPELINE_STORIES,
  ...HIERARCHY_STORIES,
];

/** What the simulated estate tells of pipeline, bookings and actuals to plan. */
export const PLANNING_JOURNEYS: readonly Journey[] = [
  bookedToPlan,
  waitingForErp,
  newProduct,
  missingDimension,
  modelChanged,
  closedInTime,
  lateSubsidiary,
  dailySnapshot,
  stageChange,
  snapshotNotLoaded,
  snapshotOfOldModel,
  hierarchyDrift,
];
