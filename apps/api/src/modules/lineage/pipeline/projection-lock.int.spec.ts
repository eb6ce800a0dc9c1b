import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';
import { left, right } from './testing/two-workers.js';

jest.setTimeout(60_000);

/** As many as one projection takes at once: marks of a batch this large leave no room for those behind them. */
const MARKS_AT_ONCE = 5_000;

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/**
 * Where marks are few, the lock has an understudy: whoever takes marks second waits for the rows that the first one deletes.
 * Here nothing but the lock is between the two, because their marks are disjoint. A large batch is marked first and commits
 * late: the first projector cannot see its marks yet, and they are all that the second one takes.
 */
describe('two projectors with disjoint marks', () => {
  it('never write what was read before the other one wrote', async () => {
    const bench = await newPipelineBench(db);
    const largeIds = await bench.store(right);
    const smallIds = await bench.store(left);
    const large = newGate();
    const marked = newGate();
    const largeMapped = mapWithManyMarks(bench, largeIds, marked.open, large.passed);
    await marked.passed;
    await bench.mapBatches(smallIds);

    const read = newGate();
    const write = newGate();
    const first = bench
      .seenBy(
        observedDatabase(db.database, async (sql) => {
          if (!sql.includes('insert into object_alias')) return;
          read.open();
          await write.passed;
        }),
      )
      .project.run(bench.tenantId);
    await read.passed;
    large.open();
    await largeMapped;
    const second = bench.project.run(bench.tenantId);
    await endsOrWaits(bench, second);
    write.open();
    await Promise.all([first, second]);
    await bench.settle();

    expect(await bench.read()).toEqual(bench.inMemory([...left, ...right]));
  });
});

type Gate = { open: () => void; passed: Promise<void> };

function newGate(): Gate {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

/** Maps batches in a transaction that marks thousands of names more and commits when it may. */
function mapWithManyMarks(
  bench: PipelineBench,
  batchIds: readonly string[],
  onMarked: () => void,
  mayCommit: Promise<void>,
): Promise<void> {
  const database = observedDatabase(db.database, async (sql) => {
    if (sql !== 'commit') return;
    onMarked();
    await mayCommit;
  });
  return database.withTenant(bench.tenantId, async (tx) => {
    await bench.mapWithin(tx, batchIds);
    await tx.query(
      `insert into dirty_alias (tenant_id, set_id, alias_id, occurred_at)
       select $1, set_id, gen_random_uuid(), '2026-01-01Z'
       from (select set_id from dirty_alias where tenant_id = $1 limit 1) same, generate_series(1, $2)`,
      [tx.tenantId, MARKS_AT_ONCE],
    );
  });
}

/** Resolves when the work is done or waits for a lock that somebody else holds. */
async function endsOrWaits(bench: PipelineBench, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  done.catch(() => undefined);
  const isWaiting = async () => {
    const waiting = await bench.inTenant((tx) =>
      tx.query(
        `select 1 from pg_locks where not granted
         and database = (select oid from pg_database where datname = current_database())`,
      ),
    );
    return waiting.length > 0;
  };
  while (!isDone && !(await isWaiting())) await pause(10);
}
