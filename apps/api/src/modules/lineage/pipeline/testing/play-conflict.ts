import type { Database } from '@throughline/persistence';
import { activitiesOfSignals } from '@throughline/scenarios';
import { replaceFacts } from '../remapping/replace-facts.js';
import type { ConflictingBatches } from './conflicting-batches.js';
import { type Checkpoints, type SteppedWorker, allInterleavings, countSteps, runInterleaved } from './interleaver.js';
import type { PipelineBench } from './pipeline-bench.js';
import type { Played } from './play-history.js';

/** Where workers stop, beside each commit. */
export const STOPS = {
  /** Before facts are stored; before the projector's lock; after it, before links and transactions are read. */
  'around the lock': [/copy activity/, /throughline\.project\./, /recursive upstream/],
  /** Before facts are stored; when new facts are taken, before what is known of their names is read; before links are. */
  'when facts are taken': [
    /copy activity/,
    /select alias_id as "aliasId", object_id as "objectId" from object_alias/,
    /recursive upstream/,
  ],
} satisfies Record<string, Checkpoints>;

export type Stops = keyof typeof STOPS;

/** Every order of the steps of the two workers, each of which handles one of the batches. */
export async function schedulesOf(
  bench: PipelineBench,
  batches: ConflictingBatches,
  stops: Stops,
): Promise<number[][]> {
  const counts: number[] = [];
  for (const worker of await prepare(bench, batches))
    counts.push(await countSteps(bench.database, worker, STOPS[stops]));
  return allInterleavings(counts);
}

/** Lets two workers loose on one batch each in this order of their steps, then one until nothing is left to do. */
export async function playConflict(
  bench: PipelineBench,
  batches: ConflictingBatches,
  stops: Stops,
  schedule: readonly number[],
): Promise<Played> {
  await runInterleaved(bench.database, await prepare(bench, batches), STOPS[stops], schedule);
  await bench.settle();
  const { before, first, second, unsaid } = batches;
  const said = activitiesOfSignals([...before, ...first, ...second]).filter(
    ({ activityId }) => activityId !== unsaid?.activity.activityId,
  );
  return { stored: await bench.read(), computed: bench.inMemoryOf([...said, ...(unsaid?.now ?? [])]) };
}

async function prepare(bench: PipelineBench, batches: ConflictingBatches): Promise<SteppedWorker[]> {
  const { before, first, second, unsaid } = batches;
  await bench.store(before);
  await bench.settle();
  const [firstIds, secondIds] = [await bench.store(first), await bench.store(second)];
  const work = (batchIds: readonly string[]) => async (database: Database) => {
    const worker = bench.seenBy(database);
    if (batchIds === firstIds && unsaid !== null) await unsay(worker, unsaid);
    else await worker.mapBatches(batchIds);
    await worker.project.run(worker.tenantId);
  };
  return [work(firstIds), work(secondIds)];
}

function unsay(worker: PipelineBench, { activity, now }: NonNullable<ConflictingBatches['unsaid']>): Promise<unknown> {
  const { signalId } = activity.signal;
  return worker.inTenant((tx) => replaceFacts(tx, { signalIds: [signalId], activities: now, copies: [] }));
}
