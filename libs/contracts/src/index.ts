export {
  COMPENSATION_ACTIONS,
  type CompensationAction,
  type CompensationBody,
  REQUEST_ACTIONS,
  type RequestAction,
} from './compensation-body.js';
export { GRAPHQL_ERROR_CODES, type GraphqlErrorCode } from '@throughline/canonical';
export {
  JOB_NAMES,
  type NotificationDeliverJob,
  type RequeueSendJob,
  readNotificationDeliverJob,
  readRequeueSendJob,
} from './jobs.js';
export {
  IDEMPOTENCY_KEY_HEADER,
  REQUEUE_MODES,
  type RequeueAnswer,
  type RequeueBody,
  type RequeueMode,
  readRequeueAnswer,
} from './requeue-body.js';
export { SCHEMA_PATH } from './schema-path.js';
