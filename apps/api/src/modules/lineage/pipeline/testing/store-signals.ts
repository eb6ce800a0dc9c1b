import { randomUUID } from 'node:crypto';
import { hashedUuid, parseInstant } from '@throughline/canonical';
import { type SpanRow, SPAN_ROW_COLUMNS, spanToRow } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { type ScenarioSignal, decodeSignals, storedEventOf } from '@throughline/scenarios';

const JSON_COLUMNS: ReadonlySet<string> = new Set(['resource', 'scope', 'attributes', 'events', 'links', 'dropped']);

/** Stores signals as the collector does: raw rows, duplicates left out, one pending batch per protocol; answers their ids. */
export async function storeSignals(tx: Tx, signals: readonly ScenarioSignal[], receivedAt: Date): Promise<string[]> {
  const { spans, events } = decodeSignals(signals);
  const receivedOn = receivedAt.toISOString().slice(0, 10);
  const spanBatch = randomUUID();
  let storedSpans = 0;
  for (const span of spans) {
    const row = spanToRow(span);
    const cell = (column: keyof SpanRow) => (JSON_COLUMNS.has(column) ? JSON.stringify(row[column]) : row[column]);
    const placeholders = SPAN_ROW_COLUMNS.map((_, index) => `$${index + 5}`).join(', ');
    const stored = await tx.query(
      `insert into span (tenant_id, received_on, received_at, batch_id, ${SPAN_ROW_COLUMNS.join(', ')})
       values ($1, $2, $3, $4, ${placeholders}) on conflict do nothing returning 1`,
      [tx.tenantId, receivedOn, receivedAt, spanBatch, ...SPAN_ROW_COLUMNS.map(cell)],
    );
    storedSpans += stored.length;
  }
  const eventBatch = randomUUID();
  let storedEvents = 0;
  for (const event of events) {
    const { scopedKey } = storedEventOf(event);
    const signalId = hashedUuid(['signal', scopedKey]);
    const taken = await tx.query(
      'insert into signal_key (tenant_id, key_hash, signal_id, received_on) values ($1, sha256($2), $3, $4) on conflict do nothing returning 1',
      [tx.tenantId, Buffer.from(scopedKey), signalId, receivedOn],
    );
    if (taken.length === 0) continue;
    const occurredAt = parseInstant(event.time);
    await tx.query(
      `insert into signal (tenant_id, received_on, signal_id, batch_id, kind, source, external_id, scoped_key, type,
                           occurred_at, received_at, content_type, attributes, body)
       values ($1, $2, $3, $4, 'cloud-event', $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [tx.tenantId, receivedOn, signalId, eventBatch, event.source, event.id, scopedKey, event.type,
        occurredAt.ok ? occurredAt.value : null, receivedAt, event.dataContentType ?? null, JSON.stringify(event.attributes), event.body],
    ); // prettier-ignore
    storedEvents += 1;
  }
  await announceBatch(tx, spanBatch, 'spans', receivedAt, storedSpans);
  await announceBatch(tx, eventBatch, 'events', receivedAt, storedEvents);
  return [...(storedSpans > 0 ? [spanBatch] : []), ...(storedEvents > 0 ? [eventBatch] : [])];
}

async function announceBatch(
  tx: Tx,
  batchId: string,
  kind: 'spans' | 'events',
  receivedAt: Date,
  items: number,
): Promise<void> {
  if (items === 0) return;
  await tx.query(
    `insert into intake_batch (tenant_id, batch_id, kind, received_on, received_at, items) values ($1, $2, $3, $4, $5, $6)`,
    [tx.tenantId, batchId, kind, receivedAt.toISOString().slice(0, 10), receivedAt, items],
  );
  await tx.notify('throughline_intake', tx.tenantId);
}
