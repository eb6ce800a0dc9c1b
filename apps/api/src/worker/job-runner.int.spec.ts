import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { connected, createTestDatabase } from '@throughline/persistence/testing';
import { startJobRunner, type JobRunner } from './job-runner.js';
import { type LockKeeper, keepLocks } from './lock-keeper.js';
import { OutageWatch } from './outage-watch.js';
import type { Task } from './stage.js';
import { cutConnections } from './testing/cut-connections.js';
import { eventually } from './testing/eventually.js';

jest.setTimeout(60_000);

const log = createLogger({ service: 'test', level: 'silent' });

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let done: { payload: unknown; attempt: number }[];
let jobs: JobRunner | undefined;
let locks: LockKeeper | undefined;

beforeEach(async () => {
  db = await createTestDatabase();
  done = [];
});
afterEach(async () => {
  await jobs?.stop();
  await locks?.stop();
  [jobs, locks] = [undefined, undefined];
  await db.close();
});

function start(run: Task['run'] = () => Promise.resolve()): void {
  const task: Task = {
    name: 'test.work',
    async run(payload, attempt) {
      await run(payload, attempt);
      done.push({ payload, attempt: attempt.number });
    },
  };
  const keeper = keepLocks(db.database, new OutageWatch(log), log, 100);
  locks = keeper;
  jobs = startJobRunner({
    ownerUrl: db.ownerUrl,
    tasks: [task],
    log,
    concurrency: 2,
    onLockHolder: (id, isAlive) => keeper.follow(id, isAlive),
  });
}

const enqueue = (number: number) => db.database.withTenant(db.tenantId, (tx) => tx.enqueue('test.work', { number }));
const numbers = () => done.map(({ payload }) => (payload as { number: number }).number).sort();

describe('the job runner', () => {
  it('runs jobs that were enqueued in a committed transaction, with their tenant', async () => {
    start();
    await enqueue(1);
    await eventually(() => expect(done).toEqual([{ payload: { number: 1, tenantId: db.tenantId }, attempt: 1 }]));
  });

  it('runs a job that threw again', async () => {
    start((_payload, attempt) => (attempt.number === 1 ? Promise.reject(new Error('not now')) : Promise.resolve()));
    await enqueue(1);
    await eventually(() => expect(done).toMatchObject([{ attempt: 2 }]), 20_000);
  });

  it('goes on after all its connections were cut', async () => {
    start();
    await enqueue(1);
    await eventually(() => expect(numbers()).toEqual([1]));
    await cutConnections(db.appUrl);
    await eventually(() => enqueue(2));
    await eventually(() => expect(numbers()).toEqual([1, 2]), 20_000);
  });

  it('takes over the jobs of a worker that died', async () => {
    await enqueue(1);
    await connected(db.ownerUrl, async (owner) => {
      await owner.query('set role throughline_jobs');
      await owner.query(`update graphile_worker._private_jobs set locked_by = 'pool-that-died', locked_at = now()`);
      await owner.query('reset role');
      await owner.query(
        `insert into worker_heartbeat (worker_id, seen_at) values ('pool-that-died', now() - interval '11 seconds')`,
      );
    });
    start();
    await eventually(() => expect(numbers()).toEqual([1]));
  });
});
