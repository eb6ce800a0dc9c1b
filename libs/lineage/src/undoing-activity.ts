import type { LineageActivity } from './lineage-graph.js';
import { isRefusalType } from './money/undone-objects.js';
import type { MilestoneRule } from './workflow.js';

/** Whether an activity undoes what reached a milestone before. The no of a bank does so though it is told as a failure. */
export function undoes(
  { undoneBy }: Pick<MilestoneRule, 'undoneBy'>,
  { type, outcome }: Pick<LineageActivity, 'type' | 'outcome'>,
): boolean {
  return undoneBy.has(type) && (outcome === 'success' || isRefusalType(type));
}
