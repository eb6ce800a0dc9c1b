import path from 'node:path';
import { tmpdir } from 'node:os';
import { Worker } from 'node:worker_threads';
import { businessKeyHash, decodeSpanChunk, mergeTraceGroups } from '@throughline/ingest';
import { CHUNKS_OF_TRACE, TRACES_OF_KEY } from '@throughline/persistence';
import { percentile } from '../percentiles.js';
import { type BenchStore, INGEST_KEY, openBenchStore } from './bench-store.js';
import { compactStore } from './compact-store.js';
import { countStoredSpans, prefillStore } from './prefill.js';
import { type ProcessorTime, watchProcessors } from './processor-time.js';
import { measureReference, prefillReference } from './row-reference.js';
import type { SendOrder, SendResult } from './send-thread.js';
import type { SampleTrace } from './span-load.js';
import { type StackProcesses, cpuSeconds, peakResidentMib, startStack } from './stack-processes.js';

/** How the measurement is done. */
export type SpanBenchOptions = {
  dataDir: string | undefined;
  prefill: number;
  seconds: number;
  connections: number;
  spansPerRequest: number;
  profile: string | undefined;
};

const WARM_UP_SECONDS = 5;
/** The sender must not run dry. */
const MOST_SPANS_PER_SECOND = 50_000;
const GIVE_UP_SECONDS = 120;
const SPAN_TABLES = ['span_chunk', 'span_trace', 'span_arrival'];
const MEBIBYTE = 2 ** 20;

/**
 * Sustained OTLP/HTTP protobuf into a store that holds `prefill` spans already, with collector, worker and api running, against
 * a minimal client that stores a row per span in a table of as many rows, in the same run on the same server.
 */
export async function measureSpans(options: SpanBenchOptions): Promise<void> {
  const store = await openBenchStore(options.dataDir ?? path.join(tmpdir(), 'throughline-bench-spans'));
  let stack: StackProcesses | undefined;
  try {
    await prefillStore(store, options.prefill);
    await prefillReference(store, options.prefill);
    await store.owner.query('checkpoint').catch(() => undefined);
    const references = [await measureReferenceAlone(store, options.seconds / 2)];

    stack = await startStack(store, options.profile);
    const storedBefore = await countStoredSpans(store);
    const { result, cpu, time } = await sendLoad(stack, options);
    const lag = await measureLag(store);
    const rate = result.spans / result.seconds;
    console.log(
      `store before the load: ${storedBefore} spans; load: ${result.requests} requests of at most ${(result.largestRequest / MEBIBYTE).toFixed(2)} MiB, refused and sent again: ${result.refused}`,
    );
    console.log(
      `sustained ${rate.toFixed(0)} spans/s over ${result.seconds} s, durable, ${perSpan(time, result.sent)}`,
    );
    console.log(
      `request: median ${percentile(result.msPerRequest, 0.5).toFixed(0)} ms, p99 ${percentile(result.msPerRequest, 0.99).toFixed(0)} ms`,
    );
    console.log(
      `worker: ${lag.waiting} batches waiting at the end, oldest ${lag.oldestSeconds.toFixed(1)} s, all mapped after ${lag.drainedSeconds.toFixed(1)} s`,
    );
    console.log(
      `peak resident: ${Object.entries(stack.pids)
        .map(([name, pid]) => `${name} ${peakResidentMib(pid).toFixed(0)} MiB`)
        .join(', ')}`,
    );
    console.log(
      `processor seconds: ${Object.entries(cpu)
        .map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`)
        .join(', ')}`,
    );
    await stack.stop();
    stack = undefined;
    // Before and after: what else runs on the machine changes from minute to minute.
    references.push(await measureReferenceAlone(store, options.seconds / 2));
    const reference = references.reduce((sum, one) => sum + one, 0) / references.length;
    console.log(`ratio to the reference ${(rate / reference).toFixed(2)}`);

    await proveFound(store, result.samples, 'as received');
    console.log(`${(await bytesPerSpan(store)).toFixed(0)} bytes per span before the load is compacted`);
    const compacted = await compactStore(store);
    for (const table of SPAN_TABLES) await store.owner.query(`vacuum ${table}`);
    console.log(`compaction: ${compacted.spans} spans at ${compacted.perSecond.toFixed(0)} spans/s of one worker`);
    await proveFound(store, result.samples, 'compacted');
    console.log(
      `${(await bytesPerSpan(store)).toFixed(0)} bytes per span after compaction, indexes included (${await countStoredSpans(store)} spans)`,
    );
  } finally {
    await stack?.stop();
    await store.close();
  }
}

async function measureReferenceAlone(store: BenchStore, seconds: number): Promise<number> {
  const watched = watchProcessors();
  const rate = await measureReference(store, seconds);
  console.log(
    `reference, one row per span by unnest, database alone: ${rate.toFixed(0)} spans/s, ${perSpan(watched(), rate * seconds)}`,
  );
  return rate;
}

function perSpan({ ownSeconds, othersShare }: ProcessorTime, spans: number): string {
  return `${((ownSeconds / spans) * 1e6).toFixed(0)} µs of processor time a span (other programs took ${(othersShare * 100).toFixed(0)} % of the processors)`;
}

async function sendLoad(
  stack: StackProcesses,
  { seconds, connections, spansPerRequest }: SpanBenchOptions,
): Promise<{ result: SendResult; cpu: Record<string, number>; time: ProcessorTime }> {
  const order: SendOrder = {
    port: stack.collectorPort,
    ingestKey: INGEST_KEY,
    connections,
    spansPerRequest,
    firstTrace: Math.floor(Date.now() / 1_000) * 1_000,
    prepared: Math.ceil(((seconds + WARM_UP_SECONDS) * MOST_SPANS_PER_SECOND) / spansPerRequest),
    warmUpSeconds: WARM_UP_SECONDS,
    seconds,
  };
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./send-thread.js', import.meta.url), { workerData: order });
    let before: Record<string, number> = {};
    let watched: (() => ProcessorTime) | undefined;
    const used = () => ({
      ...Object.fromEntries(Object.entries(stack.pids).map(([name, pid]) => [name, cpuSeconds(pid)])),
      sender: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    });
    thread.on('message', (message: { encoded?: number; result?: SendResult }) => {
      if (message.encoded !== undefined) [before, watched] = [used(), watchProcessors()];
      if (message.result === undefined) return;
      const cpu = Object.fromEntries(
        Object.entries(used()).map(([name, after]) => [name, after - (before[name] ?? 0)]),
      );
      resolve({ result: message.result, cpu, time: watched?.() ?? { ownSeconds: 0, othersShare: 0 } });
    });
    thread.once('error', reject);
  });
}

async function measureLag(
  store: BenchStore,
): Promise<{ waiting: number; oldestSeconds: number; drainedSeconds: number }> {
  const waiting = async () => {
    const { rows } = await store.owner.query<{ waiting: number; oldest: number }>(
      `select count(*)::int as waiting, coalesce(extract(epoch from clock_timestamp() - min(received_at)), 0)::float8 as oldest
       from intake_batch where tenant_id = $1`,
      [store.tenantId],
    );
    return rows[0]!;
  };
  const startedAt = performance.now();
  const first = await waiting();
  for (let left = first; left.waiting > 0; left = await waiting()) {
    if (performance.now() - startedAt > GIVE_UP_SECONDS * 1_000) throw new Error(`${left.waiting} batches still wait`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    waiting: first.waiting,
    oldestSeconds: first.oldest,
    drainedSeconds: (performance.now() - startedAt) / 1_000,
  };
}

/** Every sampled trace must be found whole, by its id and by its business key. */
async function proveFound(store: BenchStore, samples: readonly SampleTrace[], state: string): Promise<void> {
  const ms: number[] = [];
  for (const sample of samples) {
    const startedAt = performance.now();
    const chunks = await store.database.withTenant(store.tenantId, (tx) =>
      tx.query<{ content: Buffer | null; candidates: Buffer | null }>(
        `select content, candidates from span_chunk
         where tenant_id = $1 and (received_on, chunk_id) in (${CHUNKS_OF_TRACE})`,
        [store.tenantId, sample.traceId],
      ),
    );
    const parts = chunks.flatMap((chunk) => [chunk.content, chunk.candidates]).filter((part) => part !== null);
    const groups = await Promise.all(parts.map((part) => decodeSpanChunk(part, sample.traceId)));
    const [trace] = mergeTraceGroups(groups.flat());
    ms.push(performance.now() - startedAt);
    if (trace?.spans.length !== sample.spans) {
      throw new Error(`trace ${sample.traceId} has ${trace?.spans.length ?? 0} of ${sample.spans} spans`);
    }
    const byKey = await store.database.withTenant(store.tenantId, (tx) =>
      tx.query<{ id: string }>(`select distinct replace(trace_id::text, '-', '') as id from (${TRACES_OF_KEY}) found`, [
        store.tenantId,
        businessKeyHash(sample.key),
      ]),
    );
    if (!byKey.some((row) => row.id === sample.traceId)) throw new Error(`trace ${sample.traceId} is not found by key`);
  }
  if (ms.length === 0) return;
  console.log(
    `${samples.length} traces of the load found whole by trace and by key, ${state}: median ${percentile(ms, 0.5).toFixed(0)} ms, p99 ${percentile(ms, 0.99).toFixed(0)} ms`,
  );
}

async function bytesPerSpan(store: BenchStore): Promise<number> {
  const { rows } = await store.owner.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(inhrelid)) as bytes from pg_inherits
     where inhparent = any(array['span_chunk'::regclass, 'span_trace'::regclass, 'span_arrival'::regclass])`,
  );
  return Number(rows[0]?.bytes ?? 0) / (await countStoredSpans(store));
}
