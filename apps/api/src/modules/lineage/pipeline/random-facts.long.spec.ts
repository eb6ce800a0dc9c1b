import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { playRandomActivities, playRandomHistory } from './testing/compare-random.js';
import { newPipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(1_200_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

describe('many random facts, stored and projected bit by bit', () => {
  it('give the projection of all of them at once, for two hundred seeds', async () => {
    for (let seed = 1_000; seed < 1_200; seed += 1) {
      const { stored, computed } = await playRandomActivities(await newPipelineBench(db), seed, 10 + (seed % 50));
      expect({ seed, projection: stored }).toEqual({ seed, projection: computed });
    }
  });

  it('give the projection of what is said in the end, for two hundred seeds of unsaying and restating', async () => {
    for (let seed = 2_000; seed < 2_200; seed += 1) {
      const { stored, computed } = await playRandomHistory(await newPipelineBench(db), seed, 4 + (seed % 30));
      expect({ seed, projection: stored }).toEqual({ seed, projection: computed });
    }
  });
});
