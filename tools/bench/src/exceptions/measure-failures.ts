import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { EMAIL, makePerson } from '../lineage/measure-questions.js';
import { percentile, summary } from '../percentiles.js';
import { postEvents } from '../post-events.js';
import { type BenchStore, openBenchStore } from '../spans/bench-store.js';
import { type StackProcesses, startStack } from '../spans/stack-processes.js';
import { StackClient } from '../stack-client.js';
import { type FailureRequest, failureLoad } from './failure-load.js';

/** How the measurement is done. */
export type FailureBenchOptions = {
  dataDir: string | undefined;
  perSecond: number;
  seconds: number;
  storm: number;
};

const PER_REQUEST = 100;
const CONNECTIONS = 4;
const STORM_SECONDS = 60;
const CALM_TARGET_S = 30;
const CALM_LAG_S = 1;
const SEEN_TARGET_MS = 1_000;
const LOOK_MS = 100;
const GIVE_UP_MS = 900_000;

const CHANGED = 'subscription { exceptionChanged { businessObject { key } } }';

type Pace = { perSecond: number; connections: number };

/**
 * Failures through the whole stack: how long after it is sent a single one is told to an open inbox, beside an acknowledged event as
 * the reference; and storms of one failure, of a thousand orders again and again and of as many orders: how long the work lasts after
 * the last one, and whether each is counted, in one group.
 */
export async function measureFailures({ dataDir, perSecond, seconds, storm }: FailureBenchOptions): Promise<void> {
  const store = await openBenchStore(dataDir ?? path.join(tmpdir(), 'throughline-bench-failures'));
  try {
    const password = await makePerson(store, 'analyst');
    const stack = await startStack(store, undefined);
    try {
      const run = `F${Date.now().toString(36)}`;
      await play(stack, failureLoad(`${run}W`, { failures: 2_000, orders: 200, perRequest: PER_REQUEST }));
      await untilCalm(store);
      await store.owner.query('analyze');
      await measureTold(stack, password, `${run}L`, perSecond, seconds);
      await measureStorm(store, stack, `${run}R`, storm, Math.min(1_000, storm));
      await measureStorm(store, stack, `${run}D`, storm, storm);
    } finally {
      await stack.stop();
    }
  } finally {
    await store.close();
  }
}

async function measureTold(
  stack: StackProcesses,
  password: string,
  run: string,
  perSecond: number,
  seconds: number,
): Promise<void> {
  const address = { apiUrl: `http://127.0.0.1:${stack.apiPort}`, collectorUrl: '', ingestKey: '', email: EMAIL };
  const { cookie } = await StackClient.signIn({ ...address, password });
  class SignedInSocket extends WebSocket {
    constructor(url: string, protocols: string | string[]) {
      super(url, protocols, { headers: { cookie } });
    }
  }
  const socket = createClient({
    url: `ws://127.0.0.1:${stack.apiPort}/graphql`,
    webSocketImpl: SignedInSocket,
    lazy: false,
    retryAttempts: 0,
  });
  const failures = perSecond * seconds;
  const sentAt = new Map<string, number>();
  const toldMs: number[] = [];
  const stop = socket.subscribe<{ exceptionChanged: { businessObject: { key: string } | null } }>(
    { query: CHANGED },
    {
      next({ data }) {
        const key = data?.exceptionChanged.businessObject?.key ?? '';
        const at = sentAt.get(key);
        if (at !== undefined && sentAt.delete(key)) toldMs.push(performance.now() - at);
      },
      error(problem) {
        console.error(problem);
      },
      complete: () => undefined,
    },
  );
  await sleep(1_000);
  const acknowledgedMs = await play(
    stack,
    failureLoad(run, { failures, orders: failures, perRequest: 1 }),
    { perSecond, connections: 16 },
    ({ orders }) => {
      for (const order of orders) sentAt.set(order, performance.now());
    },
  );
  for (const giveUpAt = performance.now() + 60_000; sentAt.size > 0 && performance.now() < giveUpAt;) await sleep(10);
  stop();
  await socket.dispose();
  console.log(summary(`failure sent → told to an open inbox, ${perSecond} a second`, toldMs));
  console.log(summary('reference: the same event acknowledged', acknowledgedMs));
  console.log(
    `told ${toldMs.length} of ${failures}; p99 ${percentile(toldMs, 0.99).toFixed(0)} ms (target ${SEEN_TARGET_MS}); ratio of medians ${(percentile(toldMs, 0.5) / percentile(acknowledgedMs, 0.5)).toFixed(1)}`,
  );
}

async function measureStorm(
  store: BenchStore,
  stack: StackProcesses,
  run: string,
  failures: number,
  orders: number,
): Promise<void> {
  const load = failureLoad(run, { failures, orders, perRequest: PER_REQUEST });
  const startedAt = performance.now();
  await play(stack, load, { perSecond: failures / STORM_SECONDS, connections: CONNECTIONS });
  const sentAt = performance.now();
  await untilCalm(store, CALM_LAG_S);
  const calmS = (performance.now() - sentAt) / 1_000;
  await untilCalm(store);
  const { rows } = await store.owner.query<{ groups: number; members: number; occurrences: number }>(
    `select count(distinct group_id)::int as groups, count(*)::int as members, sum(occurrences)::int as occurrences
     from exception where tenant_id = $1 and object_key >= $2 and object_key < $3`,
    [store.tenantId, `${run}-`, `${run}.`],
  );
  const { groups, members, occurrences } = rows[0] ?? { groups: 0, members: 0, occurrences: 0 };
  console.log(
    `storm of ${failures} failures of ${orders} orders, sent in ${((sentAt - startedAt) / 1_000).toFixed(1)} s: nothing waits longer than ${CALM_LAG_S} s ${calmS.toFixed(1)} s later (target ${CALM_TARGET_S}); ${groups} group, ${members} exceptions of ${orders}, ${occurrences} failures counted of ${failures}`,
  );
}

/** Sends it all, as evenly as the answers allow; the answer is how long each request took, in ms. */
async function play(
  stack: StackProcesses,
  requests: readonly FailureRequest[],
  { perSecond, connections }: Pace = { perSecond: 1_000, connections: CONNECTIONS },
  onSend: (request: FailureRequest) => void = () => undefined,
): Promise<number[]> {
  const startedAt = performance.now();
  const tookMs: number[] = [];
  let next = 0;
  const perRequest = requests[0]?.events ?? 1;
  const send = async (): Promise<void> => {
    for (let index = next++; index < requests.length; index = next++) {
      const request = requests[index]!;
      const due = startedAt + (index * perRequest * 1_000) / perSecond;
      if (due > performance.now()) await sleep(due - performance.now());
      onSend(request);
      const sentAt = performance.now();
      await postEvents(stack.collectorPort, request.body);
      tookMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  return tookMs;
}

/** Until nothing waits to be mapped or projected, and nothing longer than so many seconds to be told. */
async function untilCalm(store: BenchStore, lagSeconds = 0): Promise<void> {
  for (const giveUpAt = performance.now() + GIVE_UP_MS; ; await sleep(LOOK_MS)) {
    const { rows } = await store.owner.query<{ waits: boolean }>(
      `select exists (select 1 from intake_batch where tenant_id = $1) or exists (select 1 from fresh_facts where tenant_id = $1)
         or exists (select 1 from dirty_alias where tenant_id = $1)
         or exists (select 1 from outbox_delivery where tenant_id = $1 and created_at <= now() - make_interval(secs => $2)) as waits`,
      [store.tenantId, lagSeconds],
    );
    if (rows[0]?.waits === false) return;
    if (performance.now() > giveUpAt) throw new Error(`not all failures are told after ${GIVE_UP_MS / 1_000} s`);
  }
}
