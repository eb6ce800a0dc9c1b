export { createRequeueExpiryStage } from './approval/expire-requests.js';
export { createRequeueConsumer } from './requeue.events.js';
export { RequeueModule } from './requeue.module.js';
export { createRequeueSendTask, type SenderDeps } from './usecases/send-attempt.js';
