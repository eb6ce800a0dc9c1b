import { SpanCompaction } from '@throughline/ingest';
import {
  type Database,
  type TraceOfChunk,
  type Tx,
  chooseSmallChunks,
  forgetEmptySlots,
  storeCompactedChunks,
  takeChunks,
  tryCompactionLock,
} from '@throughline/persistence';
import type { Stage } from './stage.js';

const MINUTE_MS = 60_000;
/** When chunks are rewritten. */
export type CompactionPolicy = {
  /** Younger ones are left alone: their traces still grow, and their requests may be sent again. */
  youngestMs: number;
  /** So many spans make chunks that are worth the work; fewer wait for more, but no longer than `longestWaitMs`. */
  enoughSpans: number;
  longestWaitMs: number;
};

const POLICY: CompactionPolicy = { youngestMs: 10 * MINUTE_MS, enoughSpans: 20_000, longestWaitMs: 60 * MINUTE_MS };
/** Of one piece of work: about 100 MB of unpacked spans, one second. */
const MOST_SPANS = 40_000;
const MOST_CHUNKS = 2_000;
const POLL_MS = 10_000;

/** What compaction did. */
export type Compacted = { chunksBefore: number; chunksAfter: number; spans: number };

/**
 * Rewrites the chunks of single requests, once they are old enough, as large chunks by trace: a fraction of the rows in the
 * index, and a better ratio of compression. All in one transaction, so a span is in the old chunks or in the new ones.
 */
export function createSpanCompactionStage(
  database: Database,
  clock: () => Date,
  onCompacted: (tenantId: string, compacted: Compacted) => void,
): Stage {
  return {
    name: 'span-compaction',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      const compacted = await database.withTenant(tenantId, (tx) => compactSpans(tx, clock()));
      if (compacted !== null) onCompacted(tenantId, compacted);
      return compacted !== null;
    },
  };
}

/** One bounded piece of work; null when there is none, or another worker is at it. */
export async function compactSpans(tx: Tx, now: Date, policy = POLICY): Promise<Compacted | null> {
  if (!(await tryCompactionLock(tx))) return null;
  const receivedBefore = new Date(now.getTime() - policy.youngestMs);
  const longestWait = new Date(receivedBefore.getTime() - policy.longestWaitMs);
  const chosen = await chooseSmallChunks(
    tx,
    { receivedBefore, mostSpans: MOST_SPANS, mostChunks: MOST_CHUNKS },
    ({ chunks, spans, oldestReceivedAt }) =>
      spans >= policy.enoughSpans || chunks >= MOST_CHUNKS || oldestReceivedAt < longestWait,
  );
  if (chosen === null) return null;
  const { receivedOn, chunks } = chosen;
  const compaction = new SpanCompaction();
  const traces: TraceOfChunk[] = [];
  for (const chunk of chunks) {
    for (const traceId of await compaction.add(chunk)) traces.push({ chunkId: chunk.chunkId, traceId });
  }
  const found = await takeChunks(tx, receivedOn, chunks, traces);
  const larger = await compaction.encode(found);
  await storeCompactedChunks(tx, receivedOn, larger);
  await forgetEmptySlots(tx, now);
  return { chunksBefore: chunks.length, chunksAfter: larger.length, spans: chosen.spans };
}
