export { drawFindings, drawLinks, drawMoney } from './draw-lineage.js';
export { inBatches, inDisorder, seededNumbers } from './disorder.js';
export { type DecodedFile, type FileSignal, decodeFile } from './file-signal.js';
export { type Journey, type TimedSignal, signalsOf } from './journey.js';
export { Draw } from './histories/draw.js';
export { type RandomHistory, activitiesOfSignals, randomHistory } from './histories/random-history.js';
export { strayActivities } from './histories/stray-activities.js';
export {
  type LineageSummary,
  type ProblemSummary,
  type TransactionSummary,
  summarizeLineage,
} from './lineage-summary.js';
export {
  ORDERS_OF_GROUP,
  type GroupCourse,
  type OrderCourse,
  type OrderHistory,
  type PositionCourse,
  groupCourse,
  groupsOf,
  orderGroup,
  runOfOrder,
  signalOfPosition,
  signalsOfOrder,
} from './order-history.js';
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
  mapAllSignals,
  mapSignals,
  readWebhooks,
  storedSignalOf,
} from './scenario-signal.js';
export { type WebhookSignal } from './webhook-signal.js';
export { type PendingFor, STORY_ENTITIES, type StatesAt, type Story, type StoryState } from './story.js';
export { ALL_JOURNEYS, ALL_STORIES } from './stories/all-stories.js';
export { meetsFault } from './stories/ordinary-journeys.js';
export { ORDER_TO_CASH_STORIES, SHORT_ORDER_TO_CASH_STORIES } from './stories/order-to-cash/index.js';
export { happyPaths } from './stories/order-to-cash/happy-path.js';
export {
  errorAfterSuccess,
  lateNewsOfAnOldError,
  missingMappingMended,
  missingMappingTwice,
} from './stories/order-to-cash/missing-mapping.js';
export {
  batchCashPosition,
  lateAliasMerge,
  onePaymentForThree,
  paymentOverdue,
} from './stories/order-to-cash/payments.js';
export { type Run, type SpanDraft, financeEvent, partsOfRun, partsOfSpan, runNamed, traceOfRun } from './wire-forms.js';
