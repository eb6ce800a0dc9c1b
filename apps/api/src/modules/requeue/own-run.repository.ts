import type { Tx } from '@throughline/persistence';
import { isOwnRun, TRACE_OF_ATTEMPT } from './own-run.js';

/** Whether any activity at the object of an attempt is of a run that it caused, whatever came of it. */
export async function hasOwnRun(tx: Tx, attemptId: string): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    `select a.attempt_id as id
     from requeue_attempt a
     -- offset 0: a look-up in the condition of an index is none that row-level security lets through
     cross join lateral (
       select coalesce((select o.object_id from object_alias o where o.tenant_id = $1 and o.alias_id = a.object_id),
                       a.object_id) as object_id, ${TRACE_OF_ATTEMPT} as trace_id offset 0
     ) home
     join object_alias o on o.tenant_id = $1 and o.object_id = home.object_id
     join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
     cross join lateral (
       select from activity r
       where r.tenant_id = $1 and r.activity_id = s.activity_id and ${isOwnRun('r', 'a.request_id', 'home.trace_id')} offset 0
     ) own
     where a.tenant_id = $1 and a.attempt_id = $2 limit 1`,
    [tx.tenantId, attemptId],
  );
  return rows.length > 0;
}
