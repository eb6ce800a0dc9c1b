import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import { amendedContract, amendedJourney } from './amended-contract.js';
import {
  contradictoryAliases,
  farInTheFuture,
  linksInACircle,
  orderLinkedToItself,
  unknownCurrency,
} from './bad-input.js';
import { batchOf500 } from './batch-of-500.js';
import { brazil, brazilJourney, brazilLineRefused, brazilRefusedJourney } from './brazil.js';
import {
  cancelledAfterPartDelivery,
  cancelledHalfWayJourney,
  restCancelled,
  restCancelledJourney,
} from './cancelled-half-way.js';
import { oldPayloadJourney, oldPayloadResent, overtakenOrderJourney, updateOvertakesOrder } from './changed-orders.js';
import {
  creditBlockedJourney,
  creditBlockedOrder,
  creditRefused,
  creditRefusedJourney,
  creditReleased,
  creditReleasedJourney,
} from './credit-over-limit.js';
import {
  currencyMendedJourney,
  currencyMismatch,
  currencyMismatchJourney,
  currencyMismatchMended,
} from './currency-mismatch.js';
import { happyPaths } from './happy-path.js';
import { onePaymentForThreeJourney } from './journeys.js';
import { longFormJourney, longForms, neverAccepted, neverAcceptedJourney, unpaid, unpaidJourney } from './long-form.js';
import { mergedJourney, mergedOrders } from './merged-orders.js';
import {
  errorAfterSuccess,
  lateNewsOfAnOldError,
  missingMappingMended,
  missingMappingTwice,
} from './missing-mapping.js';
import { batchCashPosition, lateAliasMerge, onePaymentForThree, paymentOverdue } from './payments.js';
import {
  creditedJourney,
  invoiceCredited,
  paidInPartJourney,
  paidInPartOnly,
  paidInTwoParts,
  paidInTwoPartsJourney,
} from './part-payments.js';
import { appliedAgain, reappliedJourney, rebilledJourney, reversedAndBilledAnew } from './reversals.js';
import {
  bankFileLate,
  bankFileLateJourney,
  bankFileMissing,
  bankFileMissingJourney,
  paymentWebhookThrice,
  webhookThriceJourney,
} from './receipts.js';
import {
  blockedAccountJourney,
  blockedAccountMended,
  blockedAccountOrder,
  rateLimitJourney,
  rateLimitedOrder,
  unblockedAccountJourney,
} from './refused-orders.js';
import { halfOfSplitJourney, splitHalfWay, splitJourney, splitOrders } from './split-orders.js';
import { mappedJourney, missingMappingJourney, neverAppliedJourney } from './unmended-journeys.js';

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
  blockedAccountOrder,
  blockedAccountMended,
  rateLimitedOrder,
  updateOvertakesOrder,
  oldPayloadResent,
  creditBlockedOrder,
  creditReleased,
  creditRefused,
  currencyMismatch,
  currencyMismatchMended,
  paymentWebhookThrice,
  bankFileMissing,
  bankFileLate,
  brazil,
  brazilLineRefused,
  paidInPartOnly,
  paidInTwoParts,
  invoiceCredited,
  reversedAndBilledAnew,
  appliedAgain,
  splitHalfWay,
  splitOrders,
  mergedOrders,
  cancelledAfterPartDelivery,
  restCancelled,
  batchOf500,
  amendedContract,
  linksInACircle,
  orderLinkedToItself,
  contradictoryAliases,
  farInTheFuture,
  unknownCurrency,
];

/** What the simulated estate tells of order to cash beside its orders. */
export const ORDER_TO_CASH_JOURNEYS: readonly Journey[] = [
  onePaymentForThreeJourney,
  longFormJourney,
  neverAcceptedJourney,
  unpaidJourney,
  blockedAccountJourney,
  unblockedAccountJourney,
  rateLimitJourney,
  overtakenOrderJourney,
  oldPayloadJourney,
  creditBlockedJourney,
  creditReleasedJourney,
  creditRefusedJourney,
  currencyMismatchJourney,
  currencyMendedJourney,
  webhookThriceJourney,
  bankFileMissingJourney,
  bankFileLateJourney,
  paidInPartJourney,
  paidInTwoPartsJourney,
  creditedJourney,
  rebilledJourney,
  reappliedJourney,
  halfOfSplitJourney,
  splitJourney,
  mergedJourney,
  cancelledHalfWayJourney,
  restCancelledJourney,
  amendedJourney,
  brazilJourney,
  brazilRefusedJourney,
  missingMappingJourney,
  mappedJourney,
  neverAppliedJourney,
];
