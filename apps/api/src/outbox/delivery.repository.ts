import type { Tx } from '@throughline/persistence';
import type { OutboxEvent } from './topic.js';

/** A delivery whose row is gone when the transaction commits. */
export type ClaimedDelivery = OutboxEvent;

const MOST_DELIVERIES = 20;
/** First pause of a delivery that failed; doubles with each failure up to the longest. */
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 900;

export async function hasDeliveries(tx: Tx, consumer: string): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }>(
    `select exists (select 1 from outbox_delivery where tenant_id = $1 and consumer = $2 and not_before <= now()) as found`,
    [tx.tenantId, consumer],
  );
  return row?.found === true;
}

/** One worker at a time for a consumer of a tenant: two that reconcile the same objects side by side would collide. */
export async function lockConsumer(tx: Tx, consumer: string): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('throughline.outbox.' || $2::text || '.' || $1::text, 0))`,
    [tx.tenantId, consumer],
  );
}

/** Takes deliveries that are due, oldest first; `only` takes one certain delivery. */
export async function claimDeliveries(tx: Tx, consumer: string, only?: string): Promise<ClaimedDelivery[]> {
  const rows = await tx.query<ClaimedDelivery>(
    `with due as (
       select delivery_id from outbox_delivery
       where tenant_id = $1 and consumer = $2 and not_before <= now() and ($3::bigint is null or delivery_id = $3)
       order by delivery_id limit $4 for update skip locked
     )
     delete from outbox_delivery o using due
     where o.tenant_id = $1 and o.consumer = $2 and o.delivery_id = due.delivery_id
     returning o.delivery_id::text as "deliveryId", o.topic, o.payload`,
    [tx.tenantId, consumer, only ?? null, MOST_DELIVERIES],
  );
  return rows.sort((left, right) => Number(BigInt(left.deliveryId) - BigInt(right.deliveryId)));
}

/** Puts a failed delivery off; answers how often it has failed. Nothing is ever given up. */
export async function deferDelivery(tx: Tx, consumer: string, deliveryId: string): Promise<number> {
  const [row] = await tx.query<{ failures: number }>(
    `update outbox_delivery set failures = failures + 1,
            not_before = now() + make_interval(secs => least($5, $4 * power(2, least(failures, 20))))
     where tenant_id = $1 and consumer = $2 and delivery_id = $3
     returning failures`,
    [tx.tenantId, consumer, deliveryId, FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS],
  );
  return row?.failures ?? 0;
}
