export { inBatches, inDisorder, seededNumbers } from './disorder.js';
export { Draw } from './histories/draw.js';
export { type RandomHistory, activitiesOfSignals, randomHistory } from './histories/random-history.js';
export { strayActivities } from './histories/stray-activities.js';
export {
  type LineageSummary,
  type ProblemSummary,
  type TransactionSummary,
  summarizeLineage,
} from './lineage-summary.js';
export { ORDERS_OF_GROUP, type OrderHistory, groupsOf, orderGroup } from './order-history.js';
export {
  INTEGRATION,
  type StoryOrder,
  cashPositionUpdated,
  contractApproved,
  invoicePosted,
  keyOf,
  missingMappingSignature,
  moneyOf,
  orderAccepted,
  orderSyncFailed,
  paymentApplied,
  paymentReceived,
} from './order-signals.js';
export {
  type DecodedSignals,
  type ScenarioSignal,
  decodeSignals,
  mapSignals,
  storedSignalOf,
} from './scenario-signal.js';
export { STORY_ENTITIES, type Story } from './story.js';
export { ORDER_TO_CASH_STORIES } from './stories/all-stories.js';
export { happyPaths } from './stories/happy-path.js';
export {
  errorAfterSuccess,
  lateNewsOfAnOldError,
  missingMappingMended,
  missingMappingTwice,
} from './stories/missing-mapping.js';
export { batchCashPosition, lateAliasMerge, onePaymentForThree, paymentOverdue } from './stories/payments.js';
export { type Run, type SpanDraft, financeEvent, runNamed, traceOfRun } from './wire-forms.js';
