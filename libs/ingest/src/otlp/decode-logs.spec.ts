import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { logFromBody, logScopedKey, logToBody } from '../mapping/stored-log.js';
import { messageType, toProtobuf } from '../testing/otlp-wire.js';
import { decodeLogs } from './decode-logs.js';
import { MalformedRequest } from './decode-request.js';
import { decodeTraces } from './decode-traces.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const LOGS = messageType('opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest');

const RECORD = {
  timeUnixNano: '1790000000000500123',
  observedTimeUnixNano: '18446744073709551615',
  severityNumber: 17,
  severityText: 'ERROR',
  body: { kvlistValue: { values: [{ key: 'n', value: { intValue: '-9223372036854775808' } }] } },
  attributes: [
    { key: 'id', value: { intValue: '9007199254740993' } },
    { key: 'raw', value: { bytesValue: 'AQI=' } },
  ],
  droppedAttributesCount: 3,
  flags: 1,
  traceId: TRACE,
  spanId: 'b7ad6b7169203331',
  eventName: 'invoice.post.failed',
};
const request = (records: readonly object[]) => ({
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'erp' } }] },
      scopeLogs: [{ scope: { name: 'logback', version: '1' }, logRecords: records }],
    },
  ],
});
const json = (records: readonly object[]) => Buffer.from(JSON.stringify(request(records)));

/** The record in protobuf, written by the reflective encoder from the .proto files. */
function protobuf(records: readonly Record<string, unknown>[]): Uint8Array {
  const bytes = (value: unknown) => (typeof value === 'string' ? Buffer.from(value, 'hex') : undefined);
  const wired = records.map(({ traceId, spanId, ...rest }) => ({
    ...rest,
    ...(traceId !== undefined && { traceId: bytes(traceId) }),
    ...(spanId !== undefined && { spanId: bytes(spanId) }),
  }));
  return LOGS.encode(LOGS.fromObject(request(wired))).finish();
}

describe('log records', () => {
  it('are exact and equal in both encodings', () => {
    const text = decodeLogs(json([RECORD]), 'json');
    const binary = decodeLogs(protobuf([RECORD]), 'protobuf');
    expect(text.records).toEqual(binary.records);
    expect(text).toMatchObject({ rejectedCount: 0, warnings: [] });
    expect(text.records[0]).toMatchObject({
      timeUnixNano: '1790000000000500123',
      observedTimeUnixNano: '18446744073709551615',
      severityNumber: 17,
      severityText: 'ERROR',
      body: { map: { n: { int: '-9223372036854775808' } } },
      attributes: { id: { int: '9007199254740993' }, raw: { bytes: 'AQI=' } },
      droppedAttributesCount: 3,
      flags: 1,
      traceId: TRACE,
      spanId: 'b7ad6b7169203331',
      eventName: 'invoice.post.failed',
      serviceName: 'erp',
      scope: { name: 'logback', version: '1' },
    });
  });

  it('are stored without loss, under a key that a retry in either encoding has too', () => {
    const [text] = decodeLogs(json([RECORD]), 'json').records;
    const [binary] = decodeLogs(protobuf([RECORD]), 'protobuf').records;
    expect(logFromBody(Buffer.from(logToBody(text!)))).toEqual(text);
    expect(logScopedKey(logToBody(binary!))).toBe(logScopedKey(logToBody(text!)));
    const [other] = decodeLogs(json([{ ...RECORD, timeUnixNano: '1790000000000500124' }]), 'json').records;
    expect(logScopedKey(logToBody(other!))).not.toBe(logScopedKey(logToBody(text!)));
  });

  it.each<[string, object, object]>([
    ['no ids', { traceId: undefined, spanId: undefined }, { traceId: null, spanId: null }],
    [
      'ids of zeros stand for none',
      { traceId: '0'.repeat(32), spanId: '0'.repeat(16) },
      { traceId: null, spanId: null },
    ],
    ['ids in capitals', { traceId: TRACE.toUpperCase() }, { traceId: TRACE }],
    ['a severity by name', { severityNumber: 'SEVERITY_NUMBER_FATAL4' }, { severityNumber: 24 }],
    ['no body', { body: undefined }, { body: null }],
  ])('take %s', (_name, change, expected) => {
    expect(decodeLogs(json([{ ...RECORD, ...change }]), 'json').records[0]).toMatchObject(expected);
  });

  it.each<[string, object, RegExp]>([
    ['a trace id of 15 bytes', { traceId: 'a'.repeat(30) }, /traceId must be 16 bytes/],
    ['a span id of 9 bytes', { spanId: 'a'.repeat(18) }, /spanId must be 8 bytes/],
    ['an id that is base64', { traceId: 'CvdlGRbNQ92ESOshHIAxnA==' }, /traceId must be hexadecimal/],
    ['a time that is none', { timeUnixNano: 'noon' }, /timeUnixNano must be an integer/],
    ['attributes that are no list', { attributes: {} }, /attributes must be a list/],
  ])('with %s is refused alone', (_name, change, reason) => {
    const decoded = decodeLogs(json([RECORD, { ...RECORD, ...change }]), 'json');
    expect([decoded.records.length, decoded.rejectedCount]).toEqual([1, 1]);
    expect([...decoded.rejections.keys()][0]).toMatch(reason);
  });

  it('with bytes that are no message is refused alone', () => {
    const good = Buffer.from(protobuf([RECORD, { ...RECORD, severityText: 'DAMAGE' }]));
    // The tag of the text becomes that of a field and wire type that do not exist.
    good[good.lastIndexOf('DAMAGE') - 2] = 0x7f;
    const decoded = decodeLogs(good, 'protobuf');
    expect([decoded.records.length, decoded.rejectedCount]).toEqual([1, 1]);
    expect([...decoded.rejections.keys()][0]).toMatch(/the log record is not protobuf/);
  });

  it.each([
    ['otlp-proto-example-logs.json', 1],
    ['otlp-proto-example-events.json', 1],
    ['otlp-logs-with-trace-context.json', 1],
  ])('of %s', (name, count) => {
    const body = readFileSync(new URL(`../../fixtures/otlp/${name}`, import.meta.url));
    const decoded = decodeLogs(body, 'json');
    expect([decoded.records.length, decoded.rejectedCount, decoded.warnings]).toEqual([count, 0, []]);
  });
});

describe('a request at the wrong address', () => {
  const SPAN = {
    traceId: Buffer.from(TRACE, 'hex'),
    spanId: Buffer.from('b7ad6b7169203331', 'hex'),
    name: 'sync order',
    startTimeUnixNano: '1',
    endTimeUnixNano: '2',
  };
  const traces = { resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] };
  const sparse = [
    { timeUnixNano: '5', body: { stringValue: 'x' }, attributes: [{ key: 'a', value: { stringValue: 'b' } }] },
  ];

  it.each<[string, () => unknown, RegExp]>([
    ['logs in protobuf, as traces', () => decodeTraces(protobuf([RECORD]), 'protobuf', 0), /send logs to \/v1\/logs/],
    [
      'sparse logs in protobuf, as traces',
      () => decodeTraces(protobuf(sparse), 'protobuf', 0),
      /send logs to \/v1\/logs/,
    ],
    ['logs in JSON, as traces', () => decodeTraces(json([RECORD]), 'json', 0), /send logs to \/v1\/logs/],
    ['traces in protobuf, as logs', () => decodeLogs(toProtobuf(traces), 'protobuf'), /send traces to \/v1\/traces/],
    [
      'traces in JSON, as logs',
      () => decodeLogs(Buffer.from('{"resourceSpans":[]}'), 'json'),
      /send traces to \/v1\/traces/,
    ],
    [
      'metrics in JSON',
      () =>
        decodeLogs(
          readFileSync(new URL('../../fixtures/otlp/otlp-proto-example-metrics.json', import.meta.url)),
          'json',
        ),
      /it holds resourceMetrics/,
    ],
  ])('%s: refused with the right one', (_name, decode, hint) => {
    expect(decode).toThrow(MalformedRequest);
    expect(decode).toThrow(hint);
  });

  it.each<[string, Uint8Array, 'json' | 'protobuf', RegExp]>([
    ['no protobuf', Buffer.from('hello, world'), 'protobuf', /not OTLP protobuf/],
    ['cut-off protobuf', protobuf([RECORD]).subarray(0, 40), 'protobuf', /not OTLP protobuf/],
    ['no JSON', Buffer.from('{"resourceLogs":['), 'json', /not JSON/],
    ['no list', Buffer.from('{"resourceLogs":5}'), 'json', /resourceLogs must be a list/],
  ])('%s', (_name, body, encoding, reason) => {
    expect(() => decodeLogs(body, encoding)).toThrow(MalformedRequest);
    expect(() => decodeLogs(body, encoding)).toThrow(reason);
  });

  it('an empty one is fine', () => {
    expect(decodeLogs(Buffer.alloc(0), 'protobuf')).toMatchObject({ records: [], rejectedCount: 0 });
    expect(decodeLogs(Buffer.from('{}'), 'json')).toMatchObject({ records: [], rejectedCount: 0 });
  });
});
