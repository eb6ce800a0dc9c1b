import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { endsOrWaits, newGate } from './testing/gate.js';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';
import { left, right } from './testing/two-workers.js';

jest.setTimeout(60_000);

/** As many names as one projection takes at once: a batch this large leaves no room for those behind it. */
const NAMES_AT_ONCE = 5_000;

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/**
 * Where facts are few, the lock has an understudy: whoever takes them second waits for the rows that the first one deletes.
 * Here nothing but the lock is between the two, because what they take is disjoint. A large batch is handed on first and
 * commits late: the first projector cannot see it yet, and it is all that the second one takes.
 */
describe('two projectors with disjoint facts', () => {
  it('never write what was read before the other one wrote', async () => {
    const bench = await newPipelineBench(db);
    const largeIds = await bench.store(right);
    const smallIds = await bench.store(left);
    const large = newGate();
    const handedOn = newGate();
    const largeMapped = mapManyNames(bench, largeIds, handedOn.open, large.passed);
    await handedOn.passed;
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

/** Maps batches in a transaction that counts as one of thousands of names and commits when it may. */
function mapManyNames(
  bench: PipelineBench,
  batchIds: readonly string[],
  onHandedOn: () => void,
  mayCommit: Promise<void>,
): Promise<void> {
  const database = observedDatabase(db.database, async (sql) => {
    if (sql !== 'commit') return;
    onHandedOn();
    await mayCommit;
  });
  return database.withTenant(bench.tenantId, async (tx) => {
    await bench.mapWithin(tx, batchIds);
    const large = await tx.query('update fresh_facts set names = $2 where tenant_id = $1 returning 1', [
      tx.tenantId,
      NAMES_AT_ONCE,
    ]);
    expect(large).not.toEqual([]);
  });
}
