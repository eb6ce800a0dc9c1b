import { businessKeyHash, decodeSpanChunk, spanCopy, type SpanRecord, type TraceGroup } from '@throughline/ingest';
import { CHUNKS_OF_TRACE, TRACES_OF_KEY, type Tx } from '@throughline/persistence';

/** `copy` orders it among the copies of the span: the lowest counts. */
export type StoredSpan = { span: SpanRecord; receivedOn: string; copy: string };
/** What names a stored batch of spans. */
export type SpanBatch = { batchId: string; receivedOn: string };
/** A trace that carries a business key, by the day on which its spans were last received. */
export type FoundTrace = { traceId: string; receivedOn: string };

/** Chunks that are read at the same time. */
const CHUNKS_AT_ONCE = 16;
const MOST_TRACES = 100;

type CandidatesLine = { chunk_id: string; received_on: string; received_at: string; candidates: Buffer };
type EverySpanLine = {
  chunk_id: string;
  received_on: string;
  received_at: string;
  content: Buffer | null;
  candidates: Buffer | null;
};
type Position = { received_at: string; chunk_id: string };
/** A place in the order of receipt, to go on from in another transaction. */
export type SpanPosition = Position;

const BEGINNING: Position = { received_at: '-infinity', chunk_id: '0' };

/** The spans of batches that can become activities. */
export async function readBatchSpans(tx: Tx, batches: readonly SpanBatch[]): Promise<StoredSpan[]> {
  if (batches.length === 0) return [];
  const lines = await tx.query<CandidatesLine>(
    `select chunk_id, received_on, candidates from span_chunk
     where tenant_id = $1 and received_on = any($2::date[]) and batch_id = any($3::uuid[]) and candidates is not null
     order by received_at, chunk_id`,
    [tx.tenantId, [...new Set(batches.map((batch) => batch.receivedOn))], batches.map((batch) => batch.batchId)],
  );
  const spans = await Promise.all(lines.map((line) => spansOf(line.received_on, [line.candidates])));
  return spans.flat();
}

/** First day of which spans are still stored; what is older has left its retention. */
export async function readSpanDay(tx: Tx): Promise<string | null> {
  const [first] = await tx.query<{ day: string | null }>(
    'select min(received_on) as day from span_chunk where tenant_id = $1',
    [tx.tenantId],
  );
  return first?.day ?? null;
}

/** Which stored spans are read: the default are those that could become activities when they were received. */
export type SpanSelection = {
  /** Also those that no attribute of them made a candidate: needed when the attribute names have changed since. */
  isEverySpan?: boolean;
  /** Received at or after, before. */
  from?: Date;
  until?: Date;
};

/**
 * Spans that were mapped, in bounded batches, by receipt of their chunk; copies of a span tell their own order. A batch that
 * waits is mapped by the live workers. Compaction may run meanwhile: it moves spans only to places that are still to come.
 */
export async function* readAllSpans(
  tx: Tx,
  batchSize: number,
  selection: SpanSelection = {},
): AsyncGenerator<StoredSpan[]> {
  let after: SpanPosition | null = null;
  do {
    const page = await readSpanPage(tx, after, selection);
    for (let at = 0; at < page.spans.length; at += batchSize) yield page.spans.slice(at, at + batchSize);
    after = page.next;
  } while (after !== null);
}

/** The next spans of the selection behind a place, some chunks of them; no place to go on from = these were the last. */
export async function readSpanPage(
  tx: Tx,
  after: SpanPosition | null,
  selection: SpanSelection = {},
): Promise<{ spans: StoredSpan[]; next: SpanPosition | null }> {
  const { isEverySpan = false, from, until } = selection;
  const place = after ?? BEGINNING;
  const lines = await tx.query<EverySpanLine>(
    `select chunk_id, received_on, received_at::text as received_at, candidates, ${isEverySpan ? 'content' : 'null as content'}
     from span_chunk
     where tenant_id = $1 and (received_at, chunk_id) > ($2::timestamptz, $3::bigint)
       and received_at >= $4::timestamptz and received_on >= ($4::timestamptz at time zone 'utc')::date
       and ($5::boolean or candidates is not null)
       and not exists (select 1 from intake_batch w where w.tenant_id = $1 and w.batch_id = span_chunk.batch_id)
     order by received_at, chunk_id limit ${CHUNKS_AT_ONCE}`,
    [tx.tenantId, place.received_at, place.chunk_id, from?.toISOString() ?? '-infinity', isEverySpan],
  );
  const spans: StoredSpan[] = [];
  for (const line of lines)
    spans.push(...(await spansOf(line.received_on, [line.candidates, line.content], { from, until })));
  const last = lines.at(-1);
  return { spans, next: last === undefined ? null : { received_at: last.received_at, chunk_id: last.chunk_id } };
}

/**
 * The chunks that hold spans of a trace, as groups of that trace, page by page. A span may be in several of them;
 * mergeTraceGroups() leaves one copy.
 */
export async function* readTraceGroups(tx: Tx, traceId: string): AsyncGenerator<TraceGroup[]> {
  let after: Position | undefined = BEGINNING;
  while (after !== undefined) {
    const lines: EverySpanLine[] = await tx.query<EverySpanLine>(
      `select chunk_id, received_at::text as received_at, content, candidates from span_chunk
       where tenant_id = $1
         and (received_on, chunk_id) in (${CHUNKS_OF_TRACE})
         and (received_at, chunk_id) > ($3::timestamptz, $4::bigint)
       order by received_at, chunk_id limit ${CHUNKS_AT_ONCE}`,
      [tx.tenantId, traceId, after.received_at, after.chunk_id],
    );
    const groups = await Promise.all(
      lines.flatMap((line) => partsOf([line.content, line.candidates])).map((part) => decodeSpanChunk(part, traceId)),
    );
    if (lines.length > 0) yield groups.flat();
    after = lines.length < CHUNKS_AT_ONCE ? undefined : lines.at(-1);
  }
}

/** The traces of which a span carries the business key, last received first. */
export async function findTracesByKey(tx: Tx, keyValue: string): Promise<FoundTrace[]> {
  return tx.query<FoundTrace>(
    `select replace(trace_id::text, '-', '') as "traceId", max(received_on) as "receivedOn"
     from (${TRACES_OF_KEY}) found group by trace_id order by 2 desc, 1 limit ${MOST_TRACES}`,
    [tx.tenantId, businessKeyHash(keyValue)],
  );
}

async function spansOf(
  receivedOn: string,
  parts: readonly (Buffer | null)[],
  received: { from?: Date | undefined; until?: Date | undefined } = {},
): Promise<StoredSpan[]> {
  const from = received.from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const until = received.until?.getTime() ?? Number.POSITIVE_INFINITY;
  const groups = await Promise.all(partsOf(parts).map((part) => decodeSpanChunk(part)));
  return groups.flat().flatMap(({ spans, receivedAtMs }) =>
    spans.flatMap((span, index) => {
      const at = receivedAtMs[index] ?? 0;
      return at >= from && at < until ? [{ span, receivedOn, copy: spanCopy(span, at) }] : [];
    }),
  );
}

function partsOf(parts: readonly (Buffer | null)[]): Buffer[] {
  return parts.filter((part) => part !== null);
}
