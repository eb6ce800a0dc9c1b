import { type ScenarioSignal, contractApproved, invoicePosted, orderAccepted } from '@throughline/scenarios';
import { allInterleavings, runInterleaved } from './interleaver.js';
import type { PipelineBench } from './pipeline-bench.js';

/** Before facts are stored; before the projector's lock; after it, before links and transactions are read; commits. */
const CHECKPOINTS = [/copy activity/, /throughline\.project\./, /recursive upstream/];
/** Of a worker that maps once and projects once: store, commit, lock, read, commit. */
export const STEPS = 5;
/** Every order in which the steps of two workers can follow one another. */
export const TWO_WORKER_SCHEDULES = allInterleavings([STEPS, STEPS]);
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
export const left: ScenarioSignal[] = [
  contractApproved(order, '2026-09-30T08:00:00Z'),
  ...orderAccepted(order, '2026-09-30T08:05:00Z'),
];
export const right: ScenarioSignal[] = [invoicePosted(order, '2026-09-30T15:00:00Z')];

/** Stores two batches, lets two workers loose on one each in the given order of steps, then lets one worker finish. */
export async function playTwoWorkers(
  bench: PipelineBench,
  first: ScenarioSignal[],
  second: ScenarioSignal[],
  schedule: readonly number[],
): Promise<void> {
  const stored = [await bench.store(first), await bench.store(second, new Date(Date.now() + DAY_MS))];
  const workers = stored.map((batchIds) => async (database: PipelineBench['database']) => {
    const worker = bench.seenBy(database);
    await worker.mapBatches(batchIds);
    await worker.project.run(worker.tenantId);
  });
  await runInterleaved(bench.database, workers, CHECKPOINTS, schedule);
  await bench.settle();
}
