import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';

/** Every story of quote to cash for subscriptions. */
export const QUOTE_TO_CASH_STORIES: readonly Story[] = [];

/** What the simulated estate tells of quote to cash for subscriptions. */
export const QUOTE_TO_CASH_JOURNEYS: readonly Journey[] = [];
