import type { Tx } from '@throughline/persistence';
import { OUTBOX_ROUTES } from './routes.js';
import type { Topic, TopicPayloads } from './topic.js';

/** Writes one delivery row per consumer of the topic, in the caller's transaction, and wakes the workers at commit. */
export async function emit<T extends Topic>(tx: Tx, topic: T, payload: TopicPayloads[T]): Promise<void> {
  await tx.query(
    `insert into outbox_delivery (tenant_id, consumer, topic, payload)
     select $1, consumer, $2, $3::jsonb from unnest($4::text[]) as consumer`,
    [tx.tenantId, topic, JSON.stringify(payload), [...OUTBOX_ROUTES[topic]]],
  );
  await tx.notify('throughline_outbox', tx.tenantId);
}
