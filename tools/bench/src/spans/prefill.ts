import { Worker } from 'node:worker_threads';
import type { BenchStore } from './bench-store.js';
import type { PrefillOrder } from './prefill-thread.js';

const THREADS = 2;
/** Numbers of traces that one thread may use. */
const TRACES_PER_THREAD = 1_000_000_000;

/** Spans that the store holds. */
export async function countStoredSpans(store: BenchStore): Promise<number> {
  const { rows } = await store.owner.query<{ spans: string }>(
    'select coalesce(sum(spans), 0) as spans from span_chunk where tenant_id = $1',
    [store.tenantId],
  );
  return Number(rows[0]?.spans ?? 0);
}

/**
 * Fills the store up to so many spans, as compaction leaves them: the same load through the same decoder and encoder, but
 * written in large chunks by trace, without the collector.
 */
export async function prefillStore(store: BenchStore, spans: number): Promise<void> {
  const missing = spans - (await countStoredSpans(store));
  if (missing <= 0) return;
  const startedAt = Date.now();
  await Promise.all(
    Array.from({ length: THREADS }, (_, thread) => {
      const order: PrefillOrder = {
        appUrl: store.appUrl,
        tenantId: store.tenantId,
        firstTrace: (startedAt % 1_000_000) * 1_000 + thread * TRACES_PER_THREAD,
        spans: Math.ceil(missing / THREADS),
      };
      return runThread(order, (stored) => {
        if (thread === 0 && stored % 1_000_000 < 20_500) {
          console.log(`prefilled about ${((stored * THREADS) / 1e6).toFixed(1)} million spans`);
        }
      });
    }),
  );
  await store.owner.query('vacuum analyze span_chunk');
  await store.owner.query('vacuum analyze span_trace');
  console.log(`prefill of ${missing} spans: ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
}

function runThread(order: PrefillOrder, onProgress: (stored: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./prefill-thread.js', import.meta.url), { workerData: order });
    thread.on('message', onProgress);
    thread.once('error', reject);
    thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a prefill thread ended with ${code}`))));
  });
}
