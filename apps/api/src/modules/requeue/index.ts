export { createRequeueConsumer } from './requeue.events.js';
export { RequeueModule } from './requeue.module.js';
export { createRequeueSendTask, type SenderDeps } from './usecases/send-attempt.js';
