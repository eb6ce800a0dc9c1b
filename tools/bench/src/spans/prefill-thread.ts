import { parentPort, workerData } from 'node:worker_threads';
import { encodeSpans, NO_ATTRIBUTE_NAMES, type SpanRecord } from '@throughline/ingest';
import { Database, storeCompactedChunks } from '@throughline/persistence';
import { SPANS_PER_ACTIVITY, traceRecords } from './span-load.js';

/** What a thread is given: as many spans as it is to store, in traces from `firstTrace`. */
export type PrefillOrder = { appUrl: string; tenantId: string; firstTrace: number; spans: number };

/** Spans that are encoded together, as whole traces; they become chunks of the size that compaction makes. */
const SPANS_AT_ONCE = 20_000;

const { appUrl, tenantId, firstTrace, spans } = workerData as PrefillOrder;
const database = await Database.open({ url: appUrl, applicationName: 'throughline bench', poolSize: 1 });
let trace = firstTrace;
let stored = 0;
let activities = 0;
while (stored < spans) {
  const receivedAt = new Date();
  const records: SpanRecord[] = [];
  while (records.length < SPANS_AT_ONCE) {
    const isActivity = stored + records.length >= activities * SPANS_PER_ACTIVITY;
    records.push(...traceRecords(trace, isActivity));
    if (isActivity) activities += 1;
    trace += 1;
  }
  const { chunks } = await encodeSpans(records, receivedAt, NO_ATTRIBUTE_NAMES, 'thorough');
  const receivedOn = receivedAt.toISOString().slice(0, 10);
  await database.withTenant(tenantId, (tx) => storeCompactedChunks(tx, receivedOn, chunks));
  stored += records.length;
  parentPort?.postMessage(stored);
}
await database.close();
