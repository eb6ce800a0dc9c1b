import type { Story } from '../story.js';
import { happyPaths } from './happy-path.js';
import {
  errorAfterSuccess,
  lateNewsOfAnOldError,
  missingMappingMended,
  missingMappingTwice,
} from './missing-mapping.js';
import { batchCashPosition, lateAliasMerge, onePaymentForThree, paymentOverdue } from './payments.js';

/** Every story of the short form of order to cash. */
export const ORDER_TO_CASH_STORIES: readonly Story[] = [
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
