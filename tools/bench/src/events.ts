import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { searchKey } from '@throughline/canonical';
import { type EventRequest, eventLoad } from './event-load.js';
import { percentile, summary } from './percentiles.js';
import { postEvents } from './post-events.js';
import { type BenchStore, openBenchStore } from './spans/bench-store.js';
import { watchProcessors } from './spans/processor-time.js';
import { type StackProcesses, cpuSeconds, startStack } from './spans/stack-processes.js';

/** How the measurement is done. */
export type EventBenchOptions = {
  dataDir: string | undefined;
  perSecond: number;
  seconds: number;
  latencyPerSecond: number;
  profile: string | undefined;
};

type Sample = { key: string; sentAt: number };
export type LoadResult = { events: number; sentSeconds: number; drainedSeconds: number; visibleMs: number[] };

const EVENTS_PER_REQUEST = 50;
const CONNECTIONS = 4;
const WARM_UP_SECONDS = 10;
const POLL_MS = 25;
/** One in so many contracts is looked for: asking for all of them would be the load. */
const SAMPLED = 20;
const GIVE_UP_SECONDS = 180;
/** Events that wait to be mapped, and names that wait to be projected, before the sender holds back: a few seconds of work. */
const MOST_WAITING = 10_000;
const LOOK_MS = 100;

/**
 * Business events through the whole stack: how many a second are mapped and correlated, sent at the given rate but held back
 * while more than some thousand wait, so that what is measured is what can go on for ever; and how long after it is sent one is
 * visible in the projection. Reference in the same run: the same events, as many at once, into one table on the same server.
 */
export async function measureEvents(options: EventBenchOptions): Promise<void> {
  const store = await openBenchStore(options.dataDir ?? path.join(tmpdir(), 'throughline-bench-events'));
  let stack: StackProcesses | undefined;
  try {
    const { perSecond, seconds, latencyPerSecond } = options;
    const run = `B${Date.now().toString(36)}`;
    const reference = await measureReference(store, loadOf(`${run}R`, perSecond, seconds));
    console.log(`reference, the events into one table, as many at once: ${reference.toFixed(0)} events/s`);
    stack = await startStack(store, options.profile);
    await play(store, stack, loadOf(`${run}W`, perSecond, WARM_UP_SECONDS), perSecond, MOST_WAITING);
    // What the server does by itself within a minute of such a load.
    await store.owner.query('analyze');

    const requests = loadOf(`${run}T`, perSecond, seconds);
    const before = cpuOf(stack);
    const watched = watchProcessors();
    const load = await play(store, stack, requests, perSecond, MOST_WAITING);
    const after = cpuOf(stack);
    const { ownSeconds, othersShare } = watched();
    const rate = load.events / (load.sentSeconds + load.drainedSeconds);
    console.log(
      `sustained ${rate.toFixed(0)} events/s mapped and correlated (${load.events} events, sent in ${load.sentSeconds.toFixed(1)} s, all projected ${load.drainedSeconds.toFixed(1)} s later); ratio to the reference ${(rate / reference).toFixed(3)}`,
    );
    console.log(
      `processor seconds: ${Object.entries(after)
        .map(([name, used]) => `${name} ${(used - (before[name] ?? 0)).toFixed(1)}`)
        .join(', ')}`,
    );
    console.log(
      `${((ownSeconds / load.events) * 1e6).toFixed(0)} µs of processor time an event (other programs took ${(othersShare * 100).toFixed(0)} % of the processors)`,
    );
    const paced = await play(store, stack, loadOf(`${run}L`, latencyPerSecond, seconds), latencyPerSecond);
    console.log(summary(`sent → visible at ${latencyPerSecond} events/s for ${seconds} s`, paced.visibleMs));
    console.log(`p99 ${(percentile(paced.visibleMs, 0.99) / 1_000).toFixed(2)} s`);
  } finally {
    await stack?.stop();
    await store.close();
  }
}

/** So many events a second for so many seconds, and how long after it is sent one in twenty is visible. */
export function playEvents(
  store: BenchStore,
  stack: StackProcesses,
  { run, perSecond, seconds }: { run: string; perSecond: number; seconds: number },
): Promise<LoadResult> {
  return play(store, stack, loadOf(run, perSecond, seconds), perSecond);
}

function loadOf(run: string, perSecond: number, seconds: number): EventRequest[] {
  return [...eventLoad(run, new Date(), perSecond * seconds, EVENTS_PER_REQUEST)];
}

async function measureReference(store: BenchStore, requests: readonly EventRequest[]): Promise<number> {
  await store.owner.query(
    'drop table if exists bench_event; create table bench_event (id text primary key, type text, source text, body text)',
  );
  await store.owner.query('grant select, insert on bench_event to throughline_app');
  const rows = requests.map(({ body }) =>
    (JSON.parse(body) as { id: string; type: string; source: string }[]).map((event) => [
      event.id,
      event.type,
      event.source,
      JSON.stringify(event),
    ]),
  );
  const columns = ['id', 'type', 'source', 'body'].map((name) => ({ name, type: 'text' as const }));
  const startedAt = performance.now();
  for (const batch of rows)
    await store.database.withTenant(store.tenantId, (tx) => tx.copyRows('bench_event', columns, batch));
  const events = rows.reduce((sum, batch) => sum + batch.length, 0);
  const rate = events / ((performance.now() - startedAt) / 1_000);
  await store.owner.query('drop table bench_event');
  return rate;
}

/**
 * Sends so many events a second, as evenly as the answers allow and never while more than `mostWaiting` wait, then waits until
 * all of them are projected.
 */
async function play(
  store: BenchStore,
  stack: StackProcesses,
  requests: readonly EventRequest[],
  perSecond: number,
  mostWaiting = Infinity,
): Promise<LoadResult> {
  const waiting = new Map<string, Sample>();
  const visibleMs: number[] = [];
  let isOver = false;
  const watching = watch(store, waiting, visibleMs, () => isOver);
  let isHeldBack = false;
  const hear = (waiting: number) => (isHeldBack = waiting > mostWaiting);
  const looking = mostWaiting === Infinity ? undefined : look(store, hear, () => isOver);
  const startedAt = performance.now();
  let next = 0;
  let contracts = 0;
  const send = async () => {
    for (let index = next++; index < requests.length; index = next++) {
      const request = requests[index]!;
      const due = startedAt + (index * EVENTS_PER_REQUEST * 1_000) / perSecond;
      if (due > performance.now()) await sleep(due - performance.now());
      while (isHeldBack) await sleep(POLL_MS);
      const sentAt = performance.now();
      await postEvents(stack.collectorPort, request.body);
      for (const key of request.contracts) if (contracts++ % SAMPLED === 0) waiting.set(key, { key, sentAt });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  const sentAt = performance.now();
  await untilProjected(store);
  const drainedAt = performance.now();
  isOver = true;
  await Promise.all([watching, looking]);
  return {
    events: requests.reduce((sum, request) => sum + request.events, 0),
    sentSeconds: (sentAt - startedAt) / 1_000,
    drainedSeconds: (drainedAt - sentAt) / 1_000,
    visibleMs,
  };
}

/** Looks for the transactions of sampled contracts until the load is over and all were seen. */
async function watch(
  store: BenchStore,
  waiting: Map<string, Sample>,
  visibleMs: number[],
  isOver: () => boolean,
): Promise<void> {
  const giveUpAt = performance.now() + 3_600_000;
  while ((!isOver() || waiting.size > 0) && performance.now() < giveUpAt) {
    const keys = [...waiting.keys()];
    const rows =
      keys.length === 0
        ? []
        : await store.database.withTenant(store.tenantId, (tx) =>
            tx.query<{ value: string }>(
              `select o.value from object_alias o
               join business_transaction b on b.tenant_id = $1 and b.anchor_object_id = o.object_id
               where o.tenant_id = $1 and o.search_key = any($2::text[])`,
              [tx.tenantId, keys.map(searchKey)],
            ),
          );
    const seenAt = performance.now();
    for (const { value } of rows) {
      const sample = waiting.get(value);
      if (sample !== undefined && waiting.delete(value)) visibleMs.push(seenAt - sample.sentAt);
    }
    await sleep(POLL_MS);
  }
}

/** Tells time and again how much waits to be mapped or projected. */
async function look(store: BenchStore, tell: (waiting: number) => void, isOver: () => boolean): Promise<void> {
  for (; !isOver(); await sleep(LOOK_MS)) {
    const { rows } = await store.owner.query<{ waiting: number }>(
      `select ((select coalesce(sum(items), 0) from intake_batch where tenant_id = $1)
         + (select coalesce(sum(names), 0) from fresh_facts where tenant_id = $1))::float8 as waiting`,
      [store.tenantId],
    );
    tell(rows[0]?.waiting ?? 0);
  }
}

async function untilProjected(store: BenchStore): Promise<void> {
  for (const giveUpAt = performance.now() + GIVE_UP_SECONDS * 1_000; ; await sleep(POLL_MS)) {
    const { rows } = await store.owner.query<{ waits: boolean }>(
      `select exists (select 1 from intake_batch where tenant_id = $1) or exists (select 1 from fresh_facts where tenant_id = $1)
         or exists (select 1 from dirty_alias where tenant_id = $1) as waits`,
      [store.tenantId],
    );
    if (rows[0]?.waits === false) return;
    if (performance.now() > giveUpAt) throw new Error(`not all events are projected after ${GIVE_UP_SECONDS} s`);
  }
}

function cpuOf(stack: StackProcesses): Record<string, number> {
  const own = process.cpuUsage();
  return {
    ...Object.fromEntries(Object.entries(stack.pids).map(([name, pid]) => [name, cpuSeconds(pid)])),
    sender: (own.user + own.system) / 1e6,
  };
}
