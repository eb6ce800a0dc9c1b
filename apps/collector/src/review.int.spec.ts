import { afterAll, beforeAll, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from './testing/collector-harness.js';
import { jsonSpan, jsonTraces, jsonEvent, post } from './testing/signals.js';

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ proxied: true });
});
afterAll(() => harness.close());

function raw(path: string, headers: string[], body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const url = new URL(harness.httpUrl);
    headers = ['Host', url.host, ...headers];
    const r = httpRequest({ host: url.hostname, port: url.port, path, method: 'POST', setDefaultHeaders: true, headers: headers as never }, (res) => {
      let text = '';
      res.on('data', (c: Buffer) => (text += c.toString()));
      res.on('end', () => resolve(`${res.statusCode} ${res.headers['content-type']} ${text.slice(0, 300)}`));
    });
    r.on('error', reject);
    r.end(body);
  });
}
const auth = ['Authorization', `Bearer ${TEST_KEY}`];

it('content types', async () => {
  const out: string[] = [];
  for (const ct of ['nonsense', 'a/', 'application/json;;', ';', 'application/json; charset', '', 'application/JSON'])
    out.push(ct + ' => ' + (await raw('/v1/traces', [...auth, 'Content-Type', ct, 'Content-Length', '2'], '{}').catch(String)));
  out.push('none => ' + (await raw('/v1/traces', [...auth, 'Content-Length', '2'], '{}').catch(String)));
  out.push('badurl => ' + (await raw('/v1/%zz', [...auth, 'Content-Type', 'application/json', 'Content-Length', '2'], '{}').catch(String)));
  out.push('events nonsense => ' + (await raw('/v1/events', [...auth, 'Content-Type', 'nonsense', 'ce-id', '1', 'ce-source', '/a', 'ce-type', 't', 'ce-specversion', '1.0', 'Content-Length', '2'], '{}').catch(String)));
  out.push('dup ce-id => ' + (await raw('/v1/events', [...auth, 'Content-Type', 'application/json', 'ce-id', '1', 'ce-id', '2', 'ce-source', '/a', 'ce-type', 't', 'ce-specversion', '1.0', 'Content-Length', '2'], '{}').catch(String)));
  const ids = await harness.rows('select external_id from signal where tenant_id = $1');
  out.push(JSON.stringify(ids));
  console.log(out.join('\n'));
});


import { Client, credentials } from '@grpc/grpc-js';
it('grpc without a key', async () => {
  const before = process.memoryUsage().rss;
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
  const clients = Array.from({ length: 20 }, () => new Client(`127.0.0.1:${harness.collector.grpcPort}`, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 }));
  const body = Buffer.alloc(7 * 1024 * 1024);
  const id = (b: Buffer): Buffer => b;
  const codes = await Promise.all(
    clients.map((c) => new Promise((r) => c.makeUnaryRequest('/opentelemetry.proto.collector.trace.v1.TraceService/Export', id, id, body, (e) => r(e?.code)))),
  );
  clearInterval(timer);
  clients.forEach((c) => c.close());
  const bomb = new Client(`127.0.0.1:${harness.collector.grpcPort}`, credentials.createInsecure(), { 'grpc.default_compression_algorithm': 2 });
  const b = await new Promise((r) => bomb.makeUnaryRequest('/opentelemetry.proto.collector.trace.v1.TraceService/Export', id, id, Buffer.alloc(200 * 1024 * 1024), (e) => r(`${e?.code} ${e?.details}`)));
  bomb.close();
  console.log(codes.join(), 'MiB more', (peak - before) / 1048576, 'bomb', b);
}, 60000);
