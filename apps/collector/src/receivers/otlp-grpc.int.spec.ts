import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type ClientHttp2Session } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';

const MEBIBYTE = 1024 * 1024;
const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

let harness: CollectorHarness;
let client: Client;
beforeAll(async () => {
  harness = await startCollectorHarness({ maxRequestBytes: MEBIBYTE });
  client = new Client(`127.0.0.1:${harness.collector.grpcPort}`, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await harness.close();
});

function call(
  path: string,
  body: Uint8Array,
  authorization: string | undefined = `Bearer ${TEST_KEY}`,
): Promise<Buffer> {
  const metadata = new Metadata();
  if (authorization !== '') metadata.set('authorization', authorization);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
      Buffer.from(body),
      metadata,
      (error, value) => (error ? reject(error) : resolve(value!)),
    );
  });
}

async function failure(...parameters: Parameters<typeof call>): Promise<ServiceError> {
  return call(...parameters).then(
    () => Promise.reject(new Error('was taken')),
    (error: ServiceError) => error,
  );
}

describe('OTLP/gRPC', () => {
  it('answers an empty request with success', async () => {
    expect(await call(TRACES, Buffer.alloc(0))).toHaveLength(0);
  });

  it.each<[string, string, Uint8Array, string, number, RegExp]>([
    ['no key', TRACES, Buffer.alloc(0), '', status.UNAUTHENTICATED, /ingest key is needed/],
    ['an unknown key', TRACES, Buffer.alloc(0), 'Bearer nobody', status.UNAUTHENTICATED, /unknown or revoked/],
    ['no protobuf', TRACES, Buffer.from('hello'), `Bearer ${TEST_KEY}`, status.INVALID_ARGUMENT, /not OTLP protobuf/],
    [
      'too large',
      TRACES,
      Buffer.alloc(MEBIBYTE + 1),
      `Bearer ${TEST_KEY}`,
      status.RESOURCE_EXHAUSTED,
      /at most 1048576 bytes/,
    ],
    [
      'metrics',
      '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
      Buffer.alloc(0),
      `Bearer ${TEST_KEY}`,
      status.UNIMPLEMENTED,
      /metrics are not taken/,
    ],
  ])('refuses: %s', async (_name, path, body, authorization, code, details) => {
    expect(await failure(path, body, authorization)).toMatchObject({ code, details: expect.stringMatching(details) });
  });

  it('refuses a call without a key before it reads the message', async () => {
    // Too large is found out by reading, the missing key is not.
    expect(await failure(TRACES, Buffer.alloc(3 * MEBIBYTE), '')).toMatchObject({ code: status.UNAUTHENTICATED });
    expect(await call(TRACES, Buffer.alloc(0))).toHaveLength(0);
  });

  it('a hundred large messages without a key hold up no other call of the connection', async () => {
    for (let turn = 0; turn < 100; turn += 1) {
      const refused = await failure(TRACES, Buffer.alloc(MEBIBYTE), 'Bearer nobody');
      expect(refused.code).toBe(status.UNAUTHENTICATED);
    }
    expect(await call(TRACES, Buffer.alloc(0))).toHaveLength(0);
  });

  it('carries google.rpc.Status with the reason', async () => {
    const error = await failure(TRACES, Buffer.from('hello'));
    const [details] = error.metadata.get('grpc-status-details-bin');
    expect(details!.toString()).toContain('google.rpc.BadRequest');
  });

  it('says how many spans were refused', async () => {
    // ResourceSpans { ScopeSpans { Span {} } }: a span without ids
    const request = Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]);
    const response = ProtobufTraceSerializer.deserializeResponse(await call(TRACES, request));
    expect(response.partialSuccess).toMatchObject({
      errorMessage: expect.stringContaining('traceId must be 16 bytes'),
    });
  });

  it('takes gzip, as the libraries send it', async () => {
    const request = Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]);
    const response = ProtobufTraceSerializer.deserializeResponse(
      await new Promise<Buffer>((resolve, reject) => {
        const metadata = new Metadata();
        metadata.set('authorization', `Bearer ${TEST_KEY}`);
        const gzipping = new Client(`127.0.0.1:${harness.collector.grpcPort}`, credentials.createInsecure(), {
          'grpc.default_compression_algorithm': 2,
        });
        const same = (bytes: Buffer): Buffer => bytes;
        gzipping.makeUnaryRequest(TRACES, same, same, request, metadata, (error, value) => {
          gzipping.close();
          if (error) reject(error);
          else resolve(value!);
        });
      }),
    );
    expect(Number(response.partialSuccess?.rejectedSpans)).toBe(1);
  });

  it('stores logs', async () => {
    // ResourceLogs { ScopeLogs { LogRecord { severity_text "x" } } }
    const request = Buffer.from([0x0a, 0x07, 0x12, 0x05, 0x12, 0x03, 0x1a, 0x01, 0x78]);
    expect(await call('/opentelemetry.proto.collector.logs.v1.LogsService/Export', request)).toHaveLength(0);
    expect(await harness.rows(`select 1 from signal where tenant_id = $1 and kind = 'log'`)).toHaveLength(1);
  });
});

/** One call as bytes on the wire, for what no library sends. */
function rawCall(
  session: ClientHttp2Session,
  message: Buffer,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': TRACES,
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: `Bearer ${TEST_KEY}`,
      ...headers,
    });
    stream.on('response', (answer) => {
      if (answer['grpc-status'] !== undefined || answer[':status'] !== 200) resolve(answer);
    });
    stream.on('trailers', resolve);
    stream.on('error', reject);
    stream.resume();
    stream.end(message);
  });
}
const framed = (message: Buffer, isCompressed = false, length = message.length): Buffer => {
  const prefix = Buffer.alloc(5);
  prefix[0] = isCompressed ? 1 : 0;
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, message]);
};

describe('gRPC as no library sends it', () => {
  let session: ClientHttp2Session;
  beforeAll(() => {
    session = connect(harness.grpcUrl);
  });
  afterAll(() => session.close());

  it.each<[string, Buffer, Record<string, string>, string, RegExp]>([
    [
      'a gzip bomb',
      framed(gzipSync(Buffer.alloc(64 * MEBIBYTE)), true),
      { 'grpc-encoding': 'gzip' },
      '8',
      /after decompression/,
    ],
    [
      'a length beyond the limit, before a byte of it is sent',
      framed(Buffer.alloc(0), false, 0xffffffff),
      {},
      '8',
      /at most 1048576/,
    ],
    ['gzip that is none', framed(Buffer.from('no gzip'), true), { 'grpc-encoding': 'gzip' }, '3', /not gzip/],
    ['another compression', framed(Buffer.from('x'), true), { 'grpc-encoding': 'zstd' }, '12', /gzip only/],
    ['a compression that is not named', framed(gzipSync('x'), true), {}, '13', /names no compression/],
    ['a first byte of 2', Buffer.from([2, 0, 0, 0, 0]), {}, '13', /0, or 1 when it is compressed/],
    ['no message', Buffer.alloc(0), {}, '12', /ended before it/],
    ['half a message', framed(Buffer.alloc(3), false, 10), {}, '3', /broke off/],
    ['two messages', Buffer.concat([framed(Buffer.alloc(0)), framed(Buffer.alloc(2))]), {}, '12', /one message/],
  ])('%s', async (_name, message, headers, code, text) => {
    const answer = await rawCall(session, message, headers);
    expect(answer['grpc-status']).toBe(code);
    expect(decodeURIComponent(String(answer['grpc-message']))).toMatch(text);
    expect(answer['grpc-accept-encoding']).toBe('identity,gzip');
    // Never with RetryInfo: the same request can never succeed.
    expect(Buffer.from(String(answer['grpc-status-details-bin']), 'base64').toString()).not.toContain('RetryInfo');
  });

  it('a call that is taken says as well which compressions are', async () => {
    const stream = session.request({
      ':method': 'POST',
      ':path': TRACES,
      'content-type': 'application/grpc',
      authorization: `Bearer ${TEST_KEY}`,
    });
    const answer = new Promise((resolve) => stream.on('response', resolve));
    stream.resume();
    stream.end(framed(Buffer.alloc(0)));
    expect(await answer).toMatchObject({ ':status': 200, 'grpc-accept-encoding': 'identity,gzip' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['without a key', { authorization: '' }, '16'],
    ['too large', {}, '8'],
    ['to a method that does not exist', { ':path': '/x.Y/Z' }, '12'],
  ])(
    '%s: a client that sends all before it looks is answered, and its stream is not reset',
    async (_what, headers, code) => {
      const stream = session.request({
        ':method': 'POST',
        ':path': TRACES,
        'content-type': 'application/grpc',
        authorization: `Bearer ${TEST_KEY}`,
        ...headers,
      });
      const answer = new Promise<Record<string, unknown>>((resolve) => stream.once('response', resolve));
      stream.write(framed(Buffer.alloc(MEBIBYTE), false, 3 * MEBIBYTE));
      expect(await answer).toMatchObject({ 'grpc-status': code });
      // Whatever followed the answer has come before the answer to a ping.
      await new Promise((resolve) => session.ping(resolve));
      expect([stream.aborted, stream.closed]).toEqual([false, false]);
      const closed = new Promise((resolve) => stream.once('close', resolve));
      stream.end(Buffer.alloc(2 * MEBIBYTE));
      stream.resume();
      await closed;
      expect(stream.rstCode).toBe(0);
    },
  );

  it('another content type, and a method that does not exist', async () => {
    expect(await rawCall(session, Buffer.alloc(0), { 'content-type': 'text/plain' })).toMatchObject({ ':status': 415 });
    const answer = await rawCall(session, framed(Buffer.alloc(0)), { ':path': '/x.Y/Z' });
    expect([answer['grpc-status'], decodeURIComponent(String(answer['grpc-message']))]).toEqual([
      '12',
      expect.stringMatching(/^there is no method \/x\.Y\/Z; taken are .*TraceService\/Export/),
    ]);
    const metrics = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    for (const result of ['unsupported-media-type', 'not-taken'])
      expect(metrics).toMatch(new RegExp(`requests_total\\{protocol="otlp-grpc",result="${result}"[^}]*\\} [1-9]`));
  });

  it('the message in single bytes', async () => {
    const stream = session.request({
      ':method': 'POST',
      ':path': TRACES,
      'content-type': 'application/grpc+proto',
      authorization: `Bearer ${TEST_KEY}`,
    });
    const trailers = new Promise<Record<string, unknown>>((resolve) => stream.on('trailers', resolve));
    stream.resume();
    for (const byte of framed(Buffer.from([0x0a, 0x02, 0x12, 0x00]))) {
      stream.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    stream.end();
    expect(await trailers).toMatchObject({ 'grpc-status': '0' });
  });
});

describe('idle connections', () => {
  it('200 are held, and the collector still answers', async () => {
    const sessions = await Promise.all(
      Array.from(
        { length: 200 },
        () =>
          new Promise<ClientHttp2Session>((resolve, reject) => {
            const session = connect(harness.grpcUrl);
            session.once('connect', () => resolve(session)).once('error', reject);
          }),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(sessions.filter((session) => session.closed || session.destroyed)).toEqual([]);
    expect(await rawCall(sessions[100]!, framed(Buffer.alloc(0)))).toMatchObject({ 'grpc-status': '0' });
    expect(await call(TRACES, Buffer.alloc(0))).toHaveLength(0);
    await Promise.all(sessions.map((session) => new Promise<void>((resolve) => session.close(resolve))));
  });
});
