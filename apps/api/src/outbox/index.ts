export { emit } from './emit.js';
export { createOutboxStage } from './outbox-stage.js';
export { proveRoutes } from './prove-routes.js';
export { OUTBOX_ROUTES } from './routes.js';
export type {
  ExceptionsOpened,
  LineageProjected,
  OutboxConsumer,
  OutboxEvent,
  TimelinessOverdue,
  Topic,
  TopicPayloads,
} from './topic.js';
