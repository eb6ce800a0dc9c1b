import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from '@throughline/persistence';
import { createTestDatabase } from '@throughline/persistence/testing';
import { missingMappingMended } from '@throughline/scenarios';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(120_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const { signals } = missingMappingMended;

/** Runs both stages in a worker that dies before its statement number `fatal`; answers whether it got that far. */
async function dieBeforeStatement(bench: PipelineBench, fatal: number): Promise<boolean> {
  let statements = 0;
  const mortal = bench.seenBy(
    observedDatabase(bench.database, () => {
      statements += 1;
      return statements === fatal ? Promise.reject(new DatabaseUnavailable('the worker died')) : Promise.resolve();
    }),
  );
  try {
    await mortal.settle();
    return false;
  } catch {
    return true;
  }
}

describe('a worker that dies', () => {
  it('before any of its statements leaves nothing half done: the next one finishes the story', async () => {
    let deaths = 0;
    for (let fatal = 1; ; fatal += 1) {
      const bench = await newPipelineBench(db);
      await bench.store(signals);
      if (!(await dieBeforeStatement(bench, fatal))) break;
      deaths += 1;
      await bench.settle();
      expect({ fatal, projection: await bench.read() }).toEqual({ fatal, projection: bench.inMemory(signals) });
    }
    expect(deaths).toBeGreaterThan(20);
  });

  it('between mapping and projecting leaves its marks to the next one', async () => {
    const bench = await newPipelineBench(db);
    await bench.store(signals);
    await bench.map.run(bench.tenantId);
    expect((await bench.read()).objects).toEqual([]);
    await bench.seenBy(bench.database).settle();
    expect(await bench.read()).toEqual(bench.inMemory(signals));
  });
});

describe('a batch that cannot be mapped', () => {
  it('is put off and kept, while those claimed with it are mapped', async () => {
    const bench = await newPipelineBench(db);
    await bench.store(signals.slice(0, 1));
    const [poison] = await bench.store(signals.slice(1, 2));
    await bench.store(signals.slice(2));
    const isReadOfPoison = (sql: string, params: readonly unknown[]) =>
      /from (span_chunk|signal)\b/.test(sql) && params.some((param) => Array.isArray(param) && param.includes(poison));
    const worker = bench.seenBy(
      observedDatabase(bench.database, (sql, params) =>
        isReadOfPoison(sql, params) ? Promise.reject(new Error('unreadable')) : Promise.resolve(),
      ),
    );
    await worker.settle();
    const left = await bench.inTenant((tx) =>
      tx.query('select batch_id, failures from intake_batch where tenant_id = $1', [tx.tenantId]),
    );
    expect(left).toEqual([{ batch_id: poison, failures: 1 }]);
    expect(await bench.read()).toEqual(bench.inMemory([...signals.slice(0, 1), ...signals.slice(2)]));
  });
});
