import type { Tx } from '@throughline/persistence';

/** What storing a request came to; `duplicates` were stored before (or twice in the request) and are accepted as well. */
export type StoredCounts = { stored: number; duplicates: number };

/** Leaves the row that the worker claims, and wakes it at commit. Only for a batch that stored something new. */
export async function announceBatch(
  tx: Tx,
  batch: { batchId: string; kind: 'spans' | 'events'; receivedAt: Date; items: number },
): Promise<void> {
  const receivedAt = batch.receivedAt.toISOString();
  await tx.query(
    `insert into intake_batch (tenant_id, batch_id, kind, received_on, received_at, items) values ($1, $2, $3, $4, $5, $6)`,
    [tx.tenantId, batch.batchId, batch.kind, receivedAt.slice(0, 10), receivedAt, batch.items],
  );
  await tx.notify('throughline_intake', tx.tenantId);
}
