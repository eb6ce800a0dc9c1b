export { recordAudit, recordAudits, type Actor, type AuditEntry } from './record-audit.js';
export { createAuditSealStage } from './seal-stage.js';
