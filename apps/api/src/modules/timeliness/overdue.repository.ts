import type { Tx } from '@throughline/persistence';

/** A milestone that passed its due time; objectId is the nil uuid when declared per transaction. */
export type OverdueMilestone = { transactionId: string; name: string; objectId: string; dueAt: Date };

/**
 * Marks the service milestones that are overdue at `now` and were not told of yet, oldest first; answers them. What is `held`
 * (workflow/milestone) waits for a planned maintenance and is told of after it.
 */
export async function markOverdue(
  tx: Tx,
  now: Date,
  limit: number,
  held: readonly string[] = [],
): Promise<OverdueMilestone[]> {
  return tx.query<OverdueMilestone>(
    `insert into overdue_mark (tenant_id, transaction_id, name, object_id, due_at, marked_at)
     select $1, m.transaction_id, m.name, m.object_id, m.due_at, $2
     from milestone m
     join business_transaction t on t.tenant_id = $1 and t.transaction_id = m.transaction_id and t.progress = 'running'
     where m.tenant_id = $1 and m.reached_at is null and m.due_at is not null and m.due_at < $2 and m.rule_kind = 'service'
       ${held.length === 0 ? '' : "and t.workflow || '/' || m.name <> all($4::text[])"}
       and not exists (
         select 1 from overdue_mark k
         where k.tenant_id = $1 and k.transaction_id = m.transaction_id and k.name = m.name and k.object_id = m.object_id
           and k.due_at = m.due_at)
     order by m.due_at, m.transaction_id limit $3
     on conflict do nothing
     returning transaction_id as "transactionId", name, object_id as "objectId", due_at as "dueAt"`,
    [tx.tenantId, now, limit, ...(held.length === 0 ? [] : [held])],
  );
}
