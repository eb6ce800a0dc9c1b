import type { Tx } from '@throughline/persistence';
import { ATTEMPT_COLUMNS, type AttemptRow } from './requeue.repository.js';

/** What stands of one attempt for ever. */
export type CertifiedRow = AttemptRow & {
  integration: string;
  integrationTitle: string | null;
  objectId: string;
  objectType: string;
  objectKey: string;
  idempotencyKey: string;
  body: string;
  /** Of the latest transmission; null = none that noted it. */
  contentType: string | null;
  selectionHash: string;
  requestedAt: Date;
};

/** One attempt as it was decided and sent; null = none. */
export async function findCertified(tx: Tx, attemptId: string): Promise<CertifiedRow | null> {
  const [row] = await tx.query<CertifiedRow>(
    `select ${ATTEMPT_COLUMNS}, a.integration, i.title as "integrationTitle", e.object_id as "objectId",
            e.object_type as "objectType", e.object_key as "objectKey", a.idempotency_key as "idempotencyKey", a.body,
            a.sent_content_type as "contentType",
            encode(r.selection_hash, 'hex') as "selectionHash", r.created_at as "requestedAt"
     from requeue_attempt a
     join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
     left join integration i on i.tenant_id = $1 and i.name = a.integration
     where a.tenant_id = $1 and a.attempt_id = $2`,
    [tx.tenantId, attemptId],
  );
  return row ?? null;
}

export type EvidenceRecord = {
  id: string;
  at: Date;
  action: string;
  actorName: string;
  hash: string;
  isSealed: boolean;
};

/** The records of the audit log about an attempt, its request, and what this attempt did to its exception; oldest first. */
export async function findEvidence(
  tx: Tx,
  { attemptId, requestId, exceptionId }: { attemptId: string; requestId: string; exceptionId: string },
): Promise<EvidenceRecord[]> {
  return tx.query<EvidenceRecord>(
    `select r.audit_id as id, r.at, r.action, r.actor_name as "actorName", encode(r.content_hash, 'hex') as hash,
            s.sequence is not null as "isSealed"
     from audit_record r left join audit_seal s on s.tenant_id = $1 and s.audit_id = r.audit_id
     where r.tenant_id = $1 and (
       r.subject_type = 'requeue-attempt' and r.subject_id = $2
       or r.subject_type = 'requeue-request' and r.subject_id = $3
       or r.subject_type = 'exception' and r.subject_id = $4 and r.details ->> 'attemptId' = $2)
     order by r.at, r.audit_id`,
    [tx.tenantId, attemptId, requestId, exceptionId],
  );
}
