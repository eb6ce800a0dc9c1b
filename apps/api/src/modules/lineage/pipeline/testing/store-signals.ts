import { randomUUID } from 'node:crypto';
import { hashedUuid } from '@throughline/canonical';
import { PostgresSignalLog, type Tx } from '@throughline/persistence';
import { type ScenarioSignal, decodeSignals, readWebhooks, storedSignalOf } from '@throughline/scenarios';
import { storeReceivedSpans } from '../../../../testing/stored-spans.js';
import { storeFiles } from './store-files.js';

const LOG = new PostgresSignalLog();

/** Stores signals as the collector does: raw rows, duplicates left out, one pending batch per protocol; answers their ids. */
export async function storeSignals(tx: Tx, signals: readonly ScenarioSignal[], receivedAt: Date): Promise<string[]> {
  const { spans, events, files } = decodeSignals(signals);
  const receivedOn = receivedAt.toISOString().slice(0, 10);
  const { batchId: spanBatch, candidateSpans } = await storeReceivedSpans(tx, spans, receivedAt);
  const eventBatch = randomUUID();
  let storedEvents = 0;
  for (const stored of [...events.map(storedSignalOf), ...(await readWebhooks(signals))]) {
    const { scopedKey } = stored;
    const signalId = hashedUuid(['signal', scopedKey]);
    const taken = await tx.query(
      'insert into signal_key (tenant_id, key_hash, signal_id, received_on) values ($1, sha256($2), $3, $4) on conflict do nothing returning 1',
      [tx.tenantId, Buffer.from(scopedKey), signalId, receivedOn],
    );
    if (taken.length === 0) continue;
    await tx.query(
      `insert into signal (tenant_id, received_on, signal_id, batch_id, kind, source, external_id, scoped_key, type, source_system,
                           source_kind, occurred_at, received_at, content_type, attributes, body)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [tx.tenantId, receivedOn, signalId, eventBatch, stored.kind, stored.source, stored.externalId, scopedKey, stored.type,
        stored.sourceSystem, stored.sourceKind, stored.occurredAt, receivedAt, stored.contentType, JSON.stringify(stored.attributes), stored.body],
    ); // prettier-ignore
    storedEvents += 1;
  }
  await announceBatch(tx, spanBatch, 'spans', receivedAt, candidateSpans);
  await announceBatch(tx, eventBatch, 'events', receivedAt, storedEvents);
  const { batchId: fileBatch, stored: storedRecords } = await storeFiles(tx, files, receivedAt);
  await announceBatch(tx, fileBatch, 'events', receivedAt, storedRecords);
  return [
    ...(candidateSpans > 0 ? [spanBatch] : []),
    ...(storedEvents > 0 ? [eventBatch] : []),
    ...(storedRecords > 0 ? [fileBatch] : []),
  ];
}

async function announceBatch(
  tx: Tx,
  batchId: string,
  kind: 'spans' | 'events',
  receivedAt: Date,
  items: number,
): Promise<void> {
  if (items === 0) return;
  await LOG.append(tx, { batchId, kind, receivedAt, items });
}
