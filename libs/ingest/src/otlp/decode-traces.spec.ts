import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { toJson, toProtobuf, type WireSpan, type WireTraces } from '../testing/otlp-wire.js';
import { MalformedRequest } from './decode-request.js';
import { decodeTraces } from './decode-traces.js';
import type { SpanRecord } from './span-record.js';

const NOW_MS = Date.UTC(2026, 8, 30, 15);
const START = '1790780400000500123';
const END = '1790780401000500124';
const traceId = Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex');
const spanId = Buffer.from('b7ad6b7169203331', 'hex');

const span = (change: Partial<WireSpan> = {}): WireSpan => ({
  traceId,
  spanId,
  name: 'sync order',
  kind: 5,
  startTimeUnixNano: START,
  endTimeUnixNano: END,
  ...change,
});
const request = (...spans: WireSpan[]): WireTraces => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');
const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/otlp/${name}`, import.meta.url));

function decodeBoth(value: WireTraces): { spans: SpanRecord[]; rejected: [string, number][] } {
  const binary = decodeTraces(toProtobuf(value), 'protobuf', NOW_MS);
  const text = decodeTraces(toJson(value), 'json', NOW_MS);
  expect(text.spans).toEqual(binary.spans);
  expect([...text.rejections]).toEqual([...binary.rejections]);
  return { spans: binary.spans, rejected: [...binary.rejections] };
}

describe('a good span', () => {
  it('keeps ids, nanoseconds and typed attributes exactly, in both encodings', () => {
    const attributes = [
      { key: 'text', value: { stringValue: '' } },
      { key: 'yes', value: { boolValue: false } },
      { key: 'small', value: { intValue: '-42' } },
      { key: 'big', value: { intValue: '9223372036854775807' } },
      { key: 'half', value: { doubleValue: 0.5 } },
      { key: 'whole', value: { doubleValue: 3 } },
      { key: 'none', value: {} },
      { key: 'nan', value: { doubleValue: Number.NaN } },
      { key: 'raw', value: { bytesValue: Uint8Array.of(0, 255) } },
      { key: 'list', value: { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }] } } },
      { key: '__proto__', value: { kvlistValue: { values: [{ key: 'inner', value: { boolValue: true } }] } } },
    ];
    const { spans } = decodeBoth(request(span({ attributes, links: [{ traceId, spanId, flags: 256 }] })));
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      parentSpanId: null,
      startUnixNano: START,
      endUnixNano: END,
      isClockSuspect: false,
      links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', flags: 256 }],
    });
    expect(Object.entries(spans[0]!.attributes)).toEqual([
      ['text', ''],
      ['yes', false],
      ['small', -42],
      ['big', { int: '9223372036854775807' }],
      ['half', 0.5],
      ['whole', { double: 3 }],
      ['none', null],
      ['nan', { double: 'NaN' }],
      ['raw', { bytes: 'AP8=' }],
      ['list', [1, 'a']],
      ['__proto__', { map: { inner: true } }],
    ]);
  });

  it('may be open (end 0), a root by an all-zero parent, and of an unknown kind', () => {
    const { spans } = decodeBoth(request(span({ endTimeUnixNano: '0', parentSpanId: Buffer.alloc(8), kind: 9 })));
    expect(spans[0]).toMatchObject({ endUnixNano: '0', parentSpanId: null, kind: 9 });
  });

  it.each([
    ['a day and a second early', '1790693999000000000', '1790694000000000000', true],
    ['an hour late', '1790784000000000000', '1790784001000000000', false],
    ['of 1970', '1', '2', true],
  ])(
    'is clock-suspect when it lies more than a day away: %s',
    (_name, startTimeUnixNano, endTimeUnixNano, isSuspect) => {
      const { spans } = decodeBoth(request(span({ startTimeUnixNano, endTimeUnixNano })));
      expect(spans[0]!.isClockSuspect).toBe(isSuspect);
    },
  );

  it('has NUL and lone surrogates replaced, which no database text can hold', () => {
    const { spans } = decodeBoth(
      request(span({ name: 'a\u0000b', attributes: [{ key: 'k\u0000', value: { stringValue: '\u0000' } }] })),
    );
    expect(spans[0]).toMatchObject({ name: 'a\ufffdb', attributes: { 'k\ufffd': '\ufffd' } });
    const lone = decodeTraces(
      json({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  {
                    ...JSON.parse(Buffer.from(toJson(request(span()))).toString()).resourceSpans[0].scopeSpans[0]
                      .spans[0],
                    name: '\ud800',
                  },
                ],
              },
            ],
          },
        ],
      }),
      'json',
      NOW_MS,
    );
    expect(lone.spans[0]!.name).toBe('\ufffd');
  });
});

describe('a bad span costs itself, never its batch', () => {
  const good = span({ spanId: Buffer.from('00f067aa0ba902b7', 'hex') });
  it.each<[string, Partial<WireSpan>, string]>([
    ['a short trace id', { traceId: Buffer.alloc(8, 1) }, 'traceId must be 16 bytes and not all zero'],
    ['an all-zero trace id', { traceId: Buffer.alloc(16) }, 'traceId must be 16 bytes and not all zero'],
    ['no trace id', { traceId: Buffer.alloc(0) }, 'traceId must be 16 bytes and not all zero'],
    ['an all-zero span id', { spanId: Buffer.alloc(8) }, 'spanId must be 8 bytes and not all zero'],
    ['a long span id', { spanId: Buffer.alloc(16, 1) }, 'spanId must be 8 bytes and not all zero'],
    ['a parent id of 4 bytes', { parentSpanId: Buffer.alloc(4, 1) }, 'parentSpanId must be 8 bytes or absent'],
    ['an end before its start', { endTimeUnixNano: '1' }, 'endTimeUnixNano lies before startTimeUnixNano'],
    [
      'a start beyond the column',
      { startTimeUnixNano: '18446744073709551615' },
      'startTimeUnixNano lies beyond the year 2262',
    ],
  ])('%s', (_name, change, reason) => {
    const { spans, rejected } = decodeBoth(request(span(change), good));
    expect(spans.map((item) => item.spanId)).toEqual(['00f067aa0ba902b7']);
    expect(rejected).toEqual([[reason, 1]]);
  });

  it('attributes nested too deep', () => {
    let value: WireSpan['attributes'] = [{ key: 'end', value: { boolValue: true } }];
    for (let depth = 0; depth < 25; depth += 1) value = [{ key: 'in', value: { kvlistValue: { values: value } } }];
    const { spans, rejected } = decodeBoth(request(span({ attributes: value }), good));
    expect(spans).toHaveLength(1);
    expect(rejected).toEqual([
      [expect.stringMatching(/^attributes(\["in"\]?)+.{0,6} is nested more than 20 deep$/), 1],
    ]);
  });

  const jsonSpan = {
    traceId: traceId.toString('hex'),
    spanId: spanId.toString('hex'),
    startTimeUnixNano: START,
    endTimeUnixNano: END,
  };
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a base64 trace id (48 hex digits wrong)', { traceId: 'CvdlGRbNQ92ESOshHIAxnA==' }, /traceId must be hexadecimal/],
    ['a name that is a number', { name: 5 }, /name must be text/],
    ['attributes that are an object', { attributes: { a: 1 } }, /attributes must be a list/],
    ['a time that is a fraction', { startTimeUnixNano: 1.5 }, /startTimeUnixNano must be an integer/],
    ['a time in words', { startTimeUnixNano: 'noon' }, /startTimeUnixNano must be an integer/],
    ['an unknown enum name', { kind: 'SPAN_KIND_QUEEN' }, /kind must be an integer/],
    ['a negative count', { droppedLinksCount: -1 }, /droppedLinksCount must be an integer/],
  ])('in JSON: %s', (_name, change, reason) => {
    const body = json({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...jsonSpan, ...change }, jsonSpan] }] }] });
    const decoded = decodeTraces(body, 'json', NOW_MS);
    expect(decoded.spans).toHaveLength(1);
    expect([...decoded.rejections.keys()].join()).toMatch(reason);
  });

  it('in JSON: a span that is no object, and a resource that is none (its spans alone)', () => {
    const body = json({
      resourceSpans: [
        { resource: 7, scopeSpans: [{ spans: [jsonSpan, jsonSpan] }] },
        { scopeSpans: [{ spans: [null, 3, jsonSpan] }] },
      ],
    });
    const decoded = decodeTraces(body, 'json', NOW_MS);
    expect(decoded.spans).toHaveLength(1);
    expect(Object.fromEntries(decoded.rejections)).toEqual({
      'resource must be an object': 2,
      'traceId must be 16 bytes and not all zero': 1,
      'span must be an object': 1,
    });
  });
});

describe('OTLP/JSON as senders really write it', () => {
  const decodeOne = (fields: string): SpanRecord => {
    const ids = `"traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"B7AD6B7169203331"`;
    const decoded = decodeTraces(
      Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[{${ids},${fields}}]}]}]}`),
      'json',
      NOW_MS,
    );
    expect([...decoded.rejections.keys()]).toEqual([]);
    return decoded.spans[0]!;
  };

  it('takes ids in upper case', () => {
    expect(decodeOne(`"startTimeUnixNano":"1","endTimeUnixNano":"2"`)).toMatchObject({
      traceId: traceId.toString('hex'),
      spanId: spanId.toString('hex'),
    });
  });

  it.each([
    ['text', '"1790000000000500123"'],
    ['a number, exact beyond 2^53', '1790000000000500123'],
    [
      'low and high',
      `{"low":${Number(1790000000000500123n & 0xffffffffn) | 0},"high":${Number(1790000000000500123n >> 32n)}}`,
    ],
  ])('takes 64-bit times as %s', (_name, time) => {
    expect(decodeOne(`"startTimeUnixNano":${time},"endTimeUnixNano":${time}`)).toMatchObject({
      startUnixNano: '1790000000000500123',
      endUnixNano: '1790000000000500123',
    });
  });

  it('takes enum names with a warning, and ignores unknown fields', () => {
    const body = json({
      nonsense: 1,
      resourceSpans: [
        {
          what: {},
          scopeSpans: [
            {
              spans: [
                {
                  traceId: traceId.toString('hex'),
                  spanId: spanId.toString('hex'),
                  startTimeUnixNano: START,
                  endTimeUnixNano: END,
                  kind: 'SPAN_KIND_SERVER',
                  status: { code: 'STATUS_CODE_ERROR' },
                  more: [1],
                },
              ],
            },
          ],
        },
      ],
    });
    const decoded = decodeTraces(body, 'json', NOW_MS);
    expect(decoded.spans[0]).toMatchObject({ kind: 2, statusCode: 2 });
    expect(decoded.warnings).toEqual(['2 enum values were sent as names; OTLP/JSON allows integers only']);
  });

  it.each([
    ['otlp-proto-example-trace.json', 1],
    ['otlp-jaeger-event-attributes.json', 1],
    ['otlp-jaeger-example-trace-events.json', 5],
    ['otlp-jaeger-scope-attributes.json', 1],
    ['otlp-jaeger-span-links-with-attributes.json', 1],
    ['otlp-jaegerui-empty-resource.json', 1],
    ['otlp-jaegerui-multi-service-traces.json', 4],
    ['otlp-jaegerui-single-trace.json', 2],
    ['otlp-o2c-kafka-links-exceptions.json', 6],
  ])('reads %s', (name, count) => {
    const decoded = decodeTraces(fixture(name), 'json', NOW_MS);
    expect([decoded.spans.length, decoded.rejectedCount]).toEqual([count, 0]);
  });
});

describe('a request that is none', () => {
  it.each<[string, Uint8Array, 'json' | 'protobuf', RegExp]>([
    ['text as protobuf', Buffer.from('hello, world'), 'protobuf', /not OTLP protobuf/],
    ['cut-off protobuf', toProtobuf(request(span())).subarray(0, 30), 'protobuf', /not OTLP protobuf/],
    ['nothing as JSON', Buffer.alloc(0), 'json', /not JSON/],
    ['cut-off JSON', Buffer.from('{"resourceSpans":['), 'json', /not JSON/],
    ['an array', Buffer.from('[]'), 'json', /must be a JSON object/],
    ['resourceSpans that are no list', Buffer.from('{"resourceSpans":{}}'), 'json', /resourceSpans must be a list/],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'json', /not JSON/],
    ['logs', fixture('otlp-proto-example-logs.json'), 'json', /holds resourceLogs/],
  ])('%s', (_name, body, encoding, reason) => {
    expect(() => decodeTraces(body, encoding, NOW_MS)).toThrow(MalformedRequest);
    expect(() => decodeTraces(body, encoding, NOW_MS)).toThrow(reason);
  });

  it('never repeats what it could not read: it may be payload', () => {
    expect(() => decodeTraces(Buffer.from('{"iban": DE89370400440532013000}'), 'json', NOW_MS)).toThrow(/^(?!.*DE89)/);
  });

  it('but an empty one is fine', () => {
    expect(decodeTraces(Buffer.alloc(0), 'protobuf', NOW_MS)).toMatchObject({ spans: [], rejectedCount: 0 });
    expect(decodeTraces(Buffer.from('{}'), 'json', NOW_MS)).toMatchObject({ spans: [], rejectedCount: 0 });
  });
});
