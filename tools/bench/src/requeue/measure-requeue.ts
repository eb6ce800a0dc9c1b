import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { playEvents } from '../events.js';
import { EMAIL, makePerson } from '../lineage/measure-questions.js';
import { percentile, summary } from '../percentiles.js';
import { type BenchStore, INGEST_KEY, openBenchStore } from '../spans/bench-store.js';
import { type ProcessorTime, watchProcessors } from '../spans/processor-time.js';
import type { SendOrder, SendResult } from '../spans/send-thread.js';
import { cpuSeconds, type StackProcesses, startStack } from '../spans/stack-processes.js';
import { StackClient } from '../stack-client.js';
import { freezeRequest, letGo, postFailures, setTarget, tellOutcomes } from './fill-requeue.js';
import { type LocalTarget, startLocalTarget } from './local-target.js';
import { plainPosts } from './plain-posts.js';
import type { Arrival } from './target-thread.js';

/** How the measurement is done. */
export type RequeueBenchOptions = {
  dataDir: string | undefined;
  items: number;
  perSecond: number;
  spansPerSecond: number;
  profile: string | undefined;
};

const REFERENCE = { posts: 5_000, connections: 16 };
const WARM_UP_SECONDS = 5;
const SPANS_PER_REQUEST = 500;
/** Small beside the spans: what is looked for is when they are seen. */
const EVENTS_PER_SECOND = 100;
const VISIBLE_TARGET_MS = 2_000;
const VERIFIED_TARGET_MS = 2_000;
const PROGRESS_TARGET = 4;
/** One of so many outcomes is looked for until it is verified. */
const SAMPLED = 10;
const TELL_EVERY_MS = 100;
const LOOK_MS = 20;
const GIVE_UP_MS = 600_000;

/**
 * Sends items again through the whole stack at a rate, while spans come in at another: what is sent a second, what ingest keeps, when
 * events are visible meanwhile, how long after the telemetry of an outcome was acknowledged its attempt is verified, and how often
 * progress is told. Reference in the same run: plain POSTs to the same endpoint by a minimal client.
 */
export async function measureRequeue(options: RequeueBenchOptions): Promise<void> {
  const { dataDir, items, perSecond, spansPerSecond, profile } = options;
  const store = await openBenchStore(dataDir ?? path.join(tmpdir(), 'throughline-bench-requeue'));
  const target = await startLocalTarget();
  let stack: StackProcesses | undefined;
  try {
    const secretKey = randomBytes(32);
    await setTarget(store, { port: target.port, secretKey, perSecond });
    const password = await makePerson(store, 'analyst');
    const reference = await plainPosts(target.port, REFERENCE);
    console.log(
      `reference, plain POSTs to the same endpoint: ${reference.perSecond.toFixed(0)}/s, ${reference.cpuMs.toFixed(2)} ms of processor time each`,
    );
    stack = await startStack(store, profile, undefined, {
      THROUGHLINE_SECRET_KEY: secretKey.toString('base64'),
      OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${target.port}`,
    });
    const run = `Q${Date.now().toString(36)}`;
    await postFailures(stack, run, items);
    await untilOpen(store, run, items);
    const requestId = await freezeRequest(store, run);

    const seconds = Math.ceil(items / perSecond);
    const verified = watchVerified(store, stack, target);
    const progress = await watchProgress(stack, password, requestId);
    const spans = startSpans(stack, { spansPerSecond, seconds });
    await spans.isWarm;
    const events = playEvents(store, stack, { run: `${run}E`, perSecond: EVENTS_PER_SECOND, seconds });
    const used = cpuOf(stack);
    const watched = watchProcessors();
    const startedAt = performance.now();
    await letGo(store, requestId);
    await untilSent(store, requestId);
    const sentSeconds = (performance.now() - startedAt) / 1_000;
    const time = watched();
    const cpu = cpuOf(stack);
    const told = progress.stop();
    const [ingest, { visibleMs }] = await Promise.all([spans.result, events]);
    await verified.untilAll(items);
    report({ items, sentSeconds, perSecond, ingest, time }, visibleMs);
    console.log(
      `processor seconds while it was sent: ${Object.entries(cpu)
        .map(([name, after]) => `${name} ${(after - (used[name] ?? 0)).toFixed(1)}`)
        .join(', ')}`,
    );
    console.log(summary('outcome acknowledged → attempt verified', verified.lagMs));
    console.log(
      `p99 ${(percentile(verified.lagMs, 0.99) / 1_000).toFixed(2)} s (target ${VERIFIED_TARGET_MS / 1_000} s)`,
    );
    console.log(
      `progress: ${told.events} told in ${told.seconds.toFixed(1)} s, at most ${told.most} within a second (target ${PROGRESS_TARGET}); reference: ${(items / sentSeconds).toFixed(0)} outcomes a second`,
    );
    console.log(`ratio of sends to plain POSTs ${(items / sentSeconds / reference.perSecond).toFixed(3)}`);
  } finally {
    await stack?.stop();
    await target.stop();
    await store.close();
  }
}

type Sent = { items: number; sentSeconds: number; perSecond: number; ingest: SendResult; time: ProcessorTime };

function report({ items, sentSeconds, perSecond, ingest, time }: Sent, visibleMs: readonly number[]): void {
  console.log(
    `sent ${items} in ${sentSeconds.toFixed(1)} s: ${(items / sentSeconds).toFixed(0)}/s sustained (target ${perSecond}), beside ${(ingest.spans / ingest.seconds).toFixed(0)} spans/s acknowledged; ${ingest.refused} requests of spans had to wait`,
  );
  console.log(
    `${((time.ownSeconds / items) * 1_000).toFixed(2)} ms of processor time a send, ingest, endpoint and database included (other programs took ${(time.othersShare * 100).toFixed(0)} % of the processors)`,
  );
  console.log(summary('event sent → visible meanwhile', visibleMs));
  console.log(`p99 ${(percentile(visibleMs, 0.99) / 1_000).toFixed(2)} s (target ${VISIBLE_TARGET_MS / 1_000} s)`);
}

const cpuOf = (stack: StackProcesses): Record<string, number> =>
  Object.fromEntries(Object.entries(stack.pids).map(([name, pid]) => [name, cpuSeconds(pid)]));

function startSpans(
  stack: StackProcesses,
  { spansPerSecond, seconds }: { spansPerSecond: number; seconds: number },
): { isWarm: Promise<void>; result: Promise<SendResult> } {
  const order: SendOrder = {
    port: stack.collectorPort,
    ingestKey: INGEST_KEY,
    connections: 4,
    spansPerRequest: SPANS_PER_REQUEST,
    firstTrace: Math.floor(Date.now() / 1_000) * 1_000,
    prepared: Math.ceil(((seconds + 2 * WARM_UP_SECONDS) * spansPerSecond) / SPANS_PER_REQUEST),
    warmUpSeconds: WARM_UP_SECONDS,
    seconds,
    spansPerSecond,
  };
  const thread = new Worker(new URL('../spans/send-thread.js', import.meta.url), { workerData: order });
  let warm: () => void = () => undefined;
  const isWarm = new Promise<void>((resolve) => (warm = resolve));
  const result = new Promise<SendResult>((resolve, reject) => {
    thread.on('message', (message: { encoded?: number; result?: SendResult }) => {
      if (message.encoded !== undefined) setTimeout(warm, WARM_UP_SECONDS * 1_000);
      if (message.result !== undefined) resolve(message.result);
    });
    thread.once('error', reject);
  });
  return { isWarm, result };
}

/** Tells the outcome of what arrives, and looks for when one in some is verified. */
function watchVerified(
  store: BenchStore,
  stack: StackProcesses,
  target: LocalTarget,
): { lagMs: number[]; untilAll(items: number): Promise<void> } {
  const lagMs: number[] = [];
  const acknowledgedAt = new Map<string, number>();
  let arrived: Arrival[] = [];
  let told = 0;
  let isOver = false;
  target.onArrivals = (arrivals) => arrived.push(...arrivals);
  const tell = async (): Promise<void> => {
    while (!isOver) {
      const arrivals = arrived;
      arrived = [];
      if (arrivals.length > 0) {
        const at = await tellOutcomes(stack, arrivals);
        for (const { attemptId } of arrivals) if (told++ % SAMPLED === 0) acknowledgedAt.set(attemptId, at);
      }
      await sleep(TELL_EVERY_MS);
    }
  };
  const look = async (): Promise<void> => {
    while (!isOver) {
      const rows = await store.database.withTenant(store.tenantId, (tx) =>
        tx.query<{ id: string }>(
          `select attempt_id as id from requeue_attempt
           where tenant_id = $1 and attempt_id = any($2::uuid[]) and state = 'VERIFIED'`,
          [tx.tenantId, [...acknowledgedAt.keys()]],
        ),
      );
      const seenAt = performance.now();
      for (const { id } of rows) {
        const at = acknowledgedAt.get(id);
        if (at !== undefined && acknowledgedAt.delete(id)) lagMs.push(seenAt - at);
      }
      await sleep(LOOK_MS);
    }
  };
  const working = Promise.all([tell(), look()]);
  return {
    lagMs,
    async untilAll(items) {
      for (
        const giveUpAt = performance.now() + GIVE_UP_MS;
        told < items || acknowledgedAt.size > 0;
        await sleep(LOOK_MS)
      ) {
        if (performance.now() > giveUpAt)
          throw new Error(`${acknowledgedAt.size} outcomes are not verified, ${told} told`);
      }
      isOver = true;
      await working;
    },
  };
}

const PROGRESS = 'subscription ($id: ID!) { requeueProgress(requestId: $id) { id } }';

/** Hears how far the request is, as an open page does. */
async function watchProgress(
  stack: StackProcesses,
  password: string,
  requestId: string,
): Promise<{ stop(): { events: number; seconds: number; most: number } }> {
  const apiUrl = `http://127.0.0.1:${stack.apiPort}`;
  const { cookie } = await StackClient.signIn({ apiUrl, collectorUrl: '', ingestKey: '', email: EMAIL, password });
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
  const at: number[] = [];
  const unsubscribe = socket.subscribe(
    { query: PROGRESS, variables: { id: requestId } },
    {
      next: () => void at.push(performance.now()),
      error: (problem) => console.error(problem),
      complete: () => undefined,
    },
  );
  await sleep(1_000);
  const startedAt = performance.now();
  return {
    stop() {
      unsubscribe();
      void socket.dispose();
      const most = Math.max(0, ...at.map((one) => at.filter((other) => other >= one && other < one + 1_000).length));
      return { events: at.length, seconds: (performance.now() - startedAt) / 1_000, most };
    },
  };
}

/** Until each order of the run has its exception. */
async function untilOpen(store: BenchStore, run: string, items: number): Promise<void> {
  for (const giveUpAt = performance.now() + GIVE_UP_MS; ; await sleep(200)) {
    const { rows } = await store.owner.query<{ open: number }>(
      `select count(*)::int as open from exception where tenant_id = $1 and object_key >= $2 and object_key < $3 and state = 'OPEN'`,
      [store.tenantId, `${run}-`, `${run}.`],
    );
    if (rows[0]?.open === items) return;
    if (performance.now() > giveUpAt) throw new Error(`${rows[0]?.open ?? 0} of ${items} orders have an exception`);
  }
}

/** Until the target has answered each of them. */
async function untilSent(store: BenchStore, requestId: string): Promise<void> {
  for (const giveUpAt = performance.now() + GIVE_UP_MS; ; await sleep(100)) {
    const rows = await store.database.withTenant(store.tenantId, (tx) =>
      tx.query<{ left: boolean }>(
        `select exists (select 1 from requeue_attempt
                        where tenant_id = $1 and request_id = $2 and state in ('QUEUED', 'SENDING')) as left`,
        [tx.tenantId, requestId],
      ),
    );
    if (rows[0]?.left === false) return;
    if (performance.now() > giveUpAt) throw new Error('not all are sent');
  }
}
