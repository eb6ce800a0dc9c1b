export { Database } from './database.js';
export type { DatabaseOptions, FoundIngestKey, FoundSession, FoundSignIn } from './database.js';
export type { JobOptions, Tx } from './tx.js';
export type { CopyColumn } from './binary-copy.js';
export { BulkLoad, type BulkTable } from './bulk-load/bulk-load.js';
export { encodeNumeric, encodeTableRows } from './bulk-load/table-rows.js';
export { arrayType, encodeArray, uuidArray } from './binary-array.js';
export type { CopyType } from './binary-values.js';
export { UnencodableCell } from './binary-values.js';
export type { NotifyChannel } from './notify-channel.js';
export { notifyChannels } from './notify-channel.js';
export type { Readiness } from './readiness.js';
export { DatabaseUnavailable, isTransientDatabaseError } from './transient-error.js';
export type {
  BatchKind,
  ClaimedBatch,
  ClaimOptions,
  PendingBatch,
  PendingFigures,
  SignalLog,
} from './signal-log/signal-log.js';
export { PostgresSignalLog } from './signal-log/postgres-signal-log.js';
export { chooseSmallChunks, forgetEmptySlots, takeChunks, tryCompactionLock } from './span-store/compact-chunks.js';
export type {
  ChosenChunks,
  CompactionBounds,
  FoundTrace,
  SmallChunk,
  TraceOfChunk,
} from './span-store/compact-chunks.js';
export { CHUNKS_OF_TRACE, CHUNKS_OF_TRACES, TRACES_OF_KEY } from './span-store/received-slot.js';
export { storeCompactedChunks, storeSpanChunks } from './span-store/store-span-chunks.js';
export type { SpanReceipt, StorableChunk, StorableGroup, StoredSpanChunks } from './span-store/store-span-chunks.js';
export { spanIdNumber, spanIdText, type StorableLink } from './span-store/store-span-links.js';
export { SecretBox } from './secret-box.js';
export { migrate } from './migrate.js';
export type { MigrateOptions } from './migrate.js';
export { ensurePartitions } from './partitions.js';
export { rebuildTables } from './rebuild-tables.js';
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
