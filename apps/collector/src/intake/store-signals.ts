import { hash, randomUUID } from 'node:crypto';
import { hashedUuid } from '@throughline/canonical';
import { type CopyColumn, type Tx, encodeArray, uuidArray } from '@throughline/persistence';
import { flowOfSignal } from './flow-of-signal.js';
import { announceBatch, type StoredCounts } from './intake-batch.js';
import type { NewSignal } from './new-signal.js';

/** Columns of the table `signal`, in the order of signalRow. */
export const SIGNAL_COLUMNS: readonly CopyColumn[] = [
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
  { name: 'source_system', type: 'text' },
  { name: 'source_kind', type: 'text' },
  { name: 'key_id', type: 'uuid' },
  { name: 'file_id', type: 'uuid' },
  { name: 'record_no', type: 'int4' },
  { name: 'sequence_no', type: 'int8' },
  { name: 'correlation_id', type: 'text' },
  { name: 'causation_id', type: 'text' },
  { name: 'mapping_outcome', type: 'text' },
  { name: 'mapping_note', type: 'jsonb' },
];

/**
 * Takes the idempotency keys of the signals in one statement: a key that another transaction is taking makes this one wait
 * for its end, so that of two concurrent sends exactly one stores the signal.
 */
const TAKE_KEYS = `
  insert into signal_key (tenant_id, key_hash, signal_id, received_on)
  select $1, taken.key_hash, taken.signal_id, $4::date
  from unnest($2::bytea[], $3::uuid[]) as taken (key_hash, signal_id)
  on conflict (tenant_id, key_hash) do nothing
  returning key_hash`;

/** Leaves word for the worker that looks for gaps. */
const WATCH_SEQUENCES = `
  insert into sequence_watch (tenant_id, source, touched_at)
  select $1::uuid, touched.source, $3::timestamptz from unnest($2::text[]) as touched (source) order by 2
  on conflict (tenant_id, source) do update set touched_at = greatest(sequence_watch.touched_at, excluded.touched_at)`;

/** When signals came, and under which key. */
export type SignalReceipt = { receivedAt: Date; keyId: string | null };

/** A row of the table `signal`. */
export function signalRow(
  signal: NewSignal,
  signalId: string,
  of: { tenantId: string; batchId: string; receipt: SignalReceipt },
): readonly unknown[] {
  const receivedAt = of.receipt.receivedAt.toISOString();
  const { correlationId, causationId } = flowOfSignal(signal);
  return [
    of.tenantId,
    receivedAt.slice(0, 10),
    signalId,
    of.batchId,
    signal.kind,
    signal.source,
    signal.externalId,
    signal.scopedKey,
    signal.type,
    signal.occurredAt,
    receivedAt,
    signal.contentType,
    signal.attributes,
    signal.hopTraceparent,
    signal.body,
    signal.traceId === null ? null : Buffer.from(signal.traceId, 'hex'),
    signal.sourceSystem,
    signal.sourceKind,
    of.receipt.keyId,
    signal.fileId,
    signal.recordNo,
    signal.sequenceNo,
    correlationId,
    causationId,
    signal.ignored === undefined ? null : 'ignored',
    signal.ignored === undefined ? null : JSON.stringify(signal.ignored),
  ];
}

/** Stores the signals of one request as one batch; those whose key is known already are duplicates. */
export async function storeSignals(
  tx: Tx,
  signals: readonly NewSignal[],
  receipt: SignalReceipt,
): Promise<StoredCounts> {
  const keyed = distinctSignals(signals);
  const batchId = randomUUID();
  const receivedAtText = receipt.receivedAt.toISOString();
  const receivedOn = receivedAtText.slice(0, 10);
  const taken = await tx.query<{ key_hash: Buffer }>(TAKE_KEYS, [
    tx.tenantId,
    encodeArray(
      'bytea',
      keyed.map((item) => item.keyHash),
    ),
    uuidArray(keyed.map((item) => item.signalId)),
    receivedOn,
  ]);
  const isNew = new Set(taken.map((row) => row.key_hash.toString('hex')));
  const fresh = keyed.filter((item) => isNew.has(item.keyHash.toString('hex')));
  const rows = fresh.map(({ signal, signalId }) =>
    signalRow(signal, signalId, { tenantId: tx.tenantId, batchId, receipt }),
  );
  const stored = await tx.copyRows('signal', SIGNAL_COLUMNS, rows);
  const work = fresh.filter(({ signal }) => signal.ignored === undefined).length;
  if (work > 0) await announceBatch(tx, { batchId, kind: 'events', receivedAt: receipt.receivedAt, items: work });
  const sequenced = fresh.filter(({ signal }) => signal.sequenceNo !== null).map(({ signal }) => signal.source);
  if (sequenced.length > 0) await tx.query(WATCH_SEQUENCES, [tx.tenantId, [...new Set(sequenced)], receivedAtText]);
  return { stored, duplicates: signals.length - stored };
}

type KeyedSignal = { signal: NewSignal; keyHash: Buffer; signalId: string };

/** The first of each key; sorted, so that two transactions never wait for each other crosswise. */
function distinctSignals(signals: readonly NewSignal[]): KeyedSignal[] {
  const byKey = new Map<string, KeyedSignal>();
  for (const signal of signals) {
    if (byKey.has(signal.scopedKey)) continue;
    byKey.set(signal.scopedKey, { signal, ...signalIdentity(signal.scopedKey) });
  }
  return [...byKey.values()].sort((left, right) => Buffer.compare(left.keyHash, right.keyHash));
}

/** The row id of a signal and the hash under which its idempotency key is kept. */
export function signalIdentity(scopedKey: string): { keyHash: Buffer; signalId: string } {
  return { keyHash: hash('sha256', scopedKey, 'buffer'), signalId: hashedUuid(['signal', scopedKey]) };
}
