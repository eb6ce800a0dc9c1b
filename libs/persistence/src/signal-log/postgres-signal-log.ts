import type { Tx } from '../tx.js';
import type { ClaimOptions, ClaimedBatch, PendingBatch, PendingFigures, SignalLog } from './signal-log.js';

/** First pause of a batch that could not be worked on; doubles with each failure up to the longest. */
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 3_600;

/** The signal log as rows of `intake_batch`: locked by the claim, deleted by the acknowledgement. */
export class PostgresSignalLog implements SignalLog {
  async append(tx: Tx, batch: PendingBatch): Promise<void> {
    const receivedAt = batch.receivedAt.toISOString();
    await tx.query(
      `with batch as (
         insert into intake_batch (tenant_id, batch_id, kind, received_on, received_at, items)
         values ($1, $2, $3, $4, $5, $6)
       )
       select pg_notify('throughline_intake', $1::text)`,
      [tx.tenantId, batch.batchId, batch.kind, receivedAt.slice(0, 10), receivedAt, batch.items],
    );
  }

  claim(tx: Tx, { mostBatches, mostItems, only }: ClaimOptions): Promise<ClaimedBatch[]> {
    // What the measuring leaves out stays locked until the transaction ends: others pass it over, and it is taken next.
    return tx.query<ClaimedBatch>(
      `with free as (
         select batch_id, kind, received_on, received_at, items from intake_batch
         where tenant_id = $1 and not_before <= now() and ($2::uuid is null or batch_id = $2)
         order by received_at, batch_id limit $3 for update skip locked
       ), measured as (
         select free.*, sum(items) over (order by received_at, batch_id) as items_so_far,
                row_number() over (order by received_at, batch_id) as number
         from free
       )
       select batch_id as "batchId", kind, received_on as "receivedOn", items from measured
       where number = 1 or items_so_far <= $4
       order by number`,
      [tx.tenantId, only ?? null, mostBatches, mostItems],
    );
  }

  async acknowledge(tx: Tx, batches: readonly Pick<ClaimedBatch, 'batchId'>[]): Promise<void> {
    if (batches.length === 0) return;
    await tx.query('delete from intake_batch where tenant_id = $1 and batch_id = any($2::uuid[])', [
      tx.tenantId,
      batches.map((batch) => batch.batchId),
    ]);
  }

  async defer(tx: Tx, batchId: string): Promise<void> {
    await tx.query(
      `update intake_batch set failures = failures + 1,
              not_before = now() + make_interval(secs => least($4, $3 * power(2, least(failures, 20))))
       where tenant_id = $1 and batch_id = $2`,
      [tx.tenantId, batchId, FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS],
    );
  }

  async pending(tx: Tx): Promise<PendingFigures> {
    const [row] = await tx.query<{ batches: string; items: string; deferred: string; oldestReceivedAt: Date | null }>(
      `select count(*) as batches, coalesce(sum(items), 0) as items, count(*) filter (where failures > 0) as deferred,
              min(received_at) as "oldestReceivedAt"
       from intake_batch where tenant_id = $1`,
      [tx.tenantId],
    );
    return {
      batches: Number(row?.batches ?? 0),
      items: Number(row?.items ?? 0),
      deferred: Number(row?.deferred ?? 0),
      oldestReceivedAt: row?.oldestReceivedAt ?? null,
    };
  }
}
