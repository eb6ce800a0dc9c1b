import { SpanCompaction } from '@throughline/ingest';
import {
  type TraceOfChunk,
  chooseSmallChunks,
  storeCompactedChunks,
  takeChunks,
  tryCompactionLock,
} from '@throughline/persistence';
import type { BenchStore } from './bench-store.js';

const BOUNDS = { mostSpans: 40_000, mostChunks: 2_000 };

/** Compacts all that came in, as the worker's stage does some minutes later; answers spans a second of one worker. */
export async function compactStore(store: BenchStore): Promise<{ spans: number; perSecond: number }> {
  const startedAt = performance.now();
  let spans = 0;
  for (;;) {
    const done = await store.database.withTenant(store.tenantId, async (tx) => {
      if (!(await tryCompactionLock(tx))) return 0;
      const chosen = await chooseSmallChunks(tx, { receivedBefore: new Date(), ...BOUNDS }, () => true);
      if (chosen === null) return 0;
      const compaction = new SpanCompaction();
      const traces: TraceOfChunk[] = [];
      for (const chunk of chosen.chunks) {
        for (const traceId of await compaction.add(chunk)) traces.push({ chunkId: chunk.chunkId, traceId });
      }
      const found = await takeChunks(tx, chosen.receivedOn, chosen.chunks, traces);
      await storeCompactedChunks(tx, chosen.receivedOn, await compaction.encode(found));
      return chosen.spans;
    });
    if (done === 0) break;
    spans += done;
  }
  return { spans, perSecond: spans / ((performance.now() - startedAt) / 1_000) };
}
