import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import {
  type ScenarioSignal,
  contractApproved,
  invoicePosted,
  missingMappingMended,
  orderAccepted,
  seededNumbers,
} from '@throughline/scenarios';
import { rebuildLineage } from './rebuild-lineage.js';
import { allInterleavings, runInterleaved } from './testing/interleaver.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(180_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** Before facts are stored; before the projector's lock; after it, before links and transactions are read; commits. */
const CHECKPOINTS = [/insert into activity/, /throughline\.project\./, /recursive upstream/];
/** Of a worker that maps once and projects once: store, commit, lock, read, commit. */
const STEPS = 5;
const DAY_MS = 86_400_000;

const order = {
  number: '70001',
  legalEntity: 'DE01',
  currency: 'EUR',
  amount: '100.00',
  customer: 'Adler Fördertechnik GmbH',
  sellingUnit: 'DE01-COLOGNE',
} as const;

/** A→B and B→C: contract → order in one batch, order → invoice by the order's other number in the other. */
const left: ScenarioSignal[] = [
  contractApproved(order, '2026-09-30T08:00:00Z'),
  ...orderAccepted(order, '2026-09-30T08:05:00Z'),
];
const right: ScenarioSignal[] = [invoicePosted(order, '2026-09-30T15:00:00Z')];

const newBench = () => newPipelineBench(db);

/** Stores two batches, lets two workers loose on one each in the given order of steps, then lets one worker finish. */
async function playTwoWorkers(
  first: ScenarioSignal[],
  second: ScenarioSignal[],
  schedule: readonly number[],
): Promise<PipelineBench> {
  const bench = await newBench();
  const stored = [await bench.store(first), await bench.store(second, new Date(Date.now() + DAY_MS))];
  const workers = stored.map((batchIds) => async (database: typeof db.database) => {
    const worker = bench.seenBy(database);
    await worker.mapBatches(batchIds);
    await worker.project.run(worker.tenantId);
  });
  await runInterleaved(db.database, workers, CHECKPOINTS, schedule);
  await bench.settle();
  return bench;
}

describe('two workers', () => {
  const schedules = allInterleavings([STEPS, STEPS]);

  it(`join A→B and B→C in each of ${schedules.length} orders of their steps`, async () => {
    for (const schedule of schedules.filter((_, index) => index % 6 === 0)) {
      const bench = await playTwoWorkers(left, right, schedule);
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
    const bench = await playTwoWorkers(signals, second, schedule);
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
      await database.withTenant(bench.tenantId, (tx) => rebuildLineage(tx, bench.workflows));
    };
    const schedule = Array.from({ length: 60 }, () => Math.floor(random() * 2));
    await runInterleaved(db.database, [live, rebuild], [/./], schedule);
    await bench.settle();
    expect(await bench.read()).toEqual(bench.inMemory(signals));
  });
});
