import { createHash, randomUUID } from 'node:crypto';
import { hashedUuid, parseInstant } from '@throughline/canonical';
import { eventScopedKey, parseTraceparent, type CloudEvent } from '@throughline/ingest';
import type { CopyColumn, Tx } from '@throughline/persistence';
import { announceBatch, type StoredCounts } from './intake-batch.js';

/** An event with what its request says about it. */
export type ReceivedEvent = {
  event: CloudEvent;
  /** Source system that the ingest key is bound to. */
  ingestSource: string | null;
  /** `traceparent` header of the request: this hop, not the origin of the event. */
  hopTraceparent: string | null;
};

const COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'received_on', type: 'date' },
  { name: 'signal_id', type: 'uuid' },
  { name: 'batch_id', type: 'uuid' },
  { name: 'kind', type: 'text' },
  { name: 'source', type: 'text' },
  { name: 'external_id', type: 'text' },
  { name: 'scoped_key', type: 'text' },
  { name: 'type', type: 'text' },
  { name: 'occurred_at', type: 'timestamptz' },
  { name: 'received_at', type: 'timestamptz' },
  { name: 'content_type', type: 'text' },
  { name: 'attributes', type: 'jsonb' },
  { name: 'hop_traceparent', type: 'text' },
  { name: 'body', type: 'bytea' },
  { name: 'trace_id', type: 'bytea' },
];

/**
 * Takes the idempotency keys of the events in one statement: a key that another transaction is taking makes this one wait
 * for its end, so that of two concurrent sends exactly one stores the event.
 */
const TAKE_KEYS = `
  insert into signal_key (tenant_id, key_hash, signal_id, received_on)
  select $1, taken.key_hash, taken.signal_id, $4::date
  from unnest($2::bytea[], $3::uuid[]) as taken (key_hash, signal_id)
  on conflict (tenant_id, key_hash) do nothing
  returning key_hash`;

/** Stores the events of one request as one batch; those whose key is known already are duplicates. */
export async function storeEvents(tx: Tx, events: readonly ReceivedEvent[], receivedAt: Date): Promise<StoredCounts> {
  const keyed = distinctEvents(events);
  const batchId = randomUUID();
  const receivedAtText = receivedAt.toISOString();
  const receivedOn = receivedAtText.slice(0, 10);
  const taken = await tx.query<{ key_hash: Buffer }>(TAKE_KEYS, [
    tx.tenantId,
    keyed.map((item) => item.keyHash),
    keyed.map((item) => item.signalId),
    receivedOn,
  ]);
  const isNew = new Set(taken.map((row) => row.key_hash.toString('hex')));
  const rows = keyed
    .filter((item) => isNew.has(item.keyHash.toString('hex')))
    .map(({ event, hopTraceparent, scopedKey, signalId }) => [
      tx.tenantId,
      receivedOn,
      signalId,
      batchId,
      'cloud-event',
      event.source,
      event.id,
      scopedKey,
      event.type,
      occurredAt(event),
      receivedAtText,
      event.dataContentType ?? null,
      event.attributes,
      hopTraceparent,
      event.body,
      originTraceId(event),
    ]);
  const stored = await tx.copyRows('signal', COLUMNS, rows);
  if (stored > 0) await announceBatch(tx, { batchId, kind: 'events', receivedAt, items: stored });
  return { stored, duplicates: events.length - stored };
}

type KeyedEvent = ReceivedEvent & { scopedKey: string; keyHash: Buffer; signalId: string };

/** The first of each key; sorted, so that two transactions never wait for each other crosswise. */
function distinctEvents(events: readonly ReceivedEvent[]): KeyedEvent[] {
  const byKey = new Map<string, KeyedEvent>();
  for (const received of events) {
    const scopedKey = eventScopedKey(received.ingestSource, received.event);
    if (byKey.has(scopedKey)) continue;
    const keyHash = createHash('sha256').update(scopedKey, 'utf8').digest();
    byKey.set(scopedKey, { ...received, scopedKey, keyHash, signalId: hashedUuid(['signal', scopedKey]) });
  }
  return [...byKey.values()].sort((left, right) => Buffer.compare(left.keyHash, right.keyHash));
}

function occurredAt(event: CloudEvent): string | null {
  const parsed = parseInstant(event.time);
  return parsed.ok ? parsed.value : null;
}

function originTraceId(event: CloudEvent): Buffer | null {
  const origin = parseTraceparent(event.attributes['traceparent']);
  return origin ? Buffer.from(origin.traceId, 'hex') : null;
}
