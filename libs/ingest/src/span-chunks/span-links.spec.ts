import { describe, expect, it } from '@jest/globals';
import type { SpanLink, SpanRecord } from '../otlp/span-record.js';
import { encodeSpans } from './encode-spans.js';
import { decodeSpanChunk } from './span-chunk.js';
import { SpanCompaction } from './span-compaction.js';

const [OWN, OTHER] = ['1'.repeat(32), '2'.repeat(32)];
const RECEIVED_AT = new Date('2026-11-20T10:00:00Z');

const link = (traceId: string, spanId: string, change: Partial<SpanLink> = {}): SpanLink => ({
  traceId,
  spanId,
  traceState: '',
  attributes: {},
  droppedAttributesCount: 0,
  flags: 0,
  ...change,
});

function span(spanId: string, links: SpanLink[], change: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: OWN,
    spanId,
    parentSpanId: null,
    name: 'process orders',
    kind: 5,
    startUnixNano: '1790000000123456789',
    endUnixNano: '1790000001000000000',
    statusCode: 0,
    statusMessage: '',
    traceState: '',
    flags: 0,
    resource: { attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    attributes: {},
    events: [],
    links,
    dropped: { attributes: 0, events: 0, links: 0 },
    serviceName: 'orders',
    isClockSuspect: false,
    ...change,
  };
}

const linksIn = async (spans: readonly SpanRecord[]) =>
  (await encodeSpans(spans, RECEIVED_AT)).chunks.flatMap((chunk) => chunk.links);

describe('links of a chunk', () => {
  it('say who links to which span of another trace, and when that began', async () => {
    const linking = span('00000000000000a1', [
      link(OTHER, '00000000000000b1', { attributes: { 'messaging.message.id': 'm-1' } }),
      link(OTHER, '00000000000000b2'),
    ]);
    const known = { traceId: OWN, spanId: '00000000000000a1', serviceName: 'orders', name: 'process orders' };
    const to = { linkedTraceId: OTHER, ...known, startedAt: '2026-09-21T14:13:20.123Z' };
    expect(await linksIn([span('00000000000000a0', []), linking])).toEqual([
      { ...to, linkedSpanId: '00000000000000b1', attributes: { 'messaging.message.id': 'm-1' } },
      { ...to, linkedSpanId: '00000000000000b2', attributes: null },
    ]);
  });

  it.each<[string, SpanLink[]]>([
    ['within the trace', [link(OWN, '00000000000000b1')]],
    ['to no trace', [link('0'.repeat(32), '00000000000000b1')]],
    ['to no span', [link(OTHER, '0'.repeat(16))]],
    ['with ids of other lengths', [link('abcd', '00000000000000b1'), link(OTHER, ''), link(`${OTHER}00`, 'b1')]],
  ])('are not found %s, and stay in the span', async (_name, links) => {
    const { chunks } = await encodeSpans([span('00000000000000a1', links)], RECEIVED_AT);
    expect(chunks.flatMap((chunk) => chunk.links)).toEqual([]);
    expect((await decodeSpanChunk(chunks[0]!.content!))[0]?.spans[0]?.links).toEqual(links);
  });

  it('are one for each pair of spans, the first that is said', async () => {
    const twice = [
      link(OTHER, '00000000000000b1', { attributes: { attempt: 1 } }),
      link(OTHER, '00000000000000b1', { attributes: { attempt: 2 } }),
    ];
    const found = await linksIn([span('00000000000000a1', twice), span('00000000000000a2', twice)]);
    expect(found.map(({ spanId, attributes }) => [spanId, attributes])).toEqual([
      ['00000000000000a1', { attempt: 1 }],
      ['00000000000000a2', { attempt: 1 }],
    ]);
  });

  it('have names of bounded length that can be stored', async () => {
    const [found] = await linksIn([
      span('00000000000000a1', [link(OTHER, '00000000000000b1')], { name: `${'n'.repeat(249)}😀` }),
    ]);
    expect(found?.name).toBe(`${'n'.repeat(249)}\uFFFD`);
  });

  it('are the same when the chunk is compacted', async () => {
    const { chunks } = await encodeSpans(
      [span('00000000000000a1', [link(OTHER, '00000000000000b1', { attributes: { n: 1 } })])],
      RECEIVED_AT,
    );
    const compaction = new SpanCompaction();
    await compaction.add(chunks[0]!);
    const larger = await compaction.encode([{ traceId: OWN, keyHash: null }]);
    expect(larger.flatMap((chunk) => chunk.links)).toEqual(chunks.flatMap((chunk) => chunk.links));
  });
});
