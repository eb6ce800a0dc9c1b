import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SpanRecord } from '../otlp/span-record.js';
import { spanRecords } from '../testing/random-spans.js';
import { encodeSpanChunk } from './span-chunk.js';
import { decodeSpanOutlines, mergeSpanOutlines } from './span-outline.js';
import { groupByTrace, mergeTraceGroups } from './trace-groups.js';

const RECEIVED_AT = 1_790_000_000_000;

/** What the outline has of a whole span. */
function outlineOf(span: SpanRecord) {
  const { traceId, spanId, parentSpanId, name, kind, serviceName } = span;
  const { startUnixNano, endUnixNano, statusCode, isClockSuspect } = span;
  const linkedTraceIds = [...new Set(span.links.map((link) => link.traceId))];
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind,
    serviceName,
    startUnixNano,
    endUnixNano,
    statusCode,
    isClockSuspect,
    linkedTraceIds,
  };
}

const inOrder = <T extends { traceId: string; spanId: string }>(spans: readonly T[]): T[] =>
  spans.toSorted((left, right) => (left.traceId + left.spanId < right.traceId + right.spanId ? -1 : 1));

describe('outlines of spans', () => {
  it('say of the spans of the traces asked for what these say themselves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spanRecords, { minLength: 1, maxLength: 12 }), fc.nat(3), async (spans, skipped) => {
        const groups = groupByTrace(spans, RECEIVED_AT);
        const asked = groups.slice(skipped);
        const outlines = await decodeSpanOutlines(
          await encodeSpanChunk(groups),
          new Set(asked.map(({ traceId }) => traceId)),
        );
        expect(outlines).toEqual(
          asked.flatMap((group) => group.spans.map((span) => ({ ...outlineOf(span), receivedAtMs: RECEIVED_AT }))),
        );
      }),
      { numRuns: 80 },
    );
  }, 30_000);

  it('are those of the copies that count, in order of start, in whatever chunks they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spanRecords, { minLength: 1, maxLength: 12 }), fc.nat(12), async (spans, cut) => {
        const parts = [
          ...groupByTrace(spans.slice(0, cut), RECEIVED_AT),
          ...groupByTrace(spans.slice(cut), RECEIVED_AT + 5),
        ];
        const chunks = await Promise.all(parts.map((part) => encodeSpanChunk([part])));
        const all = new Set(spans.map(({ traceId }) => traceId));
        const decoded = await Promise.all(chunks.map((chunk) => decodeSpanOutlines(chunk, all)));
        const merged = mergeSpanOutlines(decoded.flat());
        expect(mergeSpanOutlines(decoded.toReversed().flat())).toEqual(merged);
        const counting = mergeTraceGroups(parts).flatMap((group) => group.spans.map(outlineOf));
        expect(inOrder(merged).map(({ receivedAtMs: _at, ...outline }) => outline)).toEqual(inOrder(counting));
        const starts = merged.map(({ startUnixNano }) => BigInt(startUnixNano));
        expect(starts).toEqual(starts.toSorted((left, right) => (left < right ? -1 : 1)));
      }),
      { numRuns: 80 },
    );
  }, 30_000);
});
