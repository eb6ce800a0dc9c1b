import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** Everything of a record that its hash vouches for. Instants as ISO 8601 with milliseconds. */
export type AuditContent = {
  auditId: string;
  at: string;
  actor: { kind: string; id: string; name: string };
  action: string;
  subject: { type: string; id: string };
  details: unknown;
  traceId: string | null;
};

/** The chain of a tenant starts from 32 zero bytes. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/** SHA-256 over the canonical JSON of the record and its tenant. */
export function auditContentHash(tenantId: string, content: AuditContent): Buffer {
  const { auditId, at, actor, action, subject, details, traceId } = content;
  const text = canonicalJson({
    tenantId,
    auditId,
    at,
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    action,
    subject: { type: subject.type, id: subject.id },
    details,
    traceId,
  });
  return createHash('sha256').update(text, 'utf8').digest();
}

/** Next link of the chain: SHA-256 (previous || content hash). */
export function nextChainHash(previous: Buffer, contentHash: Buffer): Buffer {
  return createHash('sha256').update(previous).update(contentHash).digest();
}
