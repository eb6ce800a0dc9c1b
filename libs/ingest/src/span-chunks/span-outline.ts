import type { SpanRecord } from '../otlp/span-record.js';
import { columnReader, type ColumnReader, type EncodedColumn } from './column.js';
import { openSpanChunk, placesOf, STRANGER } from './span-chunk.js';
import { timeReader } from './time-columns.js';

/** What a waterfall and a critical path need of a span: little enough to hold those of a trace of a hundred thousand. */
export type SpanOutline = Pick<
  SpanRecord,
  | 'spanId'
  | 'parentSpanId'
  | 'name'
  | 'kind'
  | 'serviceName'
  | 'startUnixNano'
  | 'endUnixNano'
  | 'statusCode'
  | 'isClockSuspect'
> & {
  traceId: string;
  receivedAtMs: number;
  /** Distinct traces that it links to. */
  linkedTraceIds: readonly string[];
};

const NO_LINKS: readonly string[] = [];

/** Outlines of the spans of some traces in a chunk; its other columns are not read. Throws UnreadableChunk. */
export async function decodeSpanOutlines(chunk: Uint8Array, traceIds: ReadonlySet<string>): Promise<SpanOutline[]> {
  const { header, sections } = await openSpanChunk(chunk);
  const read = (column: EncodedColumn): ColumnReader => columnReader(column, sections);
  const [traces, spanIds, parents] = [read(header.traceIds), read(header.spanIds), read(header.parents)];
  const [strangers, receivedAtMs] = [read(header.strangers), read(header.receivedAtMs)];
  const { name, kind, serviceName, statusCode, isClockSuspect } = header.plain;
  const plain = { name: read(name), kind: read(kind), serviceName: read(serviceName), statusCode: read(statusCode) };
  const isSuspect = read(isClockSuspect);
  const times = timeReader(header.times, sections);
  const places = placesOf(header.traces, read(header.sizes));
  const links = new Map(
    header.links.map(([row, ofRow]) => [row, [...new Set(ofRow.map((link) => link.traceId))]] as const),
  );
  const outlines: SpanOutline[] = [];
  let stranger = 0;
  for (let trace = 0; trace < header.traces; trace += 1) {
    const [from, to] = [places[trace]!, places[trace + 1]!];
    const traceId = String(traces(trace));
    const isWanted = traceIds.has(traceId);
    for (let row = from; row < to; row += 1) {
      const place = Number(parents(row));
      const strange = place === STRANGER ? String(strangers(stranger++)) : null;
      if (!isWanted) continue;
      const { start, end } = times(trace, row);
      outlines.push({
        traceId,
        spanId: String(spanIds(row)),
        parentSpanId: place > 0 ? String(spanIds(from + place - 1)) : strange,
        name: plain.name(row) as string,
        kind: plain.kind(row) as number,
        serviceName: plain.serviceName(row) as string,
        startUnixNano: start,
        endUnixNano: end,
        statusCode: plain.statusCode(row) as number,
        isClockSuspect: isSuspect(row) as boolean,
        receivedAtMs: Number(receivedAtMs(row)),
        linkedTraceIds: links.get(row) ?? NO_LINKS,
      });
    }
  }
  return outlines;
}

/**
 * One outline of each span, in order of start: a closed copy rather than an open one, else the first received. Copies that
 * were received at the very same time and differ are told apart by their own times here, since their content is not read.
 */
export function mergeSpanOutlines<T extends SpanOutline>(outlines: Iterable<T>): T[] {
  const kept = new Map<string, T>();
  for (const outline of outlines) {
    const key = `${outline.traceId}${outline.spanId}`;
    const known = kept.get(key);
    if (known === undefined || comparePrecedence(outline, known) < 0) kept.set(key, outline);
  }
  return [...kept.values()].sort(compareStart);
}

/** Order of spans: start, then id; of several traces then trace id. */
export function compareStart(left: SpanOutline, right: SpanOutline): number {
  return (
    compareNanos(left.startUnixNano, right.startUnixNano) ||
    compareTexts(left.spanId, right.spanId) ||
    compareTexts(left.traceId, right.traceId)
  );
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function comparePrecedence(left: SpanOutline, right: SpanOutline): number {
  const [isLeftOpen, isRightOpen] = [left.endUnixNano === '0', right.endUnixNano === '0'];
  if (isLeftOpen !== isRightOpen) return isLeftOpen ? 1 : -1;
  return (
    left.receivedAtMs - right.receivedAtMs ||
    compareNanos(left.startUnixNano, right.startUnixNano) ||
    compareNanos(left.endUnixNano, right.endUnixNano)
  );
}

/** Decimal text without leading zeros: the longer one is the larger one. */
function compareNanos(left: string, right: string): number {
  return left.length - right.length || compareTexts(left, right);
}
