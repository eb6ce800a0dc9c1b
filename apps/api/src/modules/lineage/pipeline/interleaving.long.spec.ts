import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { SHORT_ORDER_TO_CASH_STORIES, inBatches, inDisorder, seededNumbers } from '@throughline/scenarios';
import { runInterleaved } from './testing/interleaver.js';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { TWO_WORKER_SCHEDULES, left, playTwoWorkers, right } from './testing/two-workers.js';

jest.setTimeout(1_200_000);

const SEEDS = Array.from({ length: 20 }, (_, index) => 500 + index);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

describe('two workers', () => {
  it(`join A→B and B→C in each of the ${TWO_WORKER_SCHEDULES.length} orders of their steps`, async () => {
    for (const schedule of TWO_WORKER_SCHEDULES) {
      const bench = await newPipelineBench(db);
      await playTwoWorkers(bench, left, right, schedule);
      expect({ schedule, projection: await bench.read() }).toEqual({
        schedule,
        projection: bench.inMemory([...left, ...right]),
      });
    }
  });
});

describe('three workers over all stories', () => {
  it.each(SEEDS)('give the same lineage in a random order of every statement (seed %d)', async (seed) => {
    const random = seededNumbers(seed);
    const bench = await newPipelineBench(db);
    const signals = SHORT_ORDER_TO_CASH_STORIES.flatMap((story) => story.signals);
    const shares: string[][][] = [[], [], []];
    for (const [index, batch] of inBatches(inDisorder(signals, random), random, 30).entries())
      shares[index % 3]!.push(await bench.store(batch));
    const workers = shares.map((share) => async (database: typeof db.database) => {
      const worker = bench.seenBy(database);
      for (const batchIds of share) {
        await worker.mapBatches(batchIds);
        await worker.project.run(worker.tenantId);
      }
    });
    const schedule = Array.from({ length: 400 }, () => Math.floor(random() * 3));
    await runInterleaved(db.database, workers, [/./], schedule);
    await bench.settle();
    expect(await bench.read()).toEqual(bench.inMemory(signals));
  });
});
