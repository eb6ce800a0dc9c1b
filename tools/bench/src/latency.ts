import { setTimeout as sleep } from 'node:timers/promises';
import { percentile, summary } from './percentiles.js';
import { StackClient, type StackAddress } from './stack-client.js';

const SEARCH =
  'query Seen($text: String!) { search(text: $text, first: 1) { edges { node { ... on BusinessObject { id transactions(first: 1) { id } } } } } }';
const POLL_MS = 10;
const GIVE_UP_MS = 30_000;

type Seen = { search: { edges: { node: { id: string; transactions: { id: string }[] } }[] } };

/**
 * Signal sent → its transaction visible through GraphQL, against the reference "acknowledged duplicate plus one read of the same
 * query": the same two round trips without mapping and projection. Events are paced, so this is latency, not throughput.
 */
export async function measureLatency(
  address: StackAddress,
  options: { samples: number; perSecond: number },
): Promise<void> {
  const client = await StackClient.signIn(address);
  const run = `BENCH-${Date.now().toString(36).toUpperCase()}`;
  const visible: number[] = [];
  const reference: number[] = [];
  const pace = 1000 / options.perSecond;
  for (let index = 0; index < options.samples; index += 1) {
    const number = `${run}-${index}`;
    const startedAt = performance.now();
    await client.sendContract(number);
    for (;;) {
      const { search } = await client.query<Seen>(SEARCH, { text: number });
      if ((search.edges[0]?.node.transactions.length ?? 0) > 0) break;
      if (performance.now() - startedAt > GIVE_UP_MS)
        throw new Error(`${number} was not visible after ${GIVE_UP_MS} ms`);
      await sleep(POLL_MS);
    }
    visible.push(performance.now() - startedAt);
    const referenceAt = performance.now();
    await client.sendContract(number);
    await client.query<Seen>(SEARCH, { text: number });
    reference.push(performance.now() - referenceAt);
    const spent = performance.now() - startedAt;
    if (spent < pace) await sleep(pace - spent);
  }
  console.log(summary('signal sent → visible through GraphQL', visible));
  console.log(summary('reference: duplicate acknowledged + one read', reference));
  console.log(
    `ratio of medians ${(percentile(visible, 0.5) / percentile(reference, 0.5)).toFixed(2)}, of p99 ${(percentile(visible, 0.99) / percentile(reference, 0.99)).toFixed(2)}`,
  );
}
