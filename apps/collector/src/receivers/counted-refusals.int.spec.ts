import { connect } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonSpan, jsonTraces, post } from '../testing/signals.js';

const MEBIBYTE = 1024 * 1024;
const KILOBYTES = 'a'.repeat(100_000);
/** A sample is kept at most so often. */
const SAMPLE_PAUSE_MS = 250;

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ maxRequestBytes: MEBIBYTE, maxWebhookBytes: MEBIBYTE });
  await harness.test.database.withTenant(harness.tenantId, (tx) =>
    tx.query(
      `insert into source_system (tenant_id, name, kind, title) values ($1, 'netsuite', 'netsuite', 'NetSuite')`,
      [harness.tenantId],
    ),
  );
});
afterAll(() => harness.close());

type Sample = { protocol: string; reason: string; sample: Buffer };
let before = { refused: 0, samples: 0 };
beforeEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, SAMPLE_PAUSE_MS));
  before = { refused: await refused(), samples: (await samples()).length };
});

async function refused(): Promise<number> {
  await harness.collector.flush();
  const [row] = await harness.rows<{ refused: string }>(
    'select coalesce(sum(refused), 0) as refused from ingest_usage where tenant_id = $1',
  );
  return Number(row!.refused);
}
const samples = (): Promise<Sample[]> =>
  harness.rows('select protocol, reason, sample from refused_input where tenant_id = $1 order by at desc');

/** One item more is counted for the key, with one sample more, which is answered. */
async function theOneRefused(): Promise<Sample> {
  const kept = await samples();
  expect({ refused: await refused(), samples: kept.length }).toEqual({
    refused: before.refused + 1,
    samples: before.samples + 1,
  });
  return kept[0]!;
}

describe('a request that is refused as a whole counts as one item of its key, with a sample', () => {
  const gzip = { 'content-encoding': 'gzip' };
  const zip = { 'content-type': 'application/zip' };
  const bytes = { 'content-type': 'application/octet-stream' };
  const event = { 'content-type': 'application/cloudevents+json' };
  const noType = { 'content-type': 'none at all' };
  const tooLarge = Buffer.alloc(MEBIBYTE + 1, 0x20);
  const bomb = gzipSync(Buffer.alloc(4 * MEBIBYTE, 0x61));

  it.each<[string, string, string | Buffer, Record<string, string>, number, string, RegExp]>([
    ['OTLP: too large', '/v1/traces', tooLarge, {}, 413, 'otlp-http', /^$/],
    ['OTLP: a bomb', '/v1/traces', bomb, gzip, 413, 'otlp-http', /^a{4096}$/],
    ['OTLP: no gzip', '/v1/logs', '{"resourceLogs":[]}', gzip, 400, 'otlp-http', /^\{"resourceLogs/],
    ['OTLP: another compression', '/v1/traces', '{}', { 'content-encoding': 'br' }, 415, 'otlp-http', /^$/],
    ['OTLP: another media type', '/v1/traces', '{}', zip, 415, 'otlp-http', /^$/],
    ['OTLP: no media type at all', '/v1/traces', '{}', noType, 415, 'otlp-http', /^$/],
    ['OTLP: no JSON', '/v1/traces', '{no', {}, 400, 'otlp-http', /^\{no$/],
    ['events: too large', '/v1/events', tooLarge, {}, 413, 'cloud-events', /^$/],
    ['events: a bomb', '/v1/events', bomb, gzip, 413, 'cloud-events', /^a{4096}$/],
    ['events: another media type', '/v1/events', '<a/>', { 'content-type': 'text/html' }, 415, 'cloud-events', /^<a/],
    ['events: no event', '/v1/events', '7', event, 400, 'cloud-events', /^7$/],
    ['OpenLineage: a bomb', '/api/v1/lineage', bomb, gzip, 413, 'openlineage', /^a{4096}$/],
    ['OpenLineage: another media type', '/api/v1/lineage', '{}', zip, 415, 'openlineage', /^$/],
    ['OpenLineage: no JSON', '/api/v1/lineage', '{no', {}, 400, 'openlineage', /^\{no$/],
    ['webhook: a bomb', '/v1/webhooks/netsuite', bomb, gzip, 413, 'webhook', /^a{4096}$/],
    ['webhook: no gzip', '/v1/webhooks/netsuite', '{"id":1}', gzip, 400, 'webhook', /^\{"id":1\}$/],
    ['webhook: no JSON', '/v1/webhooks/netsuite', '{no', {}, 400, 'webhook', /^\{no$/],
    ['webhook: an unknown source', '/v1/webhooks/nobody', '{}', {}, 404, 'webhook', /^$/],
    ['file: an unknown format', '/v1/files/camt.060', '<a/>', {}, 404, 'file', /^$/],
    ['file: an unknown layout', '/v1/files/csv?layout=mine', 'a', { 'content-type': 'text/csv' }, 400, 'file', /^$/],
    ['file: no layout', '/v1/files/csv', 'a', { 'content-type': 'text/csv' }, 400, 'file', /^$/],
    ['file: an unknown source', '/v1/files/bai2?source=nobody', 'a', bytes, 400, 'file', /^$/],
    ['file: two sources', '/v1/files/bai2?source=a&source=b', 'a', bytes, 400, 'file', /^$/],
    ['file: another media type', '/v1/files/bai2', 'a', zip, 415, 'file', /^$/],
    ['file: broken gzip', '/v1/files/bai2', bomb.subarray(0, 100), bytes, 400, 'file', /^/],
    ['file: what it is not', '/v1/files/bai2', `x,${KILOBYTES}`, bytes, 400, 'file', /^x,a{4094}$/],
  ])('%s', async (_name, path, body, headers, status, protocol, sample) => {
    const answer = await post(`${harness.httpUrl}${path}`, body, headers);
    const { detail, message } = answer.json<{ detail?: string; message?: string }>();
    const reason = answer.status < 500 ? (detail ?? message) : undefined;
    expect(answer.status).toBe(status);
    const kept = await theOneRefused();
    expect({ ...kept, sample: kept.sample.toString('latin1') }).toEqual({
      protocol,
      reason: reason ?? expect.any(String),
      sample: expect.stringMatching(sample),
    });
  });

  it.each<[string, Buffer, Record<string, string>, RegExp, RegExp]>([
    ['too large', framed(Buffer.alloc(0), MEBIBYTE + 1), {}, /at most 1048576 bytes/, /^$/],
    ['a bomb', framed(bomb, bomb.length, 1), { 'grpc-encoding': 'gzip' }, /after decompression/, /^a{4096}$/],
    ['no gzip', framed(Buffer.from('hello'), 5, 1), { 'grpc-encoding': 'gzip' }, /is not gzip/, /^hello$/],
    ['compressed, it does not say how', framed(Buffer.from('hello'), 5, 1), {}, /names no compression/, /^$/],
    ['no protobuf', framed(Buffer.from('hello'), 5), {}, /not OTLP protobuf/, /^hello$/],
  ])('gRPC: %s', async (_name, message, headers, reason, sample) => {
    await grpcCall(message, headers);
    const kept = await theOneRefused();
    expect({ ...kept, sample: kept.sample.toString('latin1') }).toEqual({
      protocol: 'otlp-grpc',
      reason: expect.stringMatching(reason),
      sample: expect.stringMatching(sample),
    });
  });
});

describe('nothing is counted as refused for a key', () => {
  it.each<[string, string, Record<string, string>, number]>([
    ['when the key is wrong: nobody knows whose it is', '{}', { authorization: 'Bearer nobody' }, 401],
    ['when all is taken', jsonTraces([jsonSpan()]), {}, 200],
  ])('%s', async (_name, body, headers, status) => {
    expect((await post(`${harness.httpUrl}/v1/traces`, body, headers)).status).toBe(status);
    expect({ refused: await refused(), samples: (await samples()).length }).toEqual(before);
  });

  it('when its sender goes away in the middle: it was told nothing and comes again', async () => {
    await grpcCall(framed(Buffer.alloc(3), 10), {});
    expect({ refused: await refused(), samples: (await samples()).length }).toEqual(before);
  });
});

function framed(message: Buffer, length: number, isCompressed: 0 | 1 = 0): Buffer {
  const head = Buffer.alloc(5);
  head[0] = isCompressed;
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}

async function grpcCall(message: Buffer, headers: Record<string, string>): Promise<void> {
  const session = connect(harness.grpcUrl);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    'content-type': 'application/grpc',
    authorization: `Bearer ${TEST_KEY}`,
    te: 'trailers',
    ...headers,
  });
  stream.end(message);
  stream.resume();
  await new Promise((resolve, reject) => stream.once('close', resolve).once('error', reject));
  session.close();
}
