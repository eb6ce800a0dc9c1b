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
  /** ResourceSpans { ScopeSpans { Span {} … } }: two bytes a span. */
  function emptySpans(count: number): Buffer {
    const delimited = (tag: number, content: Buffer): Buffer => {
      const length: number[] = [];
      for (let left = content.length; ; left >>>= 7) {
        length.push(left > 127 ? (left & 127) | 128 : left);
        if (left <= 127) break;
      }
      return Buffer.concat([Buffer.from([tag, ...length]), content]);
    };
    return delimited(0x0a, delimited(0x12, Buffer.alloc(count * 2, Buffer.from([0x12, 0]))));
  }

  it('is counted, one reason for all, and others have their turn meanwhile', async () => {
    let turns = 0;
    let longestMs = 0;
    let since = performance.now();
    const decoded = await decodeTracesInSteps(emptySpans(900_000), 'protobuf', NOW_MS, async () => {
      longestMs = Math.max(longestMs, performance.now() - since);
      await new Promise(setImmediate);
      since = performance.now();
      turns += 1;
    });
    expect(decoded).toMatchObject({ spans: [], rejectedCount: 900_000 });
    expect([...decoded.rejections]).toEqual([['traceId must be 16 bytes and not all zero', 900_000]]);
    expect(turns).toBe(450);
    expect(longestMs).toBeLessThan(1_000);
  });
});
