import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { missingMappingMended, seededNumbers } from '@throughline/scenarios';
import { runInterleaved } from './testing/interleaver.js';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { STEPS, TWO_WORKER_SCHEDULES, left, playTwoWorkers, right } from './testing/two-workers.js';

jest.setTimeout(180_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const newBench = () => newPipelineBench(db);

describe('two workers', () => {
  // Every sixth here, all of them in the long tests.
  const schedules = TWO_WORKER_SCHEDULES.filter((_, index) => index % 6 === 0);

  it(`join A→B and B→C in ${schedules.length} of the ${TWO_WORKER_SCHEDULES.length} orders of their steps`, async () => {
    for (const schedule of schedules) {
      const bench = await newBench();
      await playTwoWorkers(bench, left, right, schedule);
      expect({ schedule, projection: await bench.read() }).toEqual({
        schedule,
        projection: bench.inMemory([...left, ...right]),
      });
    }
  });

  it.each([31, 32, 33])('map one span twice side by side and count it once (seed %d)', async (seed) => {
    const random = seededNumbers(seed);
    const { signals } = missingMappingMended;
    // Every trace is in both batches: the second raw copy lies in another day's partition.
    const second = signals.filter((signal) => signal.protocol === 'otlp');
    const schedule = Array.from({ length: 2 * STEPS }, () => Math.floor(random() * 2));
    const bench = await newBench();
    await playTwoWorkers(bench, signals, second, schedule);
    expect(await bench.read()).toEqual(bench.inMemory(signals));
  });
});

describe('a rebuild beside live workers', () => {
  it.each([51, 52, 53, 54])('ends in the same lineage, whoever comes first (seed %d)', async (seed) => {
    const random = seededNumbers(seed);
    const bench = await newBench();
    const { signals } = missingMappingMended;
    await bench.store(signals.slice(0, 4));
    await bench.settle();
    const rest = await bench.store(signals.slice(4));
    const live = async (database: typeof db.database) => {
      const worker = bench.seenBy(database);
      await worker.mapBatches(rest);
      await worker.project.run(worker.tenantId);
    };
    const rebuild = async (database: typeof db.database) => {
      await database.withTenant(bench.tenantId, (tx) => bench.rebuildWithin(tx));
    };
    const schedule = Array.from({ length: 60 }, () => Math.floor(random() * 2));
    await runInterleaved(db.database, [live, rebuild], [/./], schedule);
    await bench.settle();
    expect(await bench.read()).toEqual(bench.inMemory(signals));
  });
});
