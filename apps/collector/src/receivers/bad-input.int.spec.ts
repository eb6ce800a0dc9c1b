import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, jsonSpan, jsonTraces, post } from '../testing/signals.js';
import { storedSpans } from '../testing/stored-spans.js';

const MEBIBYTE = 1024 * 1024;

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ proxied: true });
});
afterAll(() => harness.close());

const traces = (body: string | Buffer, headers?: Record<string, string>) =>
  post(`${harness.httpUrl}/v1/traces`, body, headers);
const logs = (body: string | Buffer, headers?: Record<string, string>) =>
  post(`${harness.httpUrl}/v1/logs`, body, headers);
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const PROTOBUF = { 'content-type': 'application/x-protobuf' };

describe('six mistakes that servers of OTLP make', () => {
  it('1: a gzip bomb is stopped while it grows, not counted afterwards', async () => {
    const before = process.memoryUsage().rss;
    const bomb = gzipSync(Buffer.alloc(200 * MEBIBYTE));
    const answer = await traces(bomb, { 'content-encoding': 'gzip' });
    expect([answer.status, answer.json()['message']]).toEqual([413, expect.stringContaining('after decompression')]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MEBIBYTE);
  });

  it('2: one invalid span costs none of the others', async () => {
    const good = jsonSpan();
    const answer = await traces(jsonTraces([jsonSpan({ traceId: '00' }), good, jsonSpan({ endTimeUnixNano: '1' })]));
    expect([answer.status, answer.json()]).toMatchObject([200, { partialSuccess: { rejectedSpans: '2' } }]);
    expect(await storedSpans(harness, good['traceId'])).toHaveLength(1);
  });

  it('3: an error is a google.rpc.Status', async () => {
    const answer = await traces('{');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/json']);
    expect(answer.json()).toEqual({
      code: 3,
      message: expect.stringContaining('not JSON'),
      details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [expect.anything()] }],
    });
  });

  it('4: a protobuf request is answered in protobuf, success, part of it and failure', async () => {
    const empty = await traces(Buffer.alloc(0), PROTOBUF);
    expect([empty.status, empty.headers.get('content-type'), empty.bytes.length]).toEqual([
      200,
      PROTOBUF['content-type'],
      0,
    ]);
    // ResourceSpans { ScopeSpans { Span {} } }: a span without ids
    const partial = await traces(Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]), PROTOBUF);
    expect(partial.headers.get('content-type')).toBe(PROTOBUF['content-type']);
    expect(Number(ProtobufTraceSerializer.deserializeResponse(partial.bytes).partialSuccess?.rejectedSpans)).toBe(1);
    const failed = await traces(Buffer.from('no protobuf'), PROTOBUF);
    expect([failed.status, failed.headers.get('content-type')]).toEqual([400, PROTOBUF['content-type']]);
    expect([...failed.bytes.subarray(0, 2)]).toEqual([8, 3]);
  });

  it('5: what cannot be stored now is 503 with Retry-After, never 500', async () => {
    harness.proxy!.cut();
    try {
      for (const send of [
        traces(jsonTraces([jsonSpan()])),
        logs('{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}'),
      ]) {
        const answer = await send;
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
        expect(answer.json()).toMatchObject({ code: 14, details: [{ retryDelay: '2s' }] });
      }
    } finally {
      harness.proxy!.mend();
    }
  });

  it('6: logs at the address of traces are no spans, and the answer names the right address', async () => {
    // ResourceLogs { ScopeLogs { LogRecord { time 1, severity 9, body "x" } } }
    const record = Buffer.from([0x09, 1, 0, 0, 0, 0, 0, 0, 0, 0x10, 9, 0x2a, 3, 0x0a, 1, 0x78]);
    const request = Buffer.concat([
      Buffer.from([0x0a, record.length + 4, 0x12, record.length + 2, 0x12, record.length]),
      record,
    ]);
    const answer = await traces(request, PROTOBUF);
    expect([answer.status, answer.bytes.toString('utf8')]).toEqual([
      400,
      expect.stringContaining('send logs to /v1/logs'),
    ]);
    expect((await logs(request, PROTOBUF)).status).toBe(200);
  });
});

describe('bad input, with a good item beside it where there can be one', () => {
  const deep = (levels: number): object =>
    levels === 0 ? { stringValue: 'x' } : { arrayValue: { values: [deep(levels - 1)] } };
  const many = Array.from({ length: 100_000 }, (_, index) => attribute(`k${index}`, 'v'));

  it.each<[string, () => Record<string, unknown>, 'taken' | RegExp]>([
    ['nesting', () => jsonSpan({ attributes: [{ key: 'deep', value: deep(200) }] }), /nested more than 20 deep/],
    ['100 000 attributes', () => jsonSpan({ attributes: many }), 'taken'],
    ['a string of 8 MiB', () => jsonSpan({ attributes: [attribute('long', 'x'.repeat(5 * MEBIBYTE))] }), 'taken'],
    ['a trace id of 15 bytes', () => jsonSpan({ traceId: 'a'.repeat(30) }), /traceId must be 16 bytes/],
    ['a span id of zeros', () => jsonSpan({ spanId: '0'.repeat(16) }), /spanId must be 8 bytes/],
    ['an id in base64', () => jsonSpan({ traceId: 'CvdlGRbNQ92ESOshHIAxnA==' }), /traceId must be hexadecimal/],
    ['a parent id of 3 bytes', () => jsonSpan({ parentSpanId: 'abcdef' }), /parentSpanId must be 8 bytes or absent/],
    ['a time beyond 64 bits', () => jsonSpan({ endTimeUnixNano: '99999999999999999999' }), /endTimeUnixNano/],
  ])('spans: %s', async (_name, make, expected) => {
    const good = jsonSpan();
    const odd = make();
    const answer = await traces(jsonTraces([odd, good]));
    expect(answer.status).toBe(200);
    expect(await storedSpans(harness, good['traceId'])).toHaveLength(1);
    if (expected === 'taken') {
      expect(answer.json()).toEqual({});
      expect(await storedSpans(harness, odd['traceId'])).toHaveLength(1);
    } else {
      expect(answer.json()).toMatchObject({
        partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringMatching(expected) },
      });
    }
  });

  it.each<[string, string | Buffer, Record<string, string>, number]>([
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}, 400],
    ['an array', '[]', {}, 400],
    ['another content type', '{}', { 'content-type': 'text/plain' }, 415],
    ['no content type', '{}', { 'content-type': '' }, 415],
    ['a compression that is not taken', '{}', { 'content-encoding': 'deflate' }, 415],
    ['JSON nested a million deep', '['.repeat(1_000_000), {}, 400],
  ])('requests: %s', async (_name, body, headers, status) => {
    expect((await traces(body, headers)).status).toBe(status);
    expect((await logs(body, headers)).status).toBe(status);
  });

  it.each<[string, string | Buffer, number]>([
    [
      'data nested a million deep',
      `{"specversion":"1.0","id":"d","source":"/e","type":"t","data":${'['.repeat(1e6)}${']'.repeat(1e6)}}`,
      400,
    ],
    ['an extension of a mebibyte', JSON.stringify(jsonEvent({ long: 'x'.repeat(MEBIBYTE) })), 400],
    ['100 000 extensions', JSON.stringify(jsonEvent(Object.fromEntries(many.map(({ key }) => [key, 'v'])))), 400],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff]), 400],
    ['an id of a mebibyte', JSON.stringify(jsonEvent({ id: 'x'.repeat(MEBIBYTE) })), 400],
  ])('events: %s', async (_name, body, status) => {
    const answer = await post(`${harness.httpUrl}/v1/events`, body, { 'content-type': 'application/cloudevents+json' });
    expect([answer.status, answer.bytes.length < 4_096]).toEqual([status, true]);
  });

  it('in a batch, an event that is nested without end costs that one alone, and is told with its place', async () => {
    const deepText = `${'[{"a":'.repeat(5_000)}1${'}]'.repeat(5_000)}`;
    const [good, other] = [jsonEvent(), jsonEvent()];
    const body = `[${JSON.stringify(good)},${JSON.stringify({ ...other, data: 0 }).replace('"data":0', `"data":${deepText}`)}]`;
    const answer = await post(`${harness.httpUrl}/v1/events`, body, {
      'content-type': 'application/cloudevents-batch+json',
    });
    expect([answer.status, answer.json()]).toMatchObject([
      200,
      {
        accepted: 1,
        rejected: [
          {
            index: 1,
            id: other['id'],
            reason: expect.stringMatching(/^data is nested deeper than 200 levels \(position \d+\)$/),
          },
        ],
      },
    ]);
    const binary = await post(`${harness.httpUrl}/v1/events`, deepText, {
      'ce-id': 'deep',
      'ce-source': '/s',
      'ce-type': 't',
      'ce-specversion': '1.0',
    });
    expect([binary.status, binary.json()['detail']]).toEqual([
      400,
      'the data is nested deeper than 200 levels (position 600)',
    ]);
  });

  it('is counted in the metrics', async () => {
    const text = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    const count = (metric: string, ...labels: string[]): number => {
      const line = text
        .split('\n')
        .find((one) => one.startsWith(metric) && labels.every((label) => one.includes(label)));
      return Number(line?.split(' ').at(-1));
    };
    const http = 'protocol="otlp-http"';
    expect(count('throughline_intake_items_total', http, 'outcome="refused"')).toBeGreaterThan(8);
    expect(count('throughline_intake_requests_total', http, 'result="malformed"')).toBeGreaterThan(3);
    expect(count('throughline_intake_requests_total', http, 'result="too-large"')).toBe(1);
    expect(count('throughline_intake_requests_total', 'protocol="cloud-events"', 'result="ok"')).toBeGreaterThan(0);
  });
});
