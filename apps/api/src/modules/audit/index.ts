export {
  findAuditRecordsOf,
  findLastActor,
  findLatestAuditRecords,
  type SubjectRecord,
  type SubjectStep,
} from './audit.repository.js';
export { AuditModule } from './audit.module.js';
export { recordAudit, recordAudits, type Actor, type AuditEntry } from './record-audit.js';
export { createAuditSealStage, type SealAlarm } from './seal-stage.js';
export { verifyAuditChain, type ChainVerdict } from './verify-chain.js';
