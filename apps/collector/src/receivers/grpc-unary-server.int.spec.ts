import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGrpcUnaryServer, type GrpcAnswer, type GrpcUnaryServer } from './grpc-unary-server.js';

const CALL_TIMEOUT_MS = 400;

let server: GrpcUnaryServer;
beforeAll(async () => {
  server = await startGrpcUnaryServer(
    { host: '127.0.0.1', port: 0, onStray: () => undefined, callTimeoutMs: CALL_TIMEOUT_MS },
    new Map([
      [
        '/test/Read',
        ({ stream }) =>
          new Promise<GrpcAnswer>((resolve) => {
            stream.on('data', () => undefined);
            stream.once('close', () => resolve({ ok: true, message: new Uint8Array(0) }));
          }),
      ],
    ]),
  );
});
afterAll(() => server.close());

describe('a call', () => {
  it('that is sent byte by byte without end is cut off: a sender may be slow, but not for ever', async () => {
    const session = connect(`http://127.0.0.1:${server.port}`);
    const stream = session.request({ ':method': 'POST', ':path': '/test/Read', 'content-type': 'application/grpc' });
    const startedAt = performance.now();
    const drip = setInterval(() => stream.write('x'), 20);
    stream.on('error', () => undefined);
    await new Promise((resolve) => stream.once('close', resolve));
    clearInterval(drip);
    session.close();
    expect(stream.rstCode).toBe(8);
    expect(performance.now() - startedAt).toBeLessThan(CALL_TIMEOUT_MS * 5);
  });
});
