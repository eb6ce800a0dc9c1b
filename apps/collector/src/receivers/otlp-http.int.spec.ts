import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonSpan, jsonTraces, post } from '../testing/signals.js';
import { storedSpans } from '../testing/stored-spans.js';

const MEBIBYTE = 1024 * 1024;

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ maxRequestBytes: MEBIBYTE, maxInFlightBytes: 4 * MEBIBYTE });
});
afterAll(() => harness.close());

const traces = (body: string | Buffer, headers?: Record<string, string>) =>
  post(`${harness.httpUrl}/v1/traces`, body, headers);
const stored = async (traceId: unknown) => (await storedSpans(harness, traceId)).length;

describe('requests that are refused as a whole', () => {
  const good = () => jsonTraces([jsonSpan()]);
  it.each<[string, () => string | Buffer, Record<string, string>, number, RegExp]>([
    ['no key', good, { authorization: '' }, 401, /ingest key is needed/],
    ['an unknown key', good, { authorization: 'Bearer nobody' }, 401, /unknown or revoked/],
    [
      'an unknown key as Basic password',
      good,
      { authorization: `Basic ${Buffer.from('me:nobody').toString('base64')}` },
      401,
      /unknown or revoked/,
    ],
    ['another media type', good, { 'content-type': 'text/xml' }, 415, /application\/x-protobuf or application\/json/],
    ['a media type that is none', good, { 'content-type': 'nonsense' }, 415, /must be a media type/],
    ['another compression', good, { 'content-encoding': 'br' }, 415, /gzip or absent/],
    ['gzip that is none', good, { 'content-encoding': 'gzip' }, 400, /not gzip/],
    ['cut-off gzip', () => gzipSync(good()).subarray(0, 40), { 'content-encoding': 'gzip' }, 400, /not gzip/],
    ['JSON that is none', () => '{"resourceSpans":', {}, 400, /not JSON/],
    [
      'logs at the wrong address',
      () => '{"resourceLogs":[{}]}',
      {},
      400,
      /holds resourceLogs, no resourceSpans; send logs to \/v1\/logs/,
    ],
    ['too large', () => ' '.repeat(MEBIBYTE + 1), {}, 413, /at most 1048576 bytes/],
    ['much too large', () => Buffer.alloc(30 * MEBIBYTE), {}, 413, /at most 1048576 bytes/],
    [
      'much too large even compressed',
      () => gzipSync(randomBytes(20 * MEBIBYTE), { level: 0 }),
      { 'content-encoding': 'gzip' },
      413,
      /at most 1048576 bytes/,
    ],
    [
      'a large body without a key',
      () => Buffer.alloc(30 * MEBIBYTE),
      { authorization: '' },
      401,
      /ingest key is needed/,
    ],
    [
      'a gzip bomb',
      () => gzipSync(Buffer.alloc(64 * MEBIBYTE)),
      { 'content-encoding': 'gzip' },
      413,
      /after decompression/,
    ],
  ])('%s', async (_name, body, headers, status, message) => {
    const answer = await traces(body(), headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.json()).toMatchObject({ code: expect.any(Number), message: expect.stringMatching(message) });
    if (status === 400)
      expect(answer.json()).toMatchObject({ details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest' }] });
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('in protobuf are answered in protobuf', async () => {
    const answer = await traces(Buffer.from('this is no protobuf'), { 'content-type': 'application/x-protobuf' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/x-protobuf']);
    // google.rpc.Status { code = 3 (INVALID_ARGUMENT), message }
    expect([...answer.bytes.subarray(0, 3)]).toEqual([8, 3, 18]);
    expect(answer.bytes.toString('utf8')).toContain('not OTLP protobuf');
  });

  it('leave a sample, without the collector saying what was in it', async () => {
    // Of refusals that follow each other closely only the first leaves one.
    await new Promise((resolve) => setTimeout(resolve, 250));
    await traces('{"resourceSpans":');
    const [sample] = await harness.rows<{ protocol: string; reason: string; sample: Buffer }>(
      `select protocol, reason, sample from refused_input where tenant_id = $1 and reason like 'not JSON%'`,
    );
    expect(sample).toMatchObject({ protocol: 'otlp-http', sample: Buffer.from('{"resourceSpans":') });
  });
});

describe('requests that are taken', () => {
  it.each<[string, (span: unknown) => [string | Buffer, Record<string, string>]]>([
    ['JSON', (span) => [jsonTraces([span]), {}]],
    ['JSON with a parameter', (span) => [jsonTraces([span]), { 'content-type': 'application/json; charset=utf-8' }]],
    ['gzip', (span) => [gzipSync(jsonTraces([span])), { 'content-encoding': 'gzip' }]],
    [
      'the key as Basic password',
      (span) => [
        jsonTraces([span]),
        { authorization: `Basic ${Buffer.from('otel:tl_test_ingest_key').toString('base64')}` },
      ],
    ],
  ])('%s', async (_name, request) => {
    const span = jsonSpan();
    const [body, headers] = request(span);
    const answer = await traces(body, headers);
    expect([answer.status, answer.json()]).toEqual([200, {}]);
    expect(await stored(span['traceId'])).toBe(1);
  });

  it('an empty one, in both encodings', async () => {
    expect((await traces('{}')).status).toBe(200);
    const empty = await traces(Buffer.alloc(0), { 'content-type': 'application/x-protobuf' });
    expect([empty.status, empty.bytes.length]).toEqual([200, 0]);
  });

  it('one bad span is refused by name, the others are stored', async () => {
    const good = jsonSpan();
    const answer = await traces(
      jsonTraces([good, jsonSpan({ spanId: '0000000000000000' }), jsonSpan({ traceId: 'xyz' })]),
    );
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      partialSuccess: { rejectedSpans: '2', errorMessage: expect.stringContaining('spanId must be 8 bytes') },
    });
    expect(answer.bytes.toString('utf8')).not.toContain('no span was good');
    expect(await stored(good['traceId'])).toBe(1);
  });

  it('an answer stays short, however long the key of a bad attribute is', async () => {
    const bad = jsonSpan({ attributes: [{ key: 'k'.repeat(500_000), value: { boolValue: 'yes' } }] });
    const answer = await traces(jsonTraces([bad]));
    expect(answer.json()).toMatchObject({ partialSuccess: { rejectedSpans: '1' } });
    expect(answer.bytes.length).toBeLessThan(1_000);
  });

  it('a small request that unpacks to millions of spans is refused before it does', async () => {
    const bomb = gzipSync(`{"resourceSpans":[{"scopeSpans":[{"spans":[${'{},'.repeat(3_100_000)}{}]}]}]}`);
    const large = await startCollectorHarness();
    try {
      const answer = await post(`${large.httpUrl}/v1/traces`, bomb, { 'content-encoding': 'gzip' });
      expect([answer.status, answer.json()['message']]).toEqual([413, expect.stringContaining('send smaller batches')]);
    } finally {
      await large.close();
    }
  });

  it('metrics are answered, and what is not there is named', async () => {
    for (const [path, status, text] of [
      ['/v1/metrics', 501, /metrics are not taken/],
      ['/v1/tarces', 404, /there is no POST \/v1\/tarces; taken are POST \/v1\/traces.*\/v1\/files\/\{format\}/],
    ] as const) {
      const other = await post(`${harness.httpUrl}${path}`, '{}');
      expect([path, other.status]).toEqual([path, status]);
      expect(other.bytes.toString()).toMatch(text);
    }
  });
});

describe('duplicates', () => {
  it('are accepted, stored once, announced once and counted', async () => {
    const naming = { attributes: [{ key: 'finance.invoice.id', value: { stringValue: '4711' } }] };
    const body = jsonTraces([jsonSpan(naming), jsonSpan(naming)]);
    const before = await batches();
    for (let time = 0; time < 3; time += 1) expect((await traces(body)).status).toBe(200);
    expect(await batches()).toBe(before + 1);
    const metrics = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    expect(Number(/items_total\{[^}]*outcome="duplicate"[^}]*\} (\d+)/.exec(metrics)?.[1])).toBeGreaterThanOrEqual(4);
  });

  it('that are sent side by side are stored once', async () => {
    const spans = Array.from({ length: 40 }, () => jsonSpan({ traceId: 'c'.repeat(32) }));
    const requests = Array.from({ length: 8 }, (_, turn) => traces(jsonTraces(turn % 2 ? spans : spans.toReversed())));
    expect((await Promise.all(requests)).map((answer) => answer.status)).toEqual(Array(8).fill(200));
    expect(await stored('c'.repeat(32))).toBe(40);
  });

  it('an open span is replaced by the closed one, never the other way round', async () => {
    const closed = jsonSpan({ traceId: 'd'.repeat(32) });
    const open = { ...closed, endTimeUnixNano: '0' };
    const end = async () => (await storedSpans(harness, 'd'.repeat(32))).map((span) => span.endUnixNano);
    await traces(jsonTraces([open]));
    expect(await end()).toEqual(['0']);
    await traces(jsonTraces([open, closed, open]));
    await traces(jsonTraces([open]));
    expect(await end()).toEqual([closed['endTimeUnixNano']]);
  });

  async function batches(): Promise<number> {
    const [row] = await harness.rows<{ count: string }>('select count(*) from intake_batch where tenant_id = $1');
    return Number(row!.count);
  }
});

describe('what no text column can hold', () => {
  it('is stored all the same', async () => {
    const span = jsonSpan({ name: 'a\u0000b', attributes: [{ key: '\ud800', value: { stringValue: 'x\u0000' } }] });
    expect((await traces(jsonTraces([span]))).status).toBe(200);
    expect(await stored(span['traceId'])).toBe(1);
  });
});

describe('probes', () => {
  it('are ready and count', async () => {
    const ready = await fetch(`${harness.httpUrl}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    expect((await fetch(`${harness.httpUrl}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${harness.httpUrl}/metrics`)).text()).toMatch(
      /throughline_intake_requests_total\{.*result="malformed"/,
    );
  });
});
