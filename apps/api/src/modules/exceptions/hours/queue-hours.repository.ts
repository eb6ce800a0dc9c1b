import type { OwnHours } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';

/** When a queue is worked, as a tenant set it: by the name of a shipped calendar, or by hours of its own. */
export type SetHours = { calendar: string; own: OwnHours | null };

/** What a tenant set for its queues; a queue without has its default. */
export async function listQueueHours(tx: Tx): Promise<Map<string, SetHours>> {
  const rows = await tx.query<SetHours & { queue: string }>(
    `select queue, calendar, own from queue_hours where tenant_id = $1`,
    [tx.tenantId],
  );
  return new Map(rows.map(({ queue, ...set }) => [queue, set]));
}

/** Sets when a queue that is locked is worked; answers what was set before. */
export async function putQueueHours(tx: Tx, queue: string, { calendar, own }: SetHours): Promise<SetHours | null> {
  const before = (await listQueueHours(tx)).get(queue) ?? null;
  await tx.query(
    `insert into queue_hours (tenant_id, queue, calendar, own) values ($1, $2, $3, $4::jsonb)
     on conflict (tenant_id, queue) do update set calendar = excluded.calendar, own = excluded.own`,
    [tx.tenantId, queue, calendar, own && JSON.stringify(own)],
  );
  return before;
}
