import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spanRecords } from '../testing/random-spans.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { decodeSpanChunk, encodeSpanChunk } from './span-chunk.js';
import { groupByTrace, mergeTraceGroups, referenceOf, type TraceGroup } from './trace-groups.js';

const groupsOf = (spans: readonly SpanRecord[]): TraceGroup[] => {
  const groups = new Map<string, TraceGroup>();
  for (const [index, span] of spans.entries()) {
    const group = groups.get(span.traceId) ?? { traceId: span.traceId, spans: [], receivedAtMs: [] };
    groups.set(span.traceId, group);
    group.spans.push(span);
    group.receivedAtMs.push(1_790_000_000_000 + index * 7);
  }
  return [...groups.values()];
};

describe('a span chunk', () => {
  it('gives back exactly what was encoded, with every kind of attribute', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(spanRecords, { maxLength: 12 }),
        fc.constantFrom('fast', 'thorough'),
        async (spans, effort) => {
          const groups = groupsOf(spans);
          expect(await decodeSpanChunk(await encodeSpanChunk(groups, effort))).toEqual(groups);
        },
      ),
      { numRuns: 120 },
    );
  }, 30_000);

  it('gives back one trace alone as it gives back all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spanRecords, { minLength: 1, maxLength: 12 }), async (spans) => {
        const groups = groupsOf(spans);
        const chunk = await encodeSpanChunk(groups);
        for (const group of groups) expect(await decodeSpanChunk(chunk, group.traceId)).toEqual([group]);
        expect(await decodeSpanChunk(chunk, 'e'.repeat(32))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});

describe('grouping', () => {
  it('comes to the same set of spans however they are divided, and keeps a closed copy rather than an open one', () => {
    fc.assert(
      fc.property(fc.array(spanRecords, { minLength: 1, maxLength: 12 }), fc.nat(12), (spans, cut) => {
        const whole = groupByTrace(spans, 5);
        const parts = mergeTraceGroups([...groupByTrace(spans.slice(0, cut), 5), ...groupByTrace(spans.slice(cut), 5)]);
        const idsOf = (groups: readonly TraceGroup[]) =>
          groups.map((group) => group.spans.map((span) => `${span.spanId} ${span.endUnixNano === '0'}`).sort());
        expect(idsOf(parts)).toEqual(idsOf(whole));
        for (const { spans: kept } of whole) {
          expect(new Set(kept.map((span) => span.spanId)).size).toBe(kept.length);
          for (const span of kept) {
            const copies = spans.filter((other) => other.traceId === span.traceId && other.spanId === span.spanId);
            if (span.endUnixNano === '0') expect(copies.every((copy) => copy.endUnixNano === '0')).toBe(true);
          }
        }
      }),
    );
  });

  it('refers to the same group by the same number whatever the order of its spans', () => {
    fc.assert(
      fc.property(fc.array(spanRecords, { minLength: 1, maxLength: 6 }), (spans) => {
        expect(referenceOf([...spans].reverse())).toEqual(referenceOf(spans));
      }),
    );
  });
});
