import { describe, expect, it } from '@jest/globals';
import { decodeLogs } from './decode-logs.js';
import { decodeTraces } from './decode-traces.js';

const NOW_MS = Date.UTC(2026, 9, 1);
const START = String(BigInt(NOW_MS) * 1_000_000n);
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

let nextId = 1;
const jsonSpan = (change: object = {}): object => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: (nextId++).toString(16).padStart(16, '0'),
  name: 'post',
  startTimeUnixNano: START,
  endTimeUnixNano: START,
  ...change,
});
const traces = (value: unknown) => decodeTraces(json(value), 'json', NOW_MS);

describe('names that the protocol ignores, but their sender may have meant, are told', () => {
  it.each<[string, object, string]>([
    [
      'a request in snake_case',
      { resource_spans: [{ scope_spans: [{ spans: [jsonSpan()] }] }] },
      'nothing was taken where the request holds resource_spans, no resourceSpans',
    ],
    ['anything else', { 'a b': 1 }, 'nothing was taken where the request holds other names, no resourceSpans'],
    [
      'scopes in snake_case',
      { resourceSpans: [{ scope_spans: [{ spans: [jsonSpan()] }] }] },
      'nothing was taken where resourceSpans hold scope_spans, no scopeSpans',
    ],
    [
      'scopes as they were called before version 1.0',
      { resourceSpans: [{ resource: {}, instrumentationLibrarySpans: [{ spans: [jsonSpan()] }] }] },
      'nothing was taken where resourceSpans hold instrumentationLibrarySpans, no scopeSpans',
    ],
    [
      'log records in a trace request',
      { resourceSpans: [{ scopeSpans: [{ logRecords: [{}] }] }] },
      'nothing was taken where scopeSpans hold logRecords, no spans',
    ],
    [
      'logs beside traces',
      { resourceSpans: [{ scopeSpans: [{ spans: [jsonSpan()] }] }], resourceLogs: [{}] },
      'ignored was resourceLogs: it holds resourceLogs, no resourceSpans; send logs to /v1/logs (gRPC: opentelemetry.proto.collector.logs.v1.LogsService)',
    ],
    [
      'members of a span in snake_case',
      { resourceSpans: [{ scopeSpans: [{ spans: [jsonSpan({ parent_span_id: '00f067aa0ba902b7', end_time: 1 })] }] }] },
      'ignored were fields with names in snake_case (parent_span_id, end_time); those of OTLP/JSON are in lowerCamelCase',
    ],
  ])('%s', (_what, request, warning) => {
    const decoded = traces(request);
    expect([decoded.rejectedCount, decoded.warnings]).toEqual([0, [warning]]);
  });

  it('members of a log record, which needs none of them', () => {
    const decoded = decodeLogs(
      json({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ severity_number: 17, body: { stringValue: 'x' } }] }] }] }),
      'json',
    );
    expect([decoded.records.length, decoded.warnings]).toEqual([
      1,
      ['ignored were fields with names in snake_case (severity_number); those of OTLP/JSON are in lowerCamelCase'],
    ]);
  });

  it('the old scopes in protobuf', () => {
    const old = field(1, field(1000, field(2, Buffer.from([0x2a, 0x00]))));
    expect(decodeTraces(old, 'protobuf', NOW_MS)).toMatchObject({
      spans: [],
      warnings: ['ignored was what stands under names of before OTLP 1.0; send scopeSpans'],
    });
  });

  it('an empty request, and members of later versions, are nothing to speak of', () => {
    expect(traces({}).warnings).toEqual([]);
    const later = {
      resourceSpans: [{ entityRefs: [], scopeSpans: [{ deferred: 1, spans: [jsonSpan({ later: 1 })] }] }],
    };
    expect(traces(later)).toMatchObject({ spans: [{}], warnings: [] });
  });
});

describe('what is refused is told with its place', () => {
  it('the first of each reason, over groups', () => {
    const bad = jsonSpan({ spanId: '00' });
    const decoded = traces({
      resourceSpans: [
        { scopeSpans: [{ spans: [jsonSpan()] }] },
        { scopeSpans: [{ spans: [] }, { spans: [jsonSpan(), bad, bad, jsonSpan({ kind: 'x' })] }] },
      ],
    });
    expect([...decoded.places]).toEqual([
      ['spanId must be 8 bytes and not all zero', 'resourceSpans[1].scopeSpans[1].spans[1]'],
      ["kind must be an integer of the protocol's enum", 'resourceSpans[1].scopeSpans[1].spans[3]'],
    ]);
  });

  it('a group whose resource is bad', () => {
    const decoded = traces({
      resourceSpans: [{ resource: { attributes: 5 }, scopeSpans: [{ spans: [jsonSpan(), jsonSpan()] }] }],
    });
    expect([decoded.rejectedCount, ...decoded.places]).toEqual([
      2,
      ['resource.attributes must be a list', 'resourceSpans[0].scopeSpans[0]'],
    ]);
  });
});

describe('times with an exponent, as some languages write large numbers', () => {
  const timed = (time: string) =>
    decodeTraces(
      Buffer.from(
        JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [jsonSpan({ endTimeUnixNano: '0' })] }] }] }).replace(
          `"startTimeUnixNano":"${START}"`,
          `"startTimeUnixNano":${time}`,
        ),
      ),
      'json',
      NOW_MS,
    );

  it.each([
    ['1.79e18', '1790000000000000000'],
    ['1.7900000000005001e+18', '1790000000000500100'],
    ['"1.7900000000005001E18"', '1790000000000500100'],
    ['179e16', '1790000000000000000'],
    ['1.790000000000500123e18', '1790000000000500123'],
    ['1.79000000000050012300e18', '1790000000000500123'],
  ])('%s', (written, nanos) => {
    expect(timed(written).spans[0]?.startUnixNano).toBe(nanos);
  });

  it.each(['1.7900000000005001234e18', '"1e99"', '1e20', '"1e-3"', '"e5"'])(
    'no whole number of 64 bits: %s',
    (written) => {
      expect([...timed(written).rejections.keys()]).toEqual([expect.stringMatching(/^startTimeUnixNano /)]);
    },
  );
});

describe('a text in protobuf that is not UTF-8', () => {
  const LATIN_1 = Buffer.from('gr\xfcn', 'latin1');
  const REPLACEMENT = Buffer.from('\ufffd');
  const name = (text: Buffer): Buffer => field(5, text);
  const attribute = (key: Buffer, value: Buffer): Buffer => Buffer.concat([field(1, key), field(2, field(1, value))]);
  const request = (spans: Buffer[], resource: Buffer = Buffer.alloc(0), schemaUrl: Buffer = Buffer.alloc(0)): Buffer =>
    field(
      1,
      Buffer.concat([field(1, resource), ...spans.map((span) => field(2, field(2, span))), field(3, schemaUrl)]),
    );
  const span = (...parts: Buffer[]): Buffer =>
    Buffer.concat([field(1, Buffer.alloc(16, 1)), field(2, Buffer.alloc(8, 2)), ...parts]);

  it.each<[string, Buffer, string[], number]>([
    ['as a name', request([span(name(LATIN_1)), span()]), ['resourceSpans[0].scopeSpans[0].spans[0]'], 1],
    [
      'as a value',
      request([span(), span(field(9, attribute(Buffer.from('k'), LATIN_1)))]),
      ['resourceSpans[0].scopeSpans[1].spans[0]'],
      1,
    ],
    [
      'as a key',
      request([span(field(9, attribute(LATIN_1, LATIN_1)))]),
      ['resourceSpans[0].scopeSpans[0].spans[0]'],
      0,
    ],
    [
      'of the resource',
      request([span()], field(1, attribute(Buffer.from('k'), LATIN_1))),
      ['resourceSpans[0].scopeSpans[0]'],
      0,
    ],
    ['as an address of the schema', request([span()], Buffer.alloc(0), LATIN_1), ['resourceSpans[0].scopeSpans[0]'], 0],
    ['a replacement character is text like any other', request([span(name(REPLACEMENT))]), [], 1],
    [
      'also where the text is long',
      request([span(name(Buffer.concat([Buffer.alloc(5_000, 0x61), REPLACEMENT])))]),
      [],
      1,
    ],
  ])('%s', (_what, bytes, places, good) => {
    const decoded = decodeTraces(bytes, 'protobuf', NOW_MS);
    expect([decoded.spans.length, [...decoded.places]]).toEqual([
      good,
      places.map((place) => ['a text is not UTF-8', place]),
    ]);
  });
});

/** A length-delimited field. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}
