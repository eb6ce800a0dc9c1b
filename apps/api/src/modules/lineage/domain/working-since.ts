import { type Instant, instantFromMs } from '@throughline/canonical';
import type { SpanOutline } from '@throughline/ingest';

const NANOS_PER_MS = 1_000_000n;

/** Where spans are looked up by trace and id. */
export type SpansById = ReadonlyMap<string, SpanOutline>;

/** Under which a span is filed. */
export function spanKey(traceId: string, spanId: string): string {
  return `${traceId}/${spanId}`;
}

/** Files spans, of which there are no copies. */
export function spansById(spans: readonly SpanOutline[]): SpansById {
  return new Map(spans.map((span) => [spanKey(span.traceId, span.spanId), span]));
}

/**
 * Since when the hop of a span had been at work on it: the start of the span, or of the one that its service began with, as far
 * up as the spans above it belong to the same service. Null when the span is not stored.
 */
export function workingSince(spans: SpansById, traceId: string, spanId: string): Instant | null {
  let entry = spans.get(spanKey(traceId, spanId));
  if (entry === undefined) return null;
  const seen = new Set<string>();
  for (let span: SpanOutline | undefined = entry; span?.serviceName === entry.serviceName && !seen.has(span.spanId);) {
    seen.add(span.spanId);
    entry = span;
    span = span.parentSpanId === null ? undefined : spans.get(spanKey(traceId, span.parentSpanId));
  }
  return instantFromMs(Number(BigInt(entry.startUnixNano) / NANOS_PER_MS));
}
