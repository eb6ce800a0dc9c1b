import type { BulkActRow } from '../bulk/bulk-act.repository.js';
import { acceptanceReason } from '../domain/declared-reasons.js';
import type { AskedByActType } from './graphql/approvals.types.js';

/** An act that asked to close without correction, as the API shows what it asked for. */
export function toAskedByAct(row: BulkActRow): AskedByActType {
  const code = String(row.act['reasonCode']);
  return {
    id: row.id,
    reason: acceptanceReason(code) ?? { code, title: code },
    comment: row.reason,
    selectionWords: row.selectionWords,
    makerName: row.submittedByName,
    requestedAt: row.submittedAt,
    isAsking: row.state === 'FROZEN' || row.state === 'RUNNING',
    row,
  };
}
