import { mergeTraceGroups, type TraceGroup } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { readTraceGroups } from '../signals/index.js';
import { MAX_SPANS, type SpanRow } from './domain/trace-view.js';

/** OTLP: 16 bytes in hex, not all zero. */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;

/**
 * The spans of a trace in order of start, one more than are shown. A span may be stored twice (its sender tried again
 * across midnight, or in another batch): readers see a closed copy rather than an open one, else the first received.
 */
export async function findSpans(tx: Tx, traceId: string): Promise<SpanRow[]> {
  if (!TRACE_ID.test(traceId)) return [];
  let kept: TraceGroup | undefined;
  for await (const groups of readTraceGroups(tx, traceId)) {
    const [merged] = mergeTraceGroups(kept === undefined ? groups : [kept, ...groups]);
    kept = merged && earliest(merged);
  }
  return (kept?.spans ?? []).map(({ statusMessage, ...span }) => ({
    ...span,
    statusMessage: statusMessage === '' ? null : statusMessage,
  }));
}

/** Bounds what is held of a trace without an end. */
function earliest({ traceId, spans, receivedAtMs }: TraceGroup): TraceGroup {
  const order = spans
    .map((span, index) => ({ start: BigInt(span.startUnixNano), spanId: span.spanId, index }))
    .sort((left, right) =>
      left.start === right.start ? (left.spanId < right.spanId ? -1 : 1) : left.start < right.start ? -1 : 1,
    )
    .slice(0, MAX_SPANS + 1);
  return {
    traceId,
    spans: order.map(({ index }) => spans[index]!),
    receivedAtMs: order.map(({ index }) => receivedAtMs[index]!),
  };
}
