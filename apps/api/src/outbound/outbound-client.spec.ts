import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createOutboundClient, type OutboundOptions } from './outbound-client.js';

const open: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

function post(host: string, options: Partial<OutboundOptions> = {}, path = '/') {
  const client = createOutboundClient({ allowedHosts: [host], timeoutMs: 2_000, ...options });
  return client.post({
    url: `http://${host}${path}`,
    headers: { 'content-type': 'application/json' },
    body: '{"ä":1}',
  });
}

describe('outbound client', () => {
  it('sends the body byte for byte and reads the answer', async () => {
    let received = '';
    const host = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
      request.on('end', () => response.writeHead(202).end('taken'));
    });
    expect(await post(host)).toEqual({ kind: 'success', status: 202, body: 'taken' });
    expect(received).toBe('{"ä":1}');
  });

  it('does not follow a redirect', async () => {
    let calls = 0;
    const host = await serve((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(host)).toMatchObject({ kind: 'rejected', status: 307 });
    expect(calls).toBe(1);
  });

  it('hands on Retry-After', async () => {
    const host = await serve((_request, response) => response.writeHead(429, { 'retry-after': '7' }).end());
    expect(await post(host)).toMatchObject({ kind: 'retryable', status: 429, afterMs: 7_000 });
  });

  it('says unknown when the answer does not come in time', async () => {
    const host = await serve(() => undefined);
    expect(await post(host, { timeoutMs: 150 })).toMatchObject({ kind: 'unknown' });
  });

  it('says unknown when the connection is reset after the request', async () => {
    const host = await serve((request) => request.socket.destroy());
    expect(await post(host)).toMatchObject({ kind: 'unknown' });
  });

  it('says not sent when nobody listens', async () => {
    const probe = createTcpServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(probe.address() as AddressInfo).port}`;
    await new Promise((resolve) => probe.close(resolve));
    expect(await post(host)).toMatchObject({ kind: 'notSent', isPermanent: false });
  });

  it('keeps the status of an answer whose body never ends, and caps it', async () => {
    const host = await serve((_request, response) => {
      response.writeHead(400);
      response.write('x'.repeat(10_000));
    });
    const endless = await post(host, { timeoutMs: 200 });
    expect(endless).toMatchObject({ kind: 'rejected', status: 400 });
    const capped = await post(host, { maxAnswerBytes: 100 });
    expect(capped).toMatchObject({ kind: 'rejected', body: 'x'.repeat(100) });
  });

  it('refuses a private address that is not listed, without connecting', async () => {
    let calls = 0;
    const host = await serve((_request, response) => {
      calls += 1;
      response.end();
    });
    expect(await post(host, { allowedHosts: [] })).toMatchObject({ kind: 'notSent', isPermanent: true });
    expect(calls).toBe(0);
  });

  it('refuses a public name that resolves to a private address', async () => {
    const client = createOutboundClient({
      allowedHosts: [],
      resolve: () => Promise.resolve([{ address: '169.254.169.254', family: 4 }]),
    });
    expect(await client.post({ url: 'https://metadata.example/', headers: {}, body: '' })).toMatchObject({
      kind: 'notSent',
      isPermanent: true,
    });
  });

  it('connects to the address that was checked', async () => {
    const host = await serve((request, response) => response.end(request.headers.host));
    const port = host.split(':')[1];
    const client = createOutboundClient({
      allowedHosts: [`only-once.example:${port}`],
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    const answer = await client.post({ url: `http://only-once.example:${port}/`, headers: {}, body: '' });
    expect(answer).toEqual({ kind: 'success', status: 200, body: `only-once.example:${port}` });
  });

  it('treats a name that does not resolve as not sent', async () => {
    const client = createOutboundClient({ allowedHosts: [], resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await client.post({ url: 'https://gone.example/', headers: {}, body: '' })).toMatchObject({
      kind: 'notSent',
      isPermanent: false,
    });
  });
});
