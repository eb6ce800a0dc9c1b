import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { QueryResult } from 'pg';
import { jobRunnerUrl } from './connection-url.js';
import { connected, createTenant, createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';

let test: TestDatabase;
const other = randomUUID();
beforeAll(async () => {
  test = await createTestDatabase();
  await createTenant(test.ownerUrl, other);
});
afterAll(() => test.close());

const asRunner = (sql: string, params: unknown[] = []): Promise<QueryResult> =>
  connected(jobRunnerUrl(test.ownerUrl), (client) => client.query(sql, params));
const jobs = async (task: string): Promise<unknown[]> =>
  (
    await asRunner(
      `select p.payload, j.max_attempts, j.key, j.run_at > now() + interval '1 minute' as "isLater"
         from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)
        where task_identifier = $1 order by id`,
      [task],
    )
  ).rows;

describe('enqueue', () => {
  it("adds a job that carries its tenant's id, whatever the payload says", async () => {
    await test.database.withTenant(test.tenantId, (tx) => tx.enqueue('plain', { attemptId: 'a', tenantId: other }));
    expect(await jobs('plain')).toEqual([
      { payload: { attemptId: 'a', tenantId: test.tenantId }, max_attempts: 25, key: null, isLater: false },
    ]);
  });

  it('adds many in one statement, each with its own options, and none when there are none', async () => {
    await test.database.withTenant(test.tenantId, async (tx) => {
      await tx.enqueueAll('many', []);
      await tx.enqueueAll('many', [
        { payload: { attemptId: 'a' }, jobKey: 'many:a' },
        { payload: { attemptId: 'b' }, maxAttempts: 2, runAt: new Date(Date.now() + 3_600_000) },
      ]);
    });
    const { tenantId } = test;
    expect(await jobs('many')).toEqual([
      { payload: { attemptId: 'a', tenantId }, max_attempts: 25, key: `${tenantId}:many:a`, isLater: false },
      { payload: { attemptId: 'b', tenantId }, max_attempts: 2, key: null, isLater: true },
    ]);
  });

  it('leaves no job when the transaction rolls back', async () => {
    const work = test.database.withTenant(test.tenantId, async (tx) => {
      await tx.enqueue('undone', {});
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await jobs('undone')).toEqual([]);
  });

  it('replaces a job of the same key, but not that of another tenant', async () => {
    const options = { jobKey: 'k', maxAttempts: 3, runAt: new Date(Date.now() + 3_600_000) };
    for (const tenantId of [test.tenantId, test.tenantId, other]) {
      await test.database.withTenant(tenantId, (tx) => tx.enqueue('keyed', {}, options));
    }
    expect(await jobs('keyed')).toEqual(
      [test.tenantId, other].map((tenantId) => ({
        payload: { tenantId },
        max_attempts: 3,
        key: `${tenantId}:k`,
        isLater: true,
      })),
    );
  });

  it('is refused outside a tenant', async () => {
    const outside = connected(test.appUrl, (app) =>
      app.query(`select throughline_enqueue_job('x', '{}', null, null, null)`),
    );
    await expect(outside).rejects.toMatchObject({ code: '42501' });
  });
});

describe('releaseDeadWorkers', () => {
  const lock = (task: string, worker: string, age: string): Promise<unknown> =>
    asRunner(
      `update graphile_worker._private_jobs set locked_by = $2, locked_at = now() - $3::interval
        where task_id = (select id from graphile_worker._private_tasks where identifier = $1)`,
      [task, worker, age],
    );
  const lockedBy = async (task: string): Promise<unknown> =>
    (await asRunner('select locked_by from graphile_worker.jobs where task_identifier = $1', [task])).rows[0];
  const silence = (worker: string): Promise<unknown> =>
    connected(test.ownerUrl, (owner) =>
      owner.query(`update worker_heartbeat set seen_at = now() - interval '16 seconds' where worker_id = $1`, [worker]),
    );

  it('frees the jobs of silent workers, not those of living or of new ones', async () => {
    for (const [task, worker, age] of [
      ['of-dead', 'dead', '20 seconds'],
      ['of-living', 'living', '2 hours'],
      ['of-new', 'new', '20 seconds'],
      ['of-unknown', 'unknown', '6 minutes'],
    ] as const) {
      await test.database.withTenant(test.tenantId, (tx) => tx.enqueue(task, {}));
      await lock(task, worker, age);
    }
    await test.database.heartbeat('dead');
    await test.database.heartbeat('living');
    await silence('dead');
    await test.database.heartbeat('living');

    expect((await test.database.releaseDeadWorkers(15)).sort()).toEqual(['dead', 'unknown']);
    expect(await lockedBy('of-dead')).toEqual({ locked_by: null });
    expect(await lockedBy('of-unknown')).toEqual({ locked_by: null });
    expect(await lockedBy('of-living')).toEqual({ locked_by: 'living' });
    expect(await lockedBy('of-new')).toEqual({ locked_by: 'new' });
    expect(await test.database.releaseDeadWorkers(15)).toEqual([]);
  });
});
