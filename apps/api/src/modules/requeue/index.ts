export { createRequeueConsumer } from './requeue.events.js';
export { createRequeueRunStage } from './requeue-run-stage.js';
export { RequeueModule } from './requeue.module.js';
export { createRequeueSendTask, type SenderDeps } from './usecases/send-attempt.js';
