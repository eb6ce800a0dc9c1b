import { request } from 'node:http';

/** What a minimal client needs: so many a second, and so much processor time of its own for each. */
export type PlainPosts = { perSecond: number; cpuMs: number };

/** The reference: bodies of the same size to the same endpoint, each on a connection of its own, and nothing else. */
export async function plainPosts(
  port: number,
  { posts, connections }: { posts: number; connections: number },
): Promise<PlainPosts> {
  let next = 0;
  const send = async (): Promise<void> => {
    for (let number = next++; number < posts; number = next++) await post(port, bodyOf(number));
  };
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: connections }, send));
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - startedAt) / 1_000;
  return { perSecond: posts / seconds, cpuMs: (user + system) / 1_000 / posts };
}

function post(port: number, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent: false,
        host: '127.0.0.1',
        port,
        path: '/requeue',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), connection: 'close' },
      },
      (answer) => {
        answer.resume().once('end', resolve);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

/** As large as that of an attempt. */
function bodyOf(number: number): string {
  const key = `PLAIN-${number}`;
  const object = {
    type: 'sales-order',
    key,
    aliases: [{ system: 'sap-s4hana', kind: 'sales-order', scope: '', value: key }],
  };
  return JSON.stringify({
    requeueId: 'plain',
    attempt: 1,
    object,
    payload: { order: key },
    reason: 'the service is back',
  });
}
