export { createRequeueExpiryStage } from './approval/expire-requests.js';
export { createLineageApprovalExpiryStage } from './lineage-changes/expire-approvals.js';
export { guardChange } from './lineage-changes/guard-change.js';
export { createRequeueConsumer } from './requeue.events.js';
export { createRequeueProofStage } from './requeue-proof-stage.js';
export { createRequeueRunStage } from './requeue-run-stage.js';
export { RequeueModule } from './requeue.module.js';
export { createRequeueSendTask, type SenderDeps } from './usecases/send-attempt.js';
