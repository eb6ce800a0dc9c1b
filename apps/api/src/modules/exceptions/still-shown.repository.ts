import type { Tx } from '@throughline/persistence';

/**
 * What people closed as put right between these times, and what the facts still show as far as was looked, the longest closed first; a
 * posting by hand that was seen is put right whatever they show. What was closed long ago is history, and stays closed.
 */
export function findPutRight(
  tx: Tx,
  { after, before }: { after: Date; before: Date },
  limit: number,
): Promise<{ exceptionId: string; objectId: string }[]> {
  return tx.query(
    `select "exceptionId", "objectId" from (
       select e.exception_id as "exceptionId", e.object_id as "objectId", e.resolved_at as since from exception e
       where e.tenant_id = $1 and e.state = 'RESOLVED' and e.resolution in ('SOURCE_FIXED', 'POSTED_BY_HAND')
         and e.resolved_at > $2 and e.resolved_at <= $3 and e.gone_at is null
         and not exists (
           select from exception_hand_posting h
           where h.tenant_id = $1 and h.exception_id = e.exception_id and h.verified_at is not null)
       union all
       select e.exception_id, e.object_id, t.resolved_at from exception e
       join exception t on t.tenant_id = $1 and t.exception_id = e.duplicate_of and t.state = 'RESOLVED'
         and t.resolved_at > $2 and t.resolved_at <= $3
       where e.tenant_id = $1 and e.state = 'DUPLICATE' and e.is_duplicate_by_hand and e.gone_at is null
     ) put_right
     order by since, "exceptionId" limit $4`,
    [tx.tenantId, after, before, limit],
  );
}
