import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadWorkflows } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import { CONFLICTS, conflictingBatches } from './testing/conflicting-batches.js';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { type Stops, playConflict, schedulesOf } from './testing/play-conflict.js';

jest.setTimeout(300_000);

/** Of the orders of the steps; all of them in the long tests. */
const SCHEDULES_TRIED = 6;

const PAIRS = CONFLICTS.flatMap((conflict): (readonly [typeof conflict, number, Stops])[] => [
  [conflict, 1, 'around the lock'],
  [conflict, 2, 'when facts are taken'],
]);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

describe('two workers on batches of a random history', () => {
  it.each(PAIRS)('agree about %s, whoever comes first (pair %d, stopping %s)', async (conflict, nth, stops) => {
    const batches = conflictingBatches(conflict, loadWorkflows(), nth);
    const schedules = await schedulesOf(await newPipelineBench(db), batches, stops);
    const every = Math.floor(schedules.length / SCHEDULES_TRIED);
    expect(every).toBeGreaterThan(1);
    for (const schedule of schedules.filter((_, index) => index % every === nth)) {
      const { stored, computed } = await playConflict(await newPipelineBench(db), batches, stops, schedule);
      expect({ seed: batches.seed, schedule, projection: stored }).toEqual({
        seed: batches.seed,
        schedule,
        projection: computed,
      });
    }
  });
});
