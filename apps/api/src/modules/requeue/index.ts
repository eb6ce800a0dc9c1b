export { createRequeueExpiryStage } from './approval/expire-requests.js';
export { createRequeuePlanStage } from './plans/requeue-plan-stage.js';
export { createRequeueConsumer } from './requeue.events.js';
export { createRequeueProbeStage } from './requeue-probe-stage.js';
export { createRequeueProofStage } from './requeue-proof-stage.js';
export { createRequeueRunStage } from './requeue-run-stage.js';
export { RequeueModule } from './requeue.module.js';
export { createRequeueSendTask } from './usecases/send-attempt.js';
export type { SenderDeps } from './usecases/transmit.js';
