import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { spanLoad, type EncodedRequest, type SampleTrace } from './span-load.js';

/** What the sender is told. */
export type SendOrder = {
  port: number;
  ingestKey: string;
  connections: number;
  spansPerRequest: number;
  firstTrace: number;
  /** Requests that are encoded before the first is sent. */
  prepared: number;
  warmUpSeconds: number;
  seconds: number;
  /** Sent as evenly as the answers allow; absent = as fast as it is taken. */
  spansPerSecond?: number;
};
/** What it did in the measured time; `samples` are traces that were sent whole. */
export type SendResult = {
  spans: number;
  /** Also those of the warm-up. */
  sent: number;
  requests: number;
  seconds: number;
  refused: number;
  msPerRequest: number[];
  largestRequest: number;
  samples: SampleTrace[];
};

const SAMPLE_EVERY = 5_000;

const order = workerData as SendOrder;
const seen: SampleTrace[] = [];
const load = spanLoad({
  spansPerRequest: order.spansPerRequest,
  firstTrace: order.firstTrace,
  onTrace: (trace) => seen.push(trace),
});
const requests: EncodedRequest[] = [];
const tracesAfter: number[] = [];
for (let index = 0; index < order.prepared; index += 1) {
  requests.push(load.next().value);
  tracesAfter.push(seen.length);
}
parentPort?.postMessage({ encoded: requests.length });

const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
const headers = { 'content-type': 'application/x-protobuf', authorization: `Bearer ${order.ingestKey}` };

function send(body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port: order.port,
        host: '127.0.0.1',
        path: '/v1/traces',
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
      },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

const result: SendResult = {
  spans: 0,
  sent: 0,
  requests: 0,
  seconds: 0,
  refused: 0,
  msPerRequest: [],
  largestRequest: 0,
  samples: [],
};
const startedAt = performance.now();
/** When this request is to go out. */
const dueAt = (index: number): number =>
  order.spansPerSecond === undefined ? 0 : startedAt + (index * order.spansPerRequest * 1_000) / order.spansPerSecond;
const began = startedAt + order.warmUpSeconds * 1_000;
const ends = began + order.seconds * 1_000;
let next = 0;
await Promise.all(
  Array.from({ length: order.connections }, async () => {
    while (performance.now() < ends && next < requests.length) {
      const current = requests[next]!;
      const early = dueAt(next) - performance.now();
      next += 1;
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      const sentAt = performance.now();
      let status = await send(current.body);
      while (status === 429 || status === 503) {
        result.refused += 1;
        await new Promise((resolve) => setTimeout(resolve, 200));
        status = await send(current.body);
      }
      if (status !== 200) throw new Error(`the collector answered ${status}`);
      const answeredAt = performance.now();
      result.largestRequest = Math.max(result.largestRequest, current.body.length);
      result.sent += current.spans;
      if (answeredAt < began || answeredAt > ends) continue;
      result.spans += current.spans;
      result.requests += 1;
      result.msPerRequest.push(answeredAt - sentAt);
    }
  }),
);
if (next >= requests.length && performance.now() < ends)
  throw new Error('the prepared requests did not last: raise --prepared');
agent.destroy();
result.seconds = order.seconds;
// The parts of a trace go into three requests that follow one another.
const whole = tracesAfter[Math.max(0, next - 4)] ?? 0;
result.samples = seen.slice(0, whole).filter((_, index) => index % SAMPLE_EVERY === 0);
parentPort?.postMessage({ result });
