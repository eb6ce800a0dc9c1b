import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { playRandomActivities, playRandomHistory } from './testing/compare-random.js';
import { newPipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(120_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

describe('random facts, stored and projected bit by bit', () => {
  it.each(Array.from({ length: 6 }, (_, index) => index + 1))(
    'give the projection of all of them at once (seed %d)',
    async (seed) => {
      const { stored, computed } = await playRandomActivities(await newPipelineBench(db), seed, 8 + seed * 3);
      expect(stored).toEqual(computed);
    },
  );
});

describe('random facts of all workflows', () => {
  it.each(Array.from({ length: 3 }, (_, index) => index + 1))(
    'give the projection of all of them at once (seed %d)',
    async (seed) => {
      const bench = await newPipelineBench(db);
      const { stored, computed } = await playRandomActivities(bench, seed, 90 + seed * 20, bench.workflows);
      expect(stored).toEqual(computed);
      expect(new Set(stored.transactions.map(({ workflow }) => workflow)).size).toBeGreaterThan(2);
    },
  );
});

describe('random facts, some of them unsaid or restated between', () => {
  it.each(Array.from({ length: 4 }, (_, index) => index + 1))(
    'give the projection of what is said in the end (seed %d)',
    async (seed) => {
      const { stored, computed } = await playRandomHistory(await newPipelineBench(db), seed, 4 + seed * 2);
      expect(stored).toEqual(computed);
    },
  );
});
