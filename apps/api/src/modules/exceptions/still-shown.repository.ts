import type { Tx } from '@throughline/persistence';

/** An integration whose work a workflow sees in a milestone. */
export type Proving = { workflow: string; integration: string };

/**
 * What people closed as put right between these times, and what the facts still show as far as was looked, the longest closed first; a
 * posting by hand that was seen is put right whatever they show. A duplicate of a duplicate hangs on what that one hangs on. What was closed long ago is history, and stays closed. A failure that no milestone of a workflow
 * around its object could show as overcome says nothing by being there still: it stays closed until it occurs again.
 */
export function findPutRight(
  tx: Tx,
  { after, before }: { after: Date; before: Date },
  proving: readonly Proving[],
  limit: number,
): Promise<{ exceptionId: string; objectId: string }[]> {
  return tx.query(
    `with recursive hanging as (
       select e.exception_id, e.object_id, e.duplicate_of as target from exception e
       where e.tenant_id = $1 and e.state = 'DUPLICATE' and e.is_duplicate_by_hand and e.gone_at is null
       union
       select h.exception_id, h.object_id, t.duplicate_of
       from hanging h join exception t on t.tenant_id = $1 and t.exception_id = h.target and t.state = 'DUPLICATE'
     )
     select p."exceptionId", p."objectId" from (
       select e.exception_id as "exceptionId", e.object_id as "objectId", e.resolved_at as since from exception e
       where e.tenant_id = $1 and e.state = 'RESOLVED' and e.resolution in ('SOURCE_FIXED', 'POSTED_BY_HAND')
         and e.resolved_at > $2 and e.resolved_at <= $3 and e.gone_at is null
         and not exists (
           select from exception_hand_posting h
           where h.tenant_id = $1 and h.exception_id = e.exception_id and h.verified_at is not null)
       union all
       select h.exception_id, h.object_id, t.resolved_at from hanging h
       join exception t on t.tenant_id = $1 and t.exception_id = h.target and t.state = 'RESOLVED'
         and t.resolved_at > $2 and t.resolved_at <= $3
     ) p
     join exception e on e.tenant_id = $1 and e.exception_id = p."exceptionId"
     where e.last_activity_id is null or exists (
       select from transaction_object o
       join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id
       join unnest($5::text[], $6::text[]) as w(workflow, integration)
         on w.workflow = t.workflow and w.integration = e.integration
       where o.tenant_id = $1 and o.object_id = e.object_id)
     order by p.since, p."exceptionId" limit $4`,
    [
      tx.tenantId,
      after,
      before,
      limit,
      proving.map(({ workflow }) => workflow),
      proving.map(({ integration }) => integration),
    ],
  );
}
