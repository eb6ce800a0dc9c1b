import { describe, expect, it } from '@jest/globals';
import type { SpanRecord } from '../otlp/span-record.js';
import { AttributeNames } from '../mapping/attribute-names.js';
import { encodeSpans } from './encode-spans.js';
import { decodeSpanChunk, encodeSpanChunk, UnreadableChunk } from './span-chunk.js';
import { SpanCompaction } from './span-compaction.js';
import { businessKeyHash, groupByTrace, mergeTraceGroups, referenceOf } from './trace-groups.js';

const RECEIVED_AT = new Date('2026-11-20T10:00:00Z');
const id = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

function span(number: number, change: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: id(1 + Math.floor(number / 8), 32),
    spanId: id(number + 1, 16),
    parentSpanId: number % 8 === 0 ? null : id(number, 16),
    name: 'POST /orders',
    kind: 2,
    startUnixNano: String(1_790_000_000_000_000_000n + BigInt(number) * 1_234_567n),
    endUnixNano: String(1_790_000_000_500_000_000n + BigInt(number) * 1_234_567n),
    statusCode: 0,
    statusMessage: '',
    traceState: '',
    flags: 1,
    resource: { attributes: { 'service.name': 'orders' }, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: 'http', version: '1', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    attributes: { 'http.request.method': 'POST', 'thread.id': number % 5 },
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    serviceName: 'orders',
    isClockSuspect: false,
    ...change,
  };
}
const spans = (count: number): SpanRecord[] => Array.from({ length: count }, (_, number) => span(number));
const finance = { 'finance.object.type': 'sales-order', 'finance.object.key.value': ' SO-1 ' };

describe('a span chunk', () => {
  it.each([
    ['UUIDs', (n: number) => `${id(n * 7919, 8)}-1b2c-4d3e-8f4a-${id(n, 12)}`],
    ['UUIDs behind a prefix', (n: number) => `urn:uuid:${id(n * 7919, 8)}-1b2c-4d3e-8f4a-${id(n, 12)}`],
    ['hexadecimal ids', (n: number) => id(n * 104_729, 32)],
    ['ids with a prefix', (n: number) => `msg_${id(n * 104_729, 20)}`],
    ['ids in capitals', (n: number) => id(n * 104_729, 32).toUpperCase()],
    ['ids of different lengths', (n: number) => `SO-${n * 17}`],
    ['UUIDs of which one is none', (n: number) => (n === 77 ? 'none' : `${id(n, 8)}-1b2c-4d3e-8f4a-${id(n, 12)}`)],
    ['texts of which few differ', (n: number) => ['GET', 'POST', 'PUT'][n % 3]!],
    ['numbers', (n: number) => n * 1_000_003 - 5],
    ['numbers and texts', (n: number) => (n % 2 === 0 ? n : String(n))],
    ['booleans and nothing', (n: number) => (n % 3 === 0 ? null : n % 3 === 1)],
  ])('keeps %s exactly', async (_name, value) => {
    const groups = groupByTrace(
      spans(300).map((one, number) => ({ ...one, attributes: { ...one.attributes, value: value(number) } })),
      RECEIVED_AT.getTime(),
    );
    expect(await decodeSpanChunk(await encodeSpanChunk(groups))).toEqual(groups);
  });

  it('holds a span of many in less than 30 bytes where nothing of it is unique but its id and its times', async () => {
    const chunk = await encodeSpanChunk(groupByTrace(spans(2_000), RECEIVED_AT.getTime()));
    expect(chunk.length / 2_000).toBeLessThan(30);
  });

  it.each([
    ['nothing', () => Buffer.alloc(0)],
    ['another form', () => Buffer.from([9, 1, 0, 0, 0, 0])],
    ['bytes that were cut off', (chunk: Buffer) => chunk.subarray(0, 40)],
  ])('is refused when it is %s', async (_name, damage) => {
    const chunk = await encodeSpanChunk(groupByTrace(spans(20), 1));
    await expect(decodeSpanChunk(damage(chunk))).rejects.toThrow(UnreadableChunk);
  });
});

describe('what a group is found by', () => {
  it('is the business keys of its spans, each once, trimmed; also under the names that a team uses', () => {
    const named = [
      span(0, { attributes: finance }),
      span(1, { attributes: { 'finance.object.key.value': 'SO-1' } }),
      span(2, { attributes: { 'acme.order': 4711 } }),
      span(3, { attributes: { 'finance.object.key.value': '' } }),
    ];
    const names = new AttributeNames([
      { serviceName: 'orders', attribute: 'acme.order', financeAttribute: 'finance.object.key.value' },
    ]);
    expect(referenceOf(named).keyHashes).toEqual([businessKeyHash('SO-1')]);
    expect(referenceOf(named, names).keyHashes).toEqual([businessKeyHash('SO-1'), businessKeyHash('4711')].sort());
  });

  it('is the flow that a message of it belongs to as well', () => {
    const sent = span(0, { attributes: { 'messaging.message.conversation_id': ' o2c-117 ' } });
    expect(referenceOf([sent, span(1)]).keyHashes).toEqual([businessKeyHash('o2c-117')]);
  });

  it('differs when a span has been closed', () => {
    const open = span(0, { endUnixNano: '0' });
    expect(referenceOf([open]).groupHash).not.toBe(referenceOf([span(0)]).groupHash);
  });
});

describe('encoding a request', () => {
  it('sets apart the spans that can become activities', async () => {
    const request = [
      ...spans(20),
      span(100, { attributes: finance }),
      span(101, { attributes: finance, endUnixNano: '0' }),
    ];
    const { chunks, received } = await encodeSpans(request, RECEIVED_AT);
    expect({
      received,
      chunks: chunks.length,
      spans: chunks[0]!.spans,
      candidateSpans: chunks[0]!.candidateSpans,
    }).toEqual({ received: 22, chunks: 1, spans: 22, candidateSpans: 1 });
    const candidates = await decodeSpanChunk(chunks[0]!.candidates!);
    expect(candidates.flatMap((group) => group.spans)).toEqual([request[20]]);
    const others = await decodeSpanChunk(chunks[0]!.content!);
    expect(others.flatMap((group) => group.spans)).toHaveLength(21);
  });

  it('makes several chunks of a large request and of a large trace, and none of nothing', async () => {
    const long = Array.from({ length: 4_500 }, (_, number) => span(number, { traceId: 'a'.repeat(32) }));
    const { chunks } = await encodeSpans([...spans(3_000), ...long], RECEIVED_AT);
    expect(chunks.reduce((sum, chunk) => sum + chunk.spans, 0)).toBe(7_500);
    expect(Math.max(...chunks.map((chunk) => chunk.spans))).toBeLessThanOrEqual(2_000);
    expect((await encodeSpans([], RECEIVED_AT)).chunks).toEqual([]);
  });
});

describe('compaction', () => {
  const compacted = async (requests: readonly SpanRecord[][]) => {
    const compaction = new SpanCompaction();
    const found = [];
    for (const [index, request] of requests.entries()) {
      const { chunks } = await encodeSpans(request, new Date(RECEIVED_AT.getTime() + index));
      expect(await compaction.add(chunks[0]!)).toEqual(chunks[0]!.groups.map((group) => group.traceId));
      for (const { traceId, keyHashes } of chunks[0]!.groups) found.push({ traceId, keyHash: keyHashes[0] ?? null });
    }
    return { compaction, found };
  };

  it('leaves one copy of each span, in one group per trace, with its keys and candidates', async () => {
    const { compaction, found } = await compacted([
      [span(0), span(1, { endUnixNano: '0' }), span(8)],
      [span(1), span(2, { attributes: finance })],
      [span(0)],
    ]);
    const [chunk, ...others] = await compaction.encode(found);
    expect(others).toEqual([]);
    expect(chunk!.groups).toEqual([
      {
        traceId: id(1, 32),
        spans: 3,
        ...referenceOf([span(0), span(1), span(2)]),
        keyHashes: [businessKeyHash('SO-1')],
      },
      { traceId: id(2, 32), spans: 1, ...referenceOf([span(8)]) },
    ]);
    expect(chunk!.receivedAtMs).toBe(RECEIVED_AT.getTime() + 1);
    const [first] = await decodeSpanChunk(chunk!.content!);
    expect(first!.spans).toEqual([span(0), span(1)]);
    expect(first!.receivedAtMs).toEqual([RECEIVED_AT.getTime(), RECEIVED_AT.getTime() + 1]);
    const candidates = await decodeSpanChunk(chunk!.candidates!);
    expect(candidates.flatMap((group) => group.spans)).toEqual([span(2, { attributes: finance })]);
  });

  it('keeps copies that differ, with their times of receipt, so that the first received is found whatever moves', async () => {
    const requests = [[span(0, { name: 'first' })], [span(0, { name: 'second' })], [span(0, { name: 'first' })]];
    for (const order of [requests, requests.toReversed()]) {
      const { compaction, found } = await compacted(order);
      const [chunk] = await compaction.encode(found);
      const groups = await decodeSpanChunk(chunk!.content!);
      const times = groups[0]!.spans.map((one, index) => [one.name, groups[0]!.receivedAtMs[index]! - RECEIVED_AT.getTime()]); // prettier-ignore
      expect(times).toEqual([['first', 0], ['second', 1]]); // prettier-ignore
      expect(mergeTraceGroups(groups)[0]?.spans).toEqual([span(0, { name: 'first' })]);
    }
  });

  it('leaves of many open copies of a span that is closed none', async () => {
    const open = Array.from({ length: 5 }, (_, index) => [span(0, { endUnixNano: '0', name: `open ${index}` })]);
    const { compaction, found } = await compacted([...open, [span(0)]]);
    const [chunk] = await compaction.encode(found);
    expect((await decodeSpanChunk(chunk!.content!))[0]?.spans).toEqual([span(0)]);
  });
});

describe('copies of a span that were received in one millisecond', () => {
  it('are told apart alike in any order', () => {
    const group = (name: string) => ({ traceId: span(0).traceId, spans: [span(0, { name })], receivedAtMs: [1] });
    const names = ['a', 'b', 'c', 'd'];
    const kept = [names, names.toReversed(), ['c', 'a', 'd', 'b']].map((order) => mergeTraceGroups(order.map(group))[0]?.spans[0]?.name); // prettier-ignore
    expect(new Set(kept).size).toBe(1);
  });
});
