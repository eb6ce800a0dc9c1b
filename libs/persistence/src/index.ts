export { Database } from './database.js';
export type { DatabaseOptions, FoundIngestKey, FoundSession, FoundSignIn } from './database.js';
export type { JobOptions, Tx } from './tx.js';
export type { CopyColumn, CopyType } from './binary-copy.js';
export { UnencodableCell } from './binary-copy.js';
export type { NotifyChannel } from './notify-channel.js';
export { notifyChannels } from './notify-channel.js';
export type { Readiness } from './readiness.js';
export { DatabaseUnavailable, isTransientDatabaseError } from './transient-error.js';
export { SecretBox } from './secret-box.js';
export { migrate } from './migrate.js';
export type { MigrateOptions } from './migrate.js';
export { ensurePartitions } from './partitions.js';
export { jobRunnerUrl } from './connection-url.js';
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
  NotificationEntity,
} from './entities/index.js';
