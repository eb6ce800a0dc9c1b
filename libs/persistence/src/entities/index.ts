import { TenantEntity, PersonEntity, SessionEntity, IngestKeyEntity } from './identity-entities.js';
import {
  LegalEntityEntity,
  SourceSystemEntity,
  IntegrationEntity,
  AlertChannelEntity,
  AlertPolicyEntity,
} from './catalog-entities.js';
import { ExceptionGroupEntity, ExceptionEntity, ExceptionEventEntity } from './exception-entities.js';
import {
  RequeueRequestEntity,
  RequeueAttemptEntity,
  RequeueClaimEntity,
  RequeueOrderEntity,
} from './requeue-entities.js';
import { NotificationEntity } from './delivery-entities.js';

export {
  TenantEntity,
  PersonEntity,
  SessionEntity,
  IngestKeyEntity,
  LegalEntityEntity,
  SourceSystemEntity,
  IntegrationEntity,
  AlertChannelEntity,
  AlertPolicyEntity,
  ExceptionGroupEntity,
  ExceptionEntity,
  ExceptionEventEntity,
  RequeueRequestEntity,
  RequeueAttemptEntity,
  RequeueClaimEntity,
  RequeueOrderEntity,
  NotificationEntity,
};

/** Row shapes of the tables that are used by plain create, read, update, delete; hot paths use SQL. */
export const entities: readonly (new () => object)[] = [
  TenantEntity,
  PersonEntity,
  SessionEntity,
  IngestKeyEntity,
  LegalEntityEntity,
  SourceSystemEntity,
  IntegrationEntity,
  AlertChannelEntity,
  AlertPolicyEntity,
  ExceptionGroupEntity,
  ExceptionEntity,
  ExceptionEventEntity,
  RequeueRequestEntity,
  RequeueAttemptEntity,
  RequeueClaimEntity,
  RequeueOrderEntity,
  NotificationEntity,
];
