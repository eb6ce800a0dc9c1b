import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';
import type { Refusal } from '../intake/refusal.js';
import { rawConnection, rawHead, type RawConnection } from '../testing/raw-http.js';
import { jsonSpan, jsonTraces } from '../testing/signals.js';
import { bytesOf } from './request-bytes.js';
import { UnreadRequests } from './unread-requests.js';

const MEBIBYTE = 1024 * 1024;
/** More than the buffers of both ends of a connection hold. */
const LARGE = 24 * MEBIBYTE;

let harness: CollectorHarness;
const open: RawConnection[] = [];
beforeAll(async () => {
  harness = await startCollectorHarness({ maxRequestBytes: MEBIBYTE, maxFileBytes: MEBIBYTE });
});
afterEach(() => open.splice(0).forEach(({ socket }) => socket.destroy()));
afterAll(() => harness.close());

async function connection(): Promise<RawConnection> {
  const raw = await rawConnection(harness.httpUrl);
  open.push(raw);
  return raw;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const KEY = { authorization: `Bearer ${TEST_KEY}` };
const GOOD = jsonTraces([jsonSpan()]);
const good = (): string => rawHead('/v1/traces', { ...JSON_TYPE, ...KEY, 'content-length': Buffer.byteLength(GOOD) });

const REFUSED: [string, string, Record<string, string>, number][] = [
  ['without a key', '/v1/traces', JSON_TYPE, 401],
  ['too large', '/v1/traces', { ...JSON_TYPE, ...KEY }, 413],
  ['of a media type that is not taken', '/v1/logs', { ...KEY, 'content-type': 'text/plain' }, 415],
  ['compressed in a way that is not taken', '/v1/events', { ...JSON_TYPE, ...KEY, 'content-encoding': 'br' }, 415],
  ['to an address that is not there', '/v1/nothing', JSON_TYPE, 404],
  ['to an address that cannot be read', '/v1/webhooks/a/%zz', JSON_TYPE, 400],
  ['to a source system that is not there', '/v1/webhooks/nobody', { ...JSON_TYPE, ...KEY }, 404],
  ['that is no lineage', '/api/v1/lineage', { ...KEY, 'content-type': 'image/png' }, 415],
  ['a file that is too large', '/v1/files/mt940', { ...KEY, 'content-type': 'text/plain' }, 413],
];

describe('a request that is refused while it is still being sent', () => {
  it.each(REFUSED)('%s: its sender reads the answer after all was sent', async (_what, path, headers, status) => {
    const raw = await connection();
    await raw.send(rawHead(path, { ...headers, 'content-length': LARGE }));
    // Nothing is read meanwhile, as the simplest senders do it.
    for (let sent = 0; sent < LARGE; sent += MEBIBYTE) await raw.send(Buffer.alloc(MEBIBYTE, 'x'));
    expect((await raw.answer()).status).toBe(status);
    await raw.send(good() + GOOD);
    expect((await raw.answer()).status).toBe(200);
  });

  it.each(REFUSED)('%s: a sender that waits half-way reads it at once', async (_what, path, headers, status) => {
    const raw = await connection();
    await raw.send(`${rawHead(path, { ...headers, 'content-length': LARGE })}half`);
    expect((await raw.answer()).status).toBe(status);
  });

  it.each([
    ['in chunks', {}, randomBytes(LARGE)],
    ['packed', { 'content-encoding': 'gzip' }, gzipSync(randomBytes(LARGE), { level: 0 })],
    ['said to be packed', { 'content-encoding': 'gzip' }, randomBytes(LARGE)],
  ])('%s, found out while it is read', async (_what, encoding, bytes) => {
    const raw = await connection();
    await raw.send(rawHead('/v1/traces', { ...JSON_TYPE, ...KEY, ...encoding, 'transfer-encoding': 'chunked' }));
    await raw.send(
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]),
    );
    expect((await raw.answer()).status).toBe('content-encoding' in encoding && bytes[0] !== 0x1f ? 400 : 413);
    await raw.send(good() + GOOD);
    expect((await raw.answer()).status).toBe(200);
  });

  it('does not keep the collector from stopping', async () => {
    const other = await startCollectorHarness();
    const raw = await rawConnection(other.httpUrl);
    await raw.send(`${rawHead('/v1/traces', { ...JSON_TYPE, 'content-length': LARGE })}half`);
    expect((await raw.answer()).status).toBe(401);
    await other.close();
    raw.socket.destroy();
  });
});

describe('a body that does not come to its end in time', () => {
  it('is refused as something that may succeed later, and the sender hears it', async () => {
    const server = createServer((request, response) => {
      void (async () => {
        try {
          for await (const bytes of bytesOf(request, 20)) response.setHeader('x-bytes', bytes.length);
        } catch (error) {
          const refusal = error as Refusal;
          response.statusCode = 503;
          response.end(`${refusal.kind} ${refusal.retryAfterSeconds} ${refusal.message}`);
        }
      })();
    });
    const unread = new UnreadRequests(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const raw = await rawConnection(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await raw.send(`${rawHead('/', { 'content-length': 100 })}half`);
    const answer = await raw.answer();
    expect([answer.status, answer.headers.get('x-bytes')]).toEqual([503, '4']);
    expect(answer.body).toMatch(/^unavailable \d+ the request was not complete after/);
    // What is left may still come, and is dropped.
    await raw.send(Buffer.alloc(96));
    raw.socket.destroy();
    unread.close();
    server.close();
    await once(server, 'close');
  });
});

describe('a sender that asks first (Expect: 100-continue)', () => {
  it('is asked for its body when it is wanted', async () => {
    const raw = await connection();
    await raw.send(good().replace('\r\n\r\n', '\r\nexpect: 100-continue\r\n\r\n'));
    expect((await raw.answer()).status).toBe(100);
    await raw.send(GOOD);
    expect((await raw.answer()).status).toBe(200);
  });

  it.each(REFUSED)('%s: is told so instead, and need not send', async (_what, path, headers, status) => {
    const raw = await connection();
    await raw.send(rawHead(path, { ...headers, expect: '100-continue', 'content-length': LARGE }));
    const answer = await raw.answer();
    expect([answer.status, answer.headers.get('connection')]).toEqual([status, 'close']);
  });

  it('is told so as well when it sends all the same', async () => {
    const raw = await connection();
    await raw.send(rawHead('/v1/traces', { ...JSON_TYPE, expect: '100-continue', 'content-length': LARGE }));
    for (let sent = 0; sent < LARGE; sent += MEBIBYTE) await raw.send(Buffer.alloc(MEBIBYTE, 'x'));
    expect((await raw.answer()).status).toBe(401);
  });
});

describe('a sender that closes its half of the connection behind its request', () => {
  it.each([
    ['that is good', good() + GOOD, 200],
    ['that is refused', good() + GOOD.replace('{', '!'), 400],
    [
      'that is chunked',
      `${good().replace(/content-length: \d+/, 'transfer-encoding: chunked')}5\r\n     \r\n0\r\n\r\n`,
      400,
    ],
  ])('hears the answer: %s', async (_what, bytes, status) => {
    const raw = await connection();
    raw.socket.write(bytes);
    raw.socket.end();
    expect((await raw.answer()).status).toBe(status);
  });
});

describe('what is no HTTP', () => {
  it.each([
    ['no method', 'hello\r\n\r\n', 400],
    ['headers without end', `${good().slice(0, -4)}\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
    ['two lengths', rawHead('/v1/traces', { 'content-length': 2, 'transfer-encoding': 'chunked' }), 400],
  ])('is answered with problem details and counted: %s', async (_what, bytes, status) => {
    const raw = await connection();
    await raw.send(bytes);
    const answer = await raw.answer();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    const metrics = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    expect(metrics).toMatch(/throughline_intake_requests_total\{[^}]*protocol="http"[^}]*\} [1-9]/);
  });

  it.each([
    [
      'a chunk without a size',
      { 'transfer-encoding': 'chunked' },
      'zz\r\n{}\r\n',
      /no HTTP: Invalid character in chunk/,
    ],
    ['a body that is shorter than it said', { 'content-length': 50 }, '{}', /shorter than it said/],
  ])('within a request is answered in its own protocol: %s', async (_what, headers, bytes, reason) => {
    const raw = await connection();
    await raw.send(rawHead('/v1/traces', { ...JSON_TYPE, ...KEY, expect: '100-continue', ...headers }));
    expect((await raw.answer()).status).toBe(100);
    await raw.send(bytes);
    raw.socket.end();
    const answer = await raw.answer();
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 3, message: expect.stringMatching(reason) });
  });
});

describe('an address', () => {
  it.each(['//v1/traces', '/v1/traces/', '//v1//traces'])('is found with slashes too many: %s', async (path) => {
    const raw = await connection();
    await raw.send(good().replace('/v1/traces', path) + GOOD);
    expect((await raw.answer()).status).toBe(200);
  });

  it.each([
    'POST /v1/webhooks/stripe/SECRETKEY/more',
    'PUT /v1/webhooks/stripe/SECRETKEY',
    'POST /v1/webhook/stripe/SECRETKEY',
    'POST /webhooks/SECRETKEY',
    'POST /v1/SECRETKEY',
    'POST /v1/webhooks/stripe/SECRETKEY%zz',
    `POST /v1/webhooks/stripe/SECRETKEY${'x'.repeat(600)}`,
    'POST /v1/webhooks/stripe/SECRETKEY',
    'DELETE /v1/webhooks/stripe/SECRETKEY?x=1',
  ])('is not repeated where it may hold a key: %s', async (line) => {
    const raw = await connection();
    await raw.send(`${line} HTTP/1.1\r\nhost: test\r\ncontent-length: 0\r\n\r\n`);
    const answer = await raw.answer();
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(`${JSON.stringify([...answer.headers])}${answer.body}`).not.toContain('SECRETKEY');
  });

  it('is found as it is written to a proxy', async () => {
    const raw = await connection();
    await raw.send(good().replace('/v1/traces', `${harness.httpUrl}/v1/traces`) + GOOD);
    expect((await raw.answer()).status).toBe(200);
  });

  it.each([
    ['GET', '/v1/traces', 'POST'],
    ['GET', '/v1/traces/', 'POST'],
    ['PUT', '/v1/events', 'OPTIONS, POST'],
    ['GET', '/v1/files/camt.053', 'POST'],
    ['PATCH', '/v1/webhooks/stripe', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/api/v1/lineage/batch', 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('that exists for another method is told so, and counted: %s %s', async (method, path, allowed) => {
    const strays = async (): Promise<number> => {
      const metrics = await (await fetch(`${harness.httpUrl}/metrics`)).text();
      return Number(/requests_total\{protocol="http",result="not-found"[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0);
    };
    const before = await strays();
    const answer = await fetch(`${harness.httpUrl}${path}`, { method });
    expect([answer.status, answer.headers.get('allow'), await strays()]).toEqual([405, allowed, before + 1]);
  });

  it.each(['/healthz', '/readyz', '/metrics'])('that tells of health is asked by HEAD as well: %s', async (path) => {
    const answer = await fetch(`${harness.httpUrl}${path}`, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});
