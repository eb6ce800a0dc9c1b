import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadWorkflows } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import { CONFLICTS, conflictingBatches } from './testing/conflicting-batches.js';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { type Stops, playConflict, schedulesOf } from './testing/play-conflict.js';

jest.setTimeout(3_600_000);

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
  it.each(PAIRS)(
    'agree about %s in every order of their steps (pair %d, stopping %s)',
    async (conflict, nth, stops) => {
      const batches = conflictingBatches(conflict, loadWorkflows(), nth);
      const schedules = await schedulesOf(await newPipelineBench(db), batches, stops);
      // Two workers of four steps or more each.
      expect(schedules.length).toBeGreaterThanOrEqual(70);
      for (const schedule of schedules) {
        const { stored, computed } = await playConflict(await newPipelineBench(db), batches, stops, schedule);
        expect({ seed: batches.seed, schedule, projection: stored }).toEqual({
          seed: batches.seed,
          schedule,
          projection: computed,
        });
      }
    },
  );
});
