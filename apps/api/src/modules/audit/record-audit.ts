import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { auditContentHash } from './domain/audit-content.js';

/** Who acted: a person, or the system by the name of its part. */
export type Actor = { kind: 'person' | 'system'; id: string; name: string };

/** One act. `details` is plain JSON: ids, states, reasons; no payloads, no secrets. */
export type AuditEntry = {
  at: Date;
  actor: Actor;
  /** `<noun>.<verb in past tense>`, e.g. "exception.assigned". */
  action: string;
  subject: { type: string; id: string };
  details: Record<string, unknown>;
  traceId?: string | undefined;
};

/** Writes one record in the transaction of the act. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await recordAudits(tx, [entry]);
}

/** Writes many records set-based in the transaction of the act; the seal chains them once they are committed. */
export async function recordAudits(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const rows = entries.map((entry) => {
    const auditId = randomUUID();
    // what is hashed is what is stored: details are taken through JSON first (undefined members vanish, dates become text)
    const details = JSON.parse(JSON.stringify(entry.details)) as Record<string, unknown>;
    const content = {
      auditId,
      at: entry.at.toISOString(),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      details,
      traceId: entry.traceId ?? null,
    };
    return { ...content, contentHash: auditContentHash(tx.tenantId, content).toString('hex') };
  });
  await tx.query(
    `with recorded as (
     insert into audit_record (tenant_id, audit_id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id,
                               details, trace_id, content_hash)
     select $1, r."auditId", r.at, r.actor ->> 'kind', r.actor ->> 'id', r.actor ->> 'name', r.action,
            r.subject ->> 'type', r.subject ->> 'id', r.details, r."traceId", decode(r."contentHash", 'hex')
     from jsonb_to_recordset($2::jsonb) as r("auditId" uuid, at timestamptz, actor jsonb, action text, subject jsonb,
                                             details jsonb, "traceId" text, "contentHash" text)
     returning audit_id)
     insert into audit_unsealed (tenant_id, audit_id) select $1, audit_id from recorded`,
    [tx.tenantId, JSON.stringify(rows)],
  );
  await tx.notify('throughline_audit', tx.tenantId);
}
