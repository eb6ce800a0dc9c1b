import type { Tx } from '@throughline/persistence';

/** The queues that the exceptions of a run lie in. */
export async function findQueuesOfRun(tx: Tx, requestId: string): Promise<string[]> {
  const rows = await tx.query<{ queue: string }>(
    `select distinct e.queue from requeue_attempt a
     join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
     where a.tenant_id = $1 and a.request_id = $2 and e.queue is not null order by e.queue`,
    [tx.tenantId, requestId],
  );
  return rows.map(({ queue }) => queue);
}
