export { emit } from './emit.js';
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
