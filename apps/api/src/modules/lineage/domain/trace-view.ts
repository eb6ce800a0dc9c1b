import { maskPayload, maskText } from '@throughline/canonical';
import type { SpanDropped, SpanLink } from '@throughline/ingest';
import type { SpanType, TraceType } from '../graphql/trace.types.js';

/** Spans of one trace that are shown. */
export const MAX_SPANS = 5_000;

/** A stored span, ids in hex; nanoseconds are decimal text. */
export type SpanRow = {
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: number;
  serviceName: string;
  startUnixNano: string;
  endUnixNano: string;
  statusCode: number;
  statusMessage: string | null;
  attributes: unknown;
  events: unknown;
  links: readonly SpanLink[];
  dropped: SpanDropped;
  isClockSuspect: boolean;
};

// OTLP's numbering
const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUSES = ['UNSET', 'OK', 'ERROR'];

const NANOS_PER_MS = 1_000_000;

function millisecondsBetween(from: bigint, to: bigint): number {
  return Number(to - from) / NANOS_PER_MS;
}

function isOpen(span: SpanRow): boolean {
  return span.endUnixNano === '0';
}

/** The waterfall of a trace; null when nothing of it is stored. Spans come in order of start. */
export function traceView(traceId: string, rows: readonly SpanRow[], mayUnmask: boolean): TraceType | null {
  const spans = rows.slice(0, MAX_SPANS);
  const [first] = spans;
  if (first === undefined) {
    return null;
  }
  const start = BigInt(first.startUnixNano);
  const end = spans.reduce(
    (latest, span) => maxOf(latest, BigInt(span.startUnixNano), BigInt(span.endUnixNano)),
    start,
  );
  const shown = (value: unknown): unknown => (mayUnmask ? value : maskPayload(value).value);
  return {
    traceId,
    startedAt: new Date(Number(start / BigInt(NANOS_PER_MS))),
    durationMs: millisecondsBetween(start, end),
    spans: spans.map((span): SpanType => {
      const { spanId, parentSpanId, name, serviceName, startUnixNano, endUnixNano, statusMessage, isClockSuspect } =
        span;
      const began = BigInt(startUnixNano);
      return {
        spanId,
        parentSpanId,
        name,
        kind: KINDS[span.kind] ?? 'UNSPECIFIED',
        serviceName,
        startUnixNano,
        endUnixNano,
        isOpen: isOpen(span),
        offsetMs: millisecondsBetween(start, began),
        // a clock that ran backwards gives no negative bars
        durationMs: isOpen(span) ? 0 : Math.max(0, millisecondsBetween(began, BigInt(endUnixNano))),
        status: STATUSES[span.statusCode] ?? 'UNSET',
        statusMessage: statusMessage === null || mayUnmask ? statusMessage : maskText(statusMessage).value,
        attributes: shown(span.attributes),
        events: shown(span.events),
        // ids are not masked: one of digits alone could look like an account
        links: span.links.map((link) => ({ ...link, attributes: shown(link.attributes) })),
        dropped: span.dropped,
        isClockSuspect,
      };
    }),
    isTruncated: rows.length > MAX_SPANS,
  };
}

function maxOf(...values: bigint[]): bigint {
  return values.reduce((left, right) => (left > right ? left : right));
}
