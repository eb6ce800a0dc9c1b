import { connect, type ClientHttp2Session } from 'node:http2';
import { describe, expect, it } from '@jest/globals';
import { startCollectorHarness, TEST_KEY } from '../testing/collector-harness.js';

const CONNECTIONS = 1_000;
const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

describe('a thousand idle gRPC connections', () => {
  it('are held for a while, in little memory, and every one of them still works', async () => {
    const harness = await startCollectorHarness();
    const before = process.memoryUsage().rss;
    const sessions: ClientHttp2Session[] = [];
    try {
      for (let opened = 0; opened < CONNECTIONS; opened += 50) {
        sessions.push(...(await Promise.all(Array.from({ length: 50 }, () => opening(harness.grpcUrl)))));
      }
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      expect(sessions.filter((session) => session.closed || session.destroyed)).toEqual([]);
      // Both ends are in this process.
      expect((process.memoryUsage().rss - before) / CONNECTIONS).toBeLessThan(200 * 1024);
      for (const session of sessions) expect(await emptyExport(session)).toBe('0');
    } finally {
      for (const session of sessions) session.destroy();
      await harness.close();
    }
  }, 120_000);
});

function opening(url: string): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = connect(url);
    session.once('connect', () => resolve(session)).once('error', reject);
  });
}

function emptyExport(session: ClientHttp2Session): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': EXPORT,
      'content-type': 'application/grpc',
      authorization: `Bearer ${TEST_KEY}`,
    });
    stream.on('trailers', (trailers) => resolve(trailers['grpc-status'])).on('error', reject);
    stream.resume();
    stream.end(Buffer.alloc(5));
  });
}
