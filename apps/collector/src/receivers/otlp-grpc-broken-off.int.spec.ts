import { connect, type ClientHttp2Session } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';

const LENGTH = 1_000;
const LONGEST_MS = 3_000;
const logged: string[] = [];

let harness: CollectorHarness;
let session: ClientHttp2Session;
beforeAll(async () => {
  const log = createLogger({ service: 'test', level: 'debug' }, { write: (line: string) => void logged.push(line) });
  harness = await startCollectorHarness({ log });
});
beforeEach(() => {
  logged.length = 0;
  session = connect(harness.grpcUrl);
  session.on('error', () => undefined);
});
afterAll(() => harness.close());

function framed(bytes: Buffer, isCompressed: boolean): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = isCompressed ? 1 : 0;
  prefix.writeUInt32BE(LENGTH, 1);
  return Buffer.concat([prefix, bytes]);
}

/** Calls by their results, as the metrics count them. */
async function results(): Promise<Record<string, number>> {
  const text = await (await fetch(`${harness.httpUrl}/metrics`)).text();
  const lines = text.matchAll(
    /^throughline_intake_requests_total\{protocol="otlp-grpc",result="([^"]+)"[^}]*\} (\d+)/gm,
  );
  return Object.fromEntries([...lines].map(([, result, count]) => [result, Number(count)]));
}

const ping = (): Promise<void> => new Promise((resolve) => session.ping(() => resolve()));
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, count) => all + count, 0);

describe('a sender whose connection breaks', () => {
  it.each<[string, Buffer]>([
    ['before its message', Buffer.alloc(0)],
    ['in the middle of the length', Buffer.alloc(3)],
    ['in the middle of its message', framed(Buffer.alloc(9), false)],
    ['in the middle of gzip', framed(gzipSync('hello').subarray(0, 12), true)],
  ])('%s: is no failure of the collector', async (_when, begun) => {
    const before = await results();
    const stream = session.request({
      ':method': 'POST',
      ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      'content-type': 'application/grpc',
      'grpc-encoding': 'gzip',
      authorization: `Bearer ${TEST_KEY}`,
    });
    stream.on('error', () => undefined);
    if (begun.length > 0) stream.write(begun);
    // Pings overtake what waits to be sent: only once the first is answered has the call been sent before the second.
    await ping();
    await ping();
    session.destroy();
    const end = performance.now() + LONGEST_MS;
    while (sum(await results()) === sum(before) && performance.now() < end)
      await new Promise((next) => setTimeout(next, 20));
    expect(await results()).toEqual({ ...before, malformed: (before['malformed'] ?? 0) + 1 });
    expect(logged.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'info', protocol: 'otlp-grpc', kind: 'malformed' }),
    ]);
  });
});
