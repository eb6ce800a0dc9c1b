import { createServer } from 'node:http';
import { parentPort } from 'node:worker_threads';

/** A transmission that the endpoint took, with the time of its arrival. */
export type Arrival = { requestId: string; attemptId: string; key: string; at: number };

/** What the endpoint says: where it listens, and what arrived since it said so last. */
export type TargetMessage = { port: number } | { arrivals: Arrival[] };

const SAID_EVERY_MS = 50;

/** A local endpoint that takes everything at once, in a thread of its own: what it costs is not the sender's. */
let arrivals: Arrival[] = [];

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const { requeueId, object } = JSON.parse(body) as { requeueId: string; object: { key: string } };
    // the bench makes ids of messages of those of attempts
    const attemptId = String(request.headers['webhook-id']).slice('msg_'.length);
    arrivals.push({ requestId: requeueId, attemptId, key: object.key, at: performance.timeOrigin + performance.now() });
    response.writeHead(202).end();
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) parentPort?.postMessage({ port: address.port });
});

setInterval(() => {
  if (arrivals.length === 0) return;
  parentPort?.postMessage({ arrivals });
  arrivals = [];
}, SAID_EVERY_MS);
