import { decodeSpanChunk, mergeTraceGroups, type SpanRecord } from '@throughline/ingest';
import { CHUNKS_OF_TRACE } from '@throughline/persistence';
import type { CollectorHarness } from './collector-harness.js';

/** The spans of a trace as every reader sees them: one copy of each, the closed one where both are there. */
export async function storedSpans(harness: CollectorHarness, traceId: unknown): Promise<SpanRecord[]> {
  const rows = await harness.rows<{ content: Buffer | null; candidates: Buffer | null }>(
    `select content, candidates from span_chunk
      where tenant_id = $1
        and (received_on, chunk_id) in (${CHUNKS_OF_TRACE})
      order by received_at, chunk_id`,
    traceId,
  );
  const parts = rows.flatMap((row) => [row.content, row.candidates]).filter((part) => part !== null);
  const groups = await Promise.all(parts.map((part) => decodeSpanChunk(part, String(traceId))));
  return mergeTraceGroups(groups.flat()).flatMap((group) => group.spans);
}
