import type { Uuid } from '@throughline/canonical';
import type { LineageGraph } from './lineage-graph.js';
import { failuresOf, proofsOf } from './problems.js';
import { closeInWorkflow } from './transaction-view.js';
import type { MilestoneRule, Workflow } from './workflow.js';

/**
 * The activities of which the kind of system that reported them has to be known to evaluate these anchors and the problems of
 * these objects: those that may reach a milestone which only some kinds reach. Few milestones ask, so few are looked up.
 */
export function systemLookups(
  workflows: readonly Workflow[],
  graph: LineageGraph,
  anchorIds: readonly Uuid[],
  problemObjectIds: readonly Uuid[],
): Uuid[] {
  const asked = new Set<Uuid>();
  const add = (rule: MilestoneRule, members: Iterable<Uuid>) => {
    for (const objectId of members) {
      if (graph.nodes.get(objectId)?.type !== rule.on) continue;
      for (const { type, outcome, activityId } of graph.activitiesOf.get(objectId) ?? [])
        if (outcome === 'success' && rule.reachedBy.has(type)) asked.add(activityId);
    }
  };
  for (const workflow of workflows) {
    const asking = workflow.milestones.filter(asksSystems);
    if (asking.length === 0) continue;
    for (const anchorId of anchorIds) {
      if (graph.nodes.get(anchorId)?.type !== workflow.anchor) continue;
      const members = [...closeInWorkflow(workflow, graph, anchorId).members.keys()];
      for (const rule of asking) add(rule, members);
    }
  }
  if (!workflows.some(({ milestones }) => milestones.some(asksSystems))) return [];
  for (const objectId of problemObjectIds) {
    for (const { integration } of failuresOf(objectId, graph)) {
      for (const { workflow, rule } of proofsOf(integration, workflows))
        if (asksSystems(rule)) add(rule, closeInWorkflow(workflow, graph, objectId).members.keys());
    }
  }
  return [...asked];
}

function asksSystems({ bySystems }: MilestoneRule): boolean {
  return bySystems.size > 0;
}
