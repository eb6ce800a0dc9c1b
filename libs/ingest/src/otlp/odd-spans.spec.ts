import { describe, expect, it } from '@jest/globals';
import { toProtobuf, type WireSpan } from '../testing/otlp-wire.js';
import { decodeTraces, decodeTracesInSteps } from './decode-traces.js';

const NOW_MS = Date.UTC(2026, 8, 30, 15);
const NOW = BigInt(NOW_MS) * 1_000_000n;
const TRACE = Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex');
const [A, B] = [Buffer.alloc(8, 1), Buffer.alloc(8, 2)];

const span = (change: Partial<WireSpan> = {}): WireSpan => ({
  traceId: TRACE,
  spanId: A,
  name: 'sync order',
  startTimeUnixNano: String(NOW - 5_000_000n),
  endTimeUnixNano: String(NOW),
  ...change,
});
const bytes = (spans: readonly WireSpan[]) => toProtobuf({ resourceSpans: [{ scopeSpans: [{ spans: [...spans] }] }] });
const decode = (...spans: WireSpan[]) => decodeTraces(bytes(spans), 'protobuf', NOW_MS);

describe('spans as they really come', () => {
  it('late by ten days: taken, and the clock is suspect', () => {
    const start = NOW - 864_000_000_000_000n;
    const late = span({ startTimeUnixNano: String(start), endTimeUnixNano: String(start + 1n) });
    expect(decode(late).spans[0]).toMatchObject({ startUnixNano: String(start), isClockSuspect: true });
  });

  it('skewed two days into the future: taken, and the clock is suspect', () => {
    const end = NOW + 172_800_000_000_000n;
    expect(decode(span({ endTimeUnixNano: String(end) })).spans[0]).toMatchObject({ isClockSuspect: true });
  });

  it('open: no end yet', () => {
    expect(decode(span({ endTimeUnixNano: '0' })).spans[0]).toMatchObject({ endUnixNano: '0', isClockSuspect: false });
  });

  it('ended before it began: refused, and why', () => {
    const decoded = decode(span({ endTimeUnixNano: String(NOW - 6_000_000n) }), span({ spanId: B }));
    expect([decoded.spans.length, decoded.rejectedCount]).toEqual([1, 1]);
    expect([...decoded.rejections.keys()][0]).toMatch(/end/i);
  });

  it('its own parent, and two that are each other’s: taken as they are', () => {
    const decoded = decode(span({ parentSpanId: A }), span({ parentSpanId: B }), span({ spanId: B, parentSpanId: A }));
    expect(decoded.spans.map((one) => [one.spanId, one.parentSpanId])).toEqual([
      [A.toString('hex'), A.toString('hex')],
      [A.toString('hex'), B.toString('hex')],
      [B.toString('hex'), A.toString('hex')],
    ]);
  });

  it('out of order and twice: each as it came', () => {
    expect(decode(span({ spanId: B, parentSpanId: A }), span(), span()).spans).toHaveLength(3);
  });

  it('with links and an exception that carries discriminators: kept as they are', () => {
    const [one] = decode(
      span({
        links: [{ traceId: Buffer.alloc(16, 9), spanId: B, attributes: [{ key: 'k', value: { stringValue: 'v' } }] }],
        events: [
          {
            timeUnixNano: '7',
            name: 'exception',
            attributes: [{ key: 'finance.problem.discriminator.field', value: { stringValue: '/vat' } }],
          },
        ],
      }),
    ).spans;
    expect(one!.links).toMatchObject([{ traceId: '09'.repeat(16), spanId: '02'.repeat(8), attributes: { k: 'v' } }]);
    expect(one!.events).toMatchObject([
      { name: 'exception', attributes: { 'finance.problem.discriminator.field': '/vat' } },
    ]);
  });

  it('the resource may stand behind its spans', () => {
    const attribute = { key: 'service.name', value: { stringValue: 'erp' } };
    const whole = Buffer.from(
      toProtobuf({ resourceSpans: [{ resource: { attributes: [attribute] }, scopeSpans: [] }] }),
    );
    const spans = Buffer.from(bytes([span()]));
    // Both hold one ResourceSpans of less than 128 bytes: its parts are put into one, the spans first.
    const parts = Buffer.concat([spans.subarray(2), whole.subarray(2)]);
    const turned = Buffer.concat([Buffer.from([0x0a, (parts.length & 0x7f) | 0x80, parts.length >> 7]), parts]);
    const fixed = parts.length < 128 ? Buffer.concat([Buffer.from([0x0a, parts.length]), parts]) : turned;
    expect(decodeTraces(fixed, 'protobuf', NOW_MS).spans[0]!.serviceName).toBe('erp');
  });
});

describe('a request of very many malformed spans', () => {
  const delimited = (tag: number, content: Buffer): Buffer => {
    const length: number[] = [];
    for (let left = content.length; ; left >>>= 7) {
      length.push(left > 127 ? (left & 127) | 128 : left);
      if (left <= 127) break;
    }
    return Buffer.concat([Buffer.from([tag, ...length]), content]);
  };
  /** ResourceSpans { ScopeSpans { Span {} … } }: two bytes a span. */
  const emptySpans = (count: number): Buffer =>
    delimited(0x0a, delimited(0x12, Buffer.alloc(count * 2, Buffer.from([0x12, 0]))));
  /** ResourceSpans { Resource { a byte that begins nothing }, ScopeSpans { Span {} } }. */
  const BAD_RESOURCE = Buffer.from([0x0a, 9, 0x0a, 3, 0x0a, 1, 0xff, 0x12, 2, 0x12, 0]);

  it.each<[string, () => Uint8Array, 'protobuf' | 'json']>([
    ['resources that cannot be read', () => Buffer.concat(Array<Buffer>(20_000).fill(BAD_RESOURCE)), 'protobuf'],
    ['groups of one span', () => Buffer.concat(Array<Buffer>(20_000).fill(emptySpans(1))), 'protobuf'],
    [
      'groups in JSON',
      () => Buffer.from(`{"resourceSpans":[${'{"scopeSpans":[{"spans":[{}]}]},'.repeat(20_000)}{}]}`),
      'json',
    ],
    [
      'resources without a span',
      () => Buffer.from(`{"resourceSpans":[${'{"scopeSpans":[{}]},'.repeat(20_000)}{}]}`),
      'json',
    ],
  ])('of %s lets others have their turn', async (_what, body, encoding) => {
    let turns = 0;
    await decodeTracesInSteps(body(), encoding, NOW_MS, async () => void (turns += 1));
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('of which one span would unpack to hundreds of thousands of attributes costs that one alone', () => {
    const pair = Buffer.from([0x4a, 8, 0x0a, 1, 0x6b, 0x12, 3, 0x0a, 1, 0x76]);
    const ids = [delimited(0x0a, Buffer.alloc(16, 1)), delimited(0x12, Buffer.alloc(8, 2))];
    const heavy = delimited(0x12, Buffer.concat([...ids, ...Array<Buffer>(250_000).fill(pair)]));
    const request = delimited(0x0a, delimited(0x12, Buffer.concat([heavy, delimited(0x12, Buffer.concat(ids))])));
    const inProtobuf = decodeTraces(request, 'protobuf', NOW_MS);
    expect([inProtobuf.spans.length, [...inProtobuf.rejections]]).toEqual([
      1,
      [['the span holds more attributes, values, events or links than may be unpacked at once', 1]],
    ]);
    const span = (attributes: string): string =>
      `{"traceId":"${'01'.repeat(16)}","spanId":"${'02'.repeat(8)}","attributes":[${attributes}]}`;
    const text = `{"resourceSpans":[{"scopeSpans":[{"spans":[${span(`${'{"key":"k"},'.repeat(200_000)}{}`)},${span('')}]}]}]}`;
    const inJson = decodeTraces(Buffer.from(text), 'json', NOW_MS);
    expect([inJson.spans.length, [...inJson.rejections]]).toEqual([
      1,
      [['attributes holds more than 200000 entries', 1]],
    ]);
  });

  it.each([10, 2_500_000])(
    'with a span that is nested without end, or cut, in %i bytes more costs those alone',
    (padding) => {
      let value = delimited(0x0a, Buffer.from('v'));
      for (let level = 0; level < 10_000; level += 1) value = delimited(0x2a, delimited(0x0a, value));
      const ids = Buffer.concat([delimited(0x0a, Buffer.alloc(16, 1)), delimited(0x12, Buffer.alloc(8, 2))]);
      const attribute = (content: Buffer): Buffer =>
        delimited(0x4a, Buffer.concat([delimited(0x0a, Buffer.from('k')), delimited(0x12, content)]));
      const spans = [
        attribute(value),
        Buffer.from([0x4a, 50, 1]),
        attribute(delimited(0x0a, Buffer.alloc(padding, 'x'))),
      ];
      const scope = Buffer.concat(spans.map((more) => delimited(0x12, Buffer.concat([ids, more]))));
      const decoded = decodeTraces(delimited(0x0a, delimited(0x12, scope)), 'protobuf', NOW_MS);
      expect(decoded.spans).toHaveLength(1);
      expect([...decoded.rejections.keys()]).toEqual([
        'the span is not protobuf: maximum nesting depth exceeded',
        expect.stringMatching(/^the span is not protobuf: index out of range/),
      ]);
    },
  );

  it('is counted, one reason for all, and others have their turn meanwhile', async () => {
    let turns = 0;
    const decoded = await decodeTracesInSteps(emptySpans(900_000), 'protobuf', NOW_MS, async () => {
      await new Promise(setImmediate);
      turns += 1;
    });
    expect(decoded).toMatchObject({ spans: [], rejectedCount: 900_000 });
    expect([...decoded.rejections]).toEqual([['traceId must be 16 bytes and not all zero', 900_000]]);
    // One more before the first item, and one for the group.
    expect(turns).toBeGreaterThanOrEqual(451);
  }, 30_000);
});
