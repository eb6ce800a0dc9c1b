import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import { happyPaths } from './happy-path.js';
import {
  errorAfterSuccess,
  lateNewsOfAnOldError,
  missingMappingMended,
  missingMappingTwice,
} from './missing-mapping.js';
import { onePaymentForThreeJourney } from './journeys.js';
import { longFormJourney, longForms, neverAccepted, neverAcceptedJourney, unpaid, unpaidJourney } from './long-form.js';
import { batchCashPosition, lateAliasMerge, onePaymentForThree, paymentOverdue } from './payments.js';

/** Every story of the short form of order to cash. */
export const SHORT_ORDER_TO_CASH_STORIES: readonly Story[] = [
  ...happyPaths,
  missingMappingTwice,
  missingMappingMended,
  lateNewsOfAnOldError,
  errorAfterSuccess,
  paymentOverdue,
  onePaymentForThree,
  batchCashPosition,
  lateAliasMerge,
];

/** Every story of order to cash. */
export const ORDER_TO_CASH_STORIES: readonly Story[] = [
  ...SHORT_ORDER_TO_CASH_STORIES,
  ...longForms,
  neverAccepted,
  unpaid,
];

/** What the simulated estate tells of order to cash beside its orders. */
export const ORDER_TO_CASH_JOURNEYS: readonly Journey[] = [
  onePaymentForThreeJourney,
  longFormJourney,
  neverAcceptedJourney,
  unpaidJourney,
];
