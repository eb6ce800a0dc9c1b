import type { Journey } from '../journey.js';
import type { Story } from '../story.js';
import { COMPLIANCE_JOURNEYS, COMPLIANCE_STORIES } from './compliance/index.js';
import { MONEY_JOURNEYS, MONEY_STORIES } from './money/index.js';
import { ORDER_TO_CASH_JOURNEYS, ORDER_TO_CASH_STORIES } from './order-to-cash/index.js';
import { PATTERN_JOURNEYS, PATTERN_STORIES } from './patterns/index.js';
import { PLANNING_JOURNEYS, PLANNING_STORIES } from './planning/index.js';
import { QUOTE_TO_CASH_JOURNEYS, QUOTE_TO_CASH_STORIES } from './quote-to-cash/index.js';
import { TREASURY_JOURNEYS, TREASURY_STORIES } from './treasury/index.js';

/** Every story. */
export const ALL_STORIES: readonly Story[] = [
  ...ORDER_TO_CASH_STORIES,
  ...MONEY_STORIES,
  ...QUOTE_TO_CASH_STORIES,
  ...COMPLIANCE_STORIES,
  ...TREASURY_STORIES,
  ...PLANNING_STORIES,
  ...PATTERN_STORIES,
];

/** Every journey that the simulated estate tells. */
export const ALL_JOURNEYS: readonly Journey[] = [
  ...ORDER_TO_CASH_JOURNEYS,
  ...MONEY_JOURNEYS,
  ...QUOTE_TO_CASH_JOURNEYS,
  ...COMPLIANCE_JOURNEYS,
  ...TREASURY_JOURNEYS,
  ...PLANNING_JOURNEYS,
  ...PATTERN_JOURNEYS,
];
