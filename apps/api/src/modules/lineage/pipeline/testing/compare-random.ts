import { inBatches, inDisorder, seededNumbers } from '@throughline/scenarios';
import { storeActivities } from '../fact-writer.js';
import type { PipelineBench } from './pipeline-bench.js';
import { randomActivities } from './random-activities.js';

/** Stores random activities in random batches, projecting at random moments; answers both projections of them. */
export async function playRandomActivities(bench: PipelineBench, seed: number, count: number) {
  const random = seededNumbers(seed);
  const [workflow] = bench.workflows;
  if (!workflow) throw new Error('there is no workflow');
  const activities = randomActivities(workflow, count, random);
  for (const batch of inBatches(inDisorder(activities, random), random, 6)) {
    await bench.inTenant((tx) => storeActivities(tx, batch));
    if (random() < 0.6) await bench.project.run(bench.tenantId);
  }
  await bench.settle();
  return { stored: await bench.read(), computed: bench.inMemoryOf(activities) };
}
