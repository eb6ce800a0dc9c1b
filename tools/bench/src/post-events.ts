import { setTimeout as sleep } from 'node:timers/promises';
import { INGEST_KEY } from './spans/bench-store.js';

/** Sends a batch of CloudEvents; waits as it is told to where the collector is busy, and throws what it answers else. */
export async function postEvents(port: number, body: string): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${INGEST_KEY}` },
      body,
    });
    const answer = await response.text();
    if (response.ok) return;
    if (response.status !== 429 && response.status !== 503)
      throw new Error(`collector answered ${response.status}: ${answer}`);
    await sleep(Number(response.headers.get('retry-after') ?? 1) * 1_000);
  }
}
