import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadWorkflows } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import { randomHistory } from '@throughline/scenarios';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { playHistory } from './testing/play-history.js';

jest.setTimeout(300_000);

const HISTORIES_AT_ONCE = 5;

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

describe('a random history through the worker', () => {
  const workflows = loadWorkflows();

  it.each(Array.from({ length: 5 }, (_, block) => 1 + block * HISTORIES_AT_ONCE))(
    'gives the projection of what is said in the end (five seeds from %d)',
    async (firstSeed) => {
      for (let seed = firstSeed; seed < firstSeed + HISTORIES_AT_ONCE; seed += 1) {
        const { stored, computed } = await playHistory(await newPipelineBench(db), randomHistory(workflows, seed));
        expect({ seed, projection: stored }).toEqual({ seed, projection: computed });
      }
    },
  );
});
