import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadWorkflows } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import { CONFLICTS, conflictingBatches } from './testing/conflicting-batches.js';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { playConflict, schedulesOf } from './testing/play-conflict.js';

jest.setTimeout(3_600_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

describe('two workers on batches of a random history', () => {
  it.each(CONFLICTS.flatMap((conflict) => [1, 2].map((nth) => [conflict, nth] as const)))(
    'agree about %s in every order of their steps (pair %d)',
    async (conflict, nth) => {
      const batches = conflictingBatches(conflict, loadWorkflows(), nth);
      const schedules = await schedulesOf(await newPipelineBench(db), batches);
      // Two workers of four steps or more each.
      expect(schedules.length).toBeGreaterThanOrEqual(70);
      for (const schedule of schedules) {
        const { stored, computed } = await playConflict(await newPipelineBench(db), batches, schedule);
        expect({ seed: batches.seed, schedule, projection: stored }).toEqual({
          seed: batches.seed,
          schedule,
          projection: computed,
        });
      }
    },
  );
});
