import { maskPayload, maskText } from '@throughline/canonical';
import type { SpanDropped, SpanLink } from '@throughline/ingest';
import type { SpanType } from '../graphql/trace.types.js';

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

/** Milliseconds from one time in nanoseconds to another. */
export function millisecondsBetween(from: bigint, to: bigint): number {
  return Number(to - from) / NANOS_PER_MS;
}

/** The name of a kind of span. */
export function spanKind(kind: number): string {
  return KINDS[kind] ?? 'UNSPECIFIED';
}

/** The name of a status. */
export function spanStatus(statusCode: number): string {
  return STATUSES[statusCode] ?? 'UNSET';
}

function isOpen(span: SpanRow): boolean {
  return span.endUnixNano === '0';
}

/** A span with all that it says; its offset counts from the start of the trace. */
export function spanView(span: SpanRow, traceStart: bigint, mayUnmask: boolean): SpanType {
  const { spanId, parentSpanId, name, serviceName, startUnixNano, endUnixNano, statusMessage, isClockSuspect } = span;
  const began = BigInt(startUnixNano);
  const shown = (value: unknown): unknown => (mayUnmask ? value : maskPayload(value).value);
  return {
    spanId,
    parentSpanId,
    name,
    kind: spanKind(span.kind),
    serviceName,
    startUnixNano,
    endUnixNano,
    isOpen: isOpen(span),
    offsetMs: millisecondsBetween(traceStart, began),
    // a clock that ran backwards gives no negative bars
    durationMs: isOpen(span) ? 0 : Math.max(0, millisecondsBetween(began, BigInt(endUnixNano))),
    status: spanStatus(span.statusCode),
    statusMessage: statusMessage === null || mayUnmask ? statusMessage : maskText(statusMessage).value,
    attributes: shown(span.attributes),
    events: shown(span.events),
    // ids are not masked: one of digits alone could look like an account
    links: span.links.map((link) => ({ ...link, attributes: shown(link.attributes) })),
    dropped: span.dropped,
    isClockSuspect,
  };
}
