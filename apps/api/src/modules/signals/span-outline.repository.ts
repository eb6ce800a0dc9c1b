import {
  decodeSpanChunk,
  decodeSpanOutlines,
  mergeTraceGroups,
  type SpanOutline,
  type SpanRecord,
} from '@throughline/ingest';
import { CHUNKS_OF_TRACES, type Tx } from '@throughline/persistence';

/** Chunks that are looked through for the spans of one answer. */
export const MOST_CHUNKS = 5_000;
/** Chunks that are read at the same time. */
const CHUNKS_AT_ONCE = 16;

/** Where a chunk of spans is stored. */
export type ChunkPlace = { receivedOn: string; chunkId: string };

/** An outline with the place where its whole span is. */
export type StoredOutline = SpanOutline & ChunkPlace;

type PartsLine = { chunkId: string; receivedOn: string; content: Buffer | null; candidates: Buffer | null };

/** Where spans of the traces are stored, in a fixed order; one more than MOST_CHUNKS when there are more. */
export async function findChunksOfTraces(tx: Tx, traceIds: readonly string[]): Promise<ChunkPlace[]> {
  if (traceIds.length === 0) return [];
  return tx.query<ChunkPlace>(
    `select distinct received_on::text as "receivedOn", chunk_id::text as "chunkId", received_on, chunk_id
     from (${CHUNKS_OF_TRACES}) found order by received_on, chunk_id limit ${MOST_CHUNKS + 1}`,
    [tx.tenantId, traceIds],
  );
}

/** Outlines of the spans of the traces in these chunks, page by page; a span may be in several. */
export async function* readOutlines(
  tx: Tx,
  places: readonly ChunkPlace[],
  traceIds: readonly string[],
): AsyncGenerator<StoredOutline[]> {
  const wanted = new Set(traceIds);
  for (let at = 0; at < places.length; at += CHUNKS_AT_ONCE) {
    const lines = await readParts(tx, places.slice(at, at + CHUNKS_AT_ONCE));
    const outlines = await Promise.all(
      lines.flatMap(({ chunkId, receivedOn, content, candidates }) =>
        [content, candidates]
          .filter((part) => part !== null)
          .map(async (part) =>
            (await decodeSpanOutlines(part, wanted)).map((outline) => ({ ...outline, chunkId, receivedOn })),
          ),
      ),
    );
    yield outlines.flat();
  }
}

/** A whole span, from where its outline came from; null when it has been moved since. */
export async function readSpan(
  tx: Tx,
  { traceId, spanId, ...place }: Pick<StoredOutline, 'traceId' | 'spanId' | 'chunkId' | 'receivedOn'>,
): Promise<SpanRecord | null> {
  const [line] = await readParts(tx, [place]);
  const parts = [line?.content, line?.candidates].filter((part) => part !== null && part !== undefined);
  const groups = await Promise.all(parts.map((part) => decodeSpanChunk(part, traceId)));
  const [merged] = mergeTraceGroups(groups.flat());
  return merged?.spans.find((span) => span.spanId === spanId) ?? null;
}

async function readParts(tx: Tx, places: readonly ChunkPlace[]): Promise<PartsLine[]> {
  return tx.query<PartsLine>(
    `select chunk_id::text as "chunkId", received_on::text as "receivedOn", content, candidates from span_chunk
     where tenant_id = $1 and (received_on, chunk_id) in (
       select p.received_on, p.chunk_id from unnest($2::date[], $3::bigint[]) as p(received_on, chunk_id))`,
    [tx.tenantId, places.map(({ receivedOn }) => receivedOn), places.map(({ chunkId }) => chunkId)],
  );
}
