import { hash, randomUUID } from 'node:crypto';
import { hashedUuid } from '@throughline/canonical';
import { OWN_SOURCE, eventScopedKey } from '@throughline/ingest';
import { PostgresSignalLog, type Tx } from '@throughline/persistence';

const LOG = new PostgresSignalLog();

/** A CloudEvent of Throughline itself. */
export type OwnEvent = { id: string; type: string; attributes: Record<string, string>; body: string };

/**
 * Stores an event of our own as the collector stores those of others: raw, under its idempotency key, as a batch that waits to
 * be mapped. Answers its signal.
 */
export async function storeOwnEvent(
  tx: Tx,
  { id, type, attributes, body }: OwnEvent,
  occurredAt: string,
  receivedAt: Date,
): Promise<{ signalId: string; receivedOn: string }> {
  const scopedKey = eventScopedKey(OWN_SOURCE, { source: OWN_SOURCE, id });
  const [signalId, batchId] = [hashedUuid(['signal', scopedKey]), randomUUID()];
  const receivedOn = receivedAt.toISOString().slice(0, 10);
  await tx.query('insert into signal_key (tenant_id, key_hash, signal_id, received_on) values ($1, $2, $3, $4)', [
    tx.tenantId,
    hash('sha256', scopedKey, 'buffer'),
    signalId,
    receivedOn,
  ]);
  await tx.query(
    `insert into signal (tenant_id, received_on, signal_id, batch_id, kind, source, external_id, scoped_key, type, occurred_at,
                         received_at, content_type, attributes, body, source_system, source_kind)
     values ($1, $2, $3, $4, 'cloud-event', $5, $6, $7, $8, $9, $10, 'application/json', $11, $12, $5, $5)`,
    [
      tx.tenantId,
      receivedOn,
      signalId,
      batchId,
      OWN_SOURCE,
      id,
      scopedKey,
      type,
      occurredAt,
      receivedAt,
      JSON.stringify(attributes),
      Buffer.from(body, 'utf8'),
    ],
  );
  await LOG.append(tx, { batchId, kind: 'events', receivedAt, items: 1 });
  return { signalId, receivedOn };
}
