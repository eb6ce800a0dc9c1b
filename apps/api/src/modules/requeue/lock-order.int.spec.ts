import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database, Tx } from '@throughline/persistence';
import { createExceptionsConsumer } from '../exceptions/index.js';
import { withdrawRequeue } from './approval/approve-requeue.js';
import { createRequeueConsumer } from './requeue.events.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

let target: RequeueTarget;
let story: RequeueStory;

/** The object has two exceptions, and the one that was sent again is the one that everybody locks last. */
beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
  await story.facts((facts) => facts.problem(story.order, { sellingUnit: 'DE02-KIEL' }));
  await story.project('exceptions');
  const ids = (await story.exceptions()).map((one) => one.id).sort();
  await story.request(ids.slice(-1));
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const event = () => ({
  deliveryId: '1',
  topic: 'lineage.projected' as const,
  payload: { objectIds: [story.order.objectId], transactionIds: [] },
});

const follow = () => {
  const consumer = createExceptionsConsumer({ clock: () => story.now });
  return story.database.withTenant(story.db.tenantId, (tx) => consumer.handle(tx, event()));
};

/** Runs the work, stops its nth transaction after it has locked exceptions, and lets others act meanwhile: who follows the lineage. */
async function besideTheExceptions(
  nth: number,
  work: (database: Database) => Promise<unknown>,
  others: () => Promise<unknown> = follow,
): Promise<void> {
  let reached: () => void = () => undefined;
  let goOn: () => void = () => undefined;
  const locked = new Promise<void>((resolve) => (reached = resolve));
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
  const slow = work(afterLocking(story.database, nth, reached, mayGoOn));
  await locked;
  const other = others();
  while ((await waitingLocks()) === 0) await pause(10);
  goOn();
  await Promise.all([slow, other]);
}

function afterLocking(database: Database, nth: number, reached: () => void, mayGoOn: Promise<void>): Database {
  let transactions = 0;
  const observed = (tx: Tx, number: number): Tx => ({
    tenantId: tx.tenantId,
    manager: tx.manager,
    copyRows: (...args) => tx.copyRows(...args),
    notify: (...args) => tx.notify(...args),
    enqueue: (...args) => tx.enqueue(...args),
    enqueueAll: (...args) => tx.enqueueAll(...args),
    async query<R>(sql: string, params?: readonly unknown[]): Promise<R[]> {
      const rows = await tx.query<R>(sql, params);
      if (number === nth && sql.includes('order by e.exception_id for update')) {
        reached();
        await mayGoOn;
      }
      return rows;
    },
  });
  const withTenant = <T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.withTenant(tenantId, (tx) => work(observed(tx, (transactions += 1))));
  return new Proxy(database, {
    get: (original, name) => (name === 'withTenant' ? withTenant : Reflect.get(original, name, original)),
  });
}

async function waitingLocks(): Promise<number> {
  const rows = await story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`,
    ),
  );
  return rows.length;
}

describe('exceptions of one object', () => {
  it('are locked in one order by the judge of attempts and by those that follow the lineage', async () => {
    await story.facts((facts) => facts.withoutProblem(story.order));
    const consumer = createRequeueConsumer({ clock: () => story.now });
    await besideTheExceptions(1, (database) =>
      database.withTenant(story.db.tenantId, (tx) => consumer.handle(tx, event())),
    );
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED' }, { state: 'RESOLVED' }]);
  });

  it('are locked in one order by the sender that was refused', async () => {
    target.answer = (response) => response.writeHead(400).end();
    // its first transaction begins the transmission, the second one writes what came back
    await besideTheExceptions(2, (database) => story.send(target, {}, database));
    expect(await story.attempts()).toMatchObject([{ state: 'REFUSED' }]);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }, { state: 'OPEN' }]);
  });

  it('keep nobody waiting in a circle who cancels their request, and who decides on it too late', async () => {
    const [attempt] = await story.attempts();
    const { requestId } = attempt!;
    const input = { viewer: story.viewer(), requestId, now: story.now, traceId: undefined };
    const withdraw = () => story.database.withTenant(story.db.tenantId, (tx) => withdrawRequeue(tx, input));
    await Promise.all([withdraw(), story.steer(requestId, 'cancel'), withdraw()]);
    expect(await story.requestStates()).toEqual(['CANCELLED']);
    expect(await story.attempts()).toMatchObject([{ state: 'CANCELLED' }]);
  });
});
