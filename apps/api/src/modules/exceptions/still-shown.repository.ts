import type { Tx } from '@throughline/persistence';

/**
 * What people closed as put right before then, and what the facts still show as far as was looked; a posting by hand that was seen is put
 * right whatever they show.
 */
export function findPutRightBefore(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ exceptionId: string; objectId: string }[]> {
  return tx.query(
    `select e.exception_id as "exceptionId", e.object_id as "objectId" from exception e
     where e.tenant_id = $1 and e.gone_at is null and (
         (e.resolution in ('SOURCE_FIXED', 'POSTED_BY_HAND') and e.resolved_at <= $2 and not exists (
           select from exception_hand_posting h
           where h.tenant_id = $1 and h.exception_id = e.exception_id and h.verified_at is not null))
         or (e.state = 'DUPLICATE' and e.is_duplicate_by_hand and exists (
           select from exception t
           where t.tenant_id = $1 and t.exception_id = e.duplicate_of and t.state = 'RESOLVED' and t.resolved_at <= $2)))
     limit $3`,
    [tx.tenantId, before, limit],
  );
}
