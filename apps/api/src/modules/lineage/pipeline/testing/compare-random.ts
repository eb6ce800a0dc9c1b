import type { Activity } from '@throughline/canonical';
import type { Workflow } from '@throughline/lineage';
import { inBatches, inDisorder, seededNumbers, strayActivities } from '@throughline/scenarios';
import { storeActivities } from '../fact-writer.js';
import { replaceFacts } from '../remapping/replace-facts.js';
import type { PipelineBench } from './pipeline-bench.js';

/**
 * Stores random activities in random batches, projecting at random moments; answers both projections of them. They are of order
 * to cash, or of all workflows.
 */
export async function playRandomActivities(
  bench: PipelineBench,
  seed: number,
  count: number,
  workflows = orderToCash(bench),
) {
  const random = seededNumbers(seed);
  const activities = strayActivities(workflows, count, random);
  for (const batch of inBatches(inDisorder(activities, random), random, 6)) {
    await bench.inTenant((tx) => storeActivities(tx, batch));
    if (random() < 0.6) await bench.project.run(bench.tenantId);
  }
  await bench.settle();
  return { stored: await bench.read(), computed: bench.inMemoryOf(activities) };
}

/**
 * The same with facts that are unsaid or restated between, by mapping again or by an earlier copy of their signal, while they
 * wait, when they are projected, or just then; answers both projections of what is said in the end.
 */
export async function playRandomHistory(bench: PipelineBench, seed: number, count: number) {
  const random = seededNumbers(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const [activities, others] = [0, 1].map(() => strayActivities(orderToCash(bench), count, random)) as [
    Activity[],
    Activity[],
  ];
  const received = activities.flatMap((activity) => (random() < 0.3 ? copiesOf(activity, pick(others)) : [activity]));
  const said = new Map<string, Activity>();
  for (const batch of inBatches(inDisorder(received, random), random, 6)) {
    const works: (() => Promise<unknown>)[] = [() => bench.inTenant((tx) => storeActivities(tx, batch))];
    for (const activity of batch) {
      const known = said.get(activity.activityId);
      if (known === undefined || isEarlier(activity, known)) said.set(activity.activityId, activity);
    }
    if (random() < 0.5) {
      // Activities of the batch and of earlier ones: some have been projected, some wait, some have been unsaid before.
      const unsaid = pick([pick(batch), pick(activities)]);
      const now = random() < 0.5 ? [] : [sayingLike(unsaid, pick(others))];
      if (said.get(unsaid.activityId)?.signal.copy === undefined) {
        said.delete(unsaid.activityId);
        for (const one of now) said.set(one.activityId, one);
        works.push(() => bench.inTenant((tx) => replaceFactsOf(tx, unsaid, now)));
      }
    }
    for (const work of works) {
      const projecting = random() < 0.3 ? bench.project.run(bench.tenantId) : null;
      await Promise.all([work(), projecting]);
      if (random() < 0.4) await bench.project.run(bench.tenantId);
    }
  }
  await bench.settle();
  return { stored: await bench.read(), computed: bench.inMemoryOf([...said.values()]) };
}

function replaceFactsOf(tx: Parameters<typeof replaceFacts>[0], unsaid: Activity, activities: Activity[]) {
  return replaceFacts(tx, { signalIds: [unsaid.signal.signalId], activities, copies: [] });
}

function orderToCash(bench: PipelineBench): readonly Workflow[] {
  return bench.workflows.filter(({ name }) => name === 'order-to-cash');
}

/** The activity as the copies of a signal say it; the first received decides. */
function copiesOf(activity: Activity, other: Activity): Activity[] {
  const ofCopy = (one: Activity, copy: string): Activity => ({ ...one, signal: { ...one.signal, copy } });
  return [ofCopy(activity, '2'), ofCopy(sayingLike(activity, other), '1')];
}

/** An activity of the same signal that says what another one does. */
function sayingLike({ activityId: id, signal }: Activity, other: Activity): Activity {
  return { ...other, activityId: id, signal };
}

function isEarlier({ signal: { copy } }: Activity, { signal: known }: Activity): boolean {
  return copy !== undefined && known.copy !== undefined && copy < known.copy;
}
