import { randomUUID } from 'node:crypto';
import { hashedUuid } from '@throughline/canonical';
import type { StoredSignal } from '@throughline/ingest';
import { PostgresSignalLog, type Tx } from '@throughline/persistence';
import { type ScenarioSignal, decodeSignals, readWebhooks, storedSignalOf } from '@throughline/scenarios';
import { storeReceivedSpans } from '../../../../testing/stored-spans.js';
import { storeFiles } from './store-files.js';

const LOG = new PostgresSignalLog();

/** Stores signals as the collector does: raw rows, duplicates left out, one pending batch per protocol; answers their ids. */
export async function storeSignals(tx: Tx, signals: readonly ScenarioSignal[], receivedAt: Date): Promise<string[]> {
  const { spans, files, ...decoded } = decodeSignals(signals);
  const { batchId: spanBatch, candidateSpans } = await storeReceivedSpans(tx, spans, receivedAt);
  const eventBatch = randomUUID();
  const events = [...decoded.events.map(storedSignalOf), ...(await readWebhooks(signals))];
  const storedEvents = await storeNew(tx, events, { batchId: eventBatch, receivedAt });
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

/** All at once, since a test may store tens of thousands; of those that were stored before, nothing. Answers how many were not. */
async function storeNew(
  tx: Tx,
  signals: readonly StoredSignal[],
  { batchId, receivedAt }: { batchId: string; receivedAt: Date },
): Promise<number> {
  const rows = new Map<string, Record<string, unknown>>();
  for (const { body, ...stored } of signals) {
    const { scopedKey } = stored;
    if (rows.has(scopedKey)) continue;
    const signalId = hashedUuid(['signal', scopedKey]);
    rows.set(scopedKey, { ...stored, signalId, body: Buffer.from(body).toString('base64') });
  }
  if (rows.size === 0) return 0;
  const stored = await tx.query(
    `with given as materialized (
       select * from jsonb_to_recordset($5::jsonb) as s("signalId" uuid, kind text, source text, "externalId" text,
         "scopedKey" text, type text, "occurredAt" timestamptz, "contentType" text, attributes jsonb, body text,
         "sourceSystem" text, "sourceKind" text)
     ), taken as (
       insert into signal_key (tenant_id, key_hash, signal_id, received_on)
       select $1, sha256(convert_to("scopedKey", 'UTF8')), "signalId", $3 from given
       on conflict do nothing returning signal_id
     )
     insert into signal (tenant_id, batch_id, received_on, signal_id, kind, source, external_id, scoped_key, type,
                         source_system, source_kind, occurred_at, received_at, content_type, attributes, body)
     select $1, $2, $3, s."signalId", s.kind, s.source, s."externalId", s."scopedKey", s.type, s."sourceSystem",
            s."sourceKind", s."occurredAt", $4, s."contentType", s.attributes, decode(s.body, 'base64')
     from given s where s."signalId" in (select signal_id from taken)
     returning 1`,
    [tx.tenantId, batchId, receivedAt.toISOString().slice(0, 10), receivedAt, JSON.stringify([...rows.values()])],
  );
  return stored.length;
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
