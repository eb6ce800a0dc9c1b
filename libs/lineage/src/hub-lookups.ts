import { HUB_TYPES, type Instant, type Uuid } from '@throughline/canonical';
import type { LineageGraph } from './lineage-graph.js';
import { failuresOf, proofsOf } from './problems.js';
import { type Scope, closeInWorkflow, scopeOfClosure } from './transaction-view.js';
import type { Workflow } from './workflow.js';

/** "The earliest activity of this hub at or after this time": all that milestones need of a hub's thousands. */
export type HubLookup = { objectId: Uuid; since: Instant | '' };

/**
 * What must be known of hubs to evaluate these anchors and the problems of these objects. A graph whose hubs hold the
 * answers of these look-ups gives the same result as one that holds every activity.
 */
export function hubLookups(
  workflows: readonly Workflow[],
  graph: LineageGraph,
  anchorIds: readonly Uuid[],
  problemObjectIds: readonly Uuid[],
): HubLookup[] {
  const lookups = new Map<string, HubLookup>();
  const add = (scope: Scope, notBefore: Instant | '') => {
    for (const [objectId, linkedAt] of scope) {
      if (!HUB_TYPES.has(graph.nodes.get(objectId)?.type ?? '')) continue;
      const since = linkedAt > notBefore ? linkedAt : notBefore;
      lookups.set(`${objectId}/${since}`, { objectId, since });
    }
  };
  for (const workflow of workflows.filter(asksHubs)) {
    for (const anchorId of anchorIds) {
      if (graph.nodes.get(anchorId)?.type !== workflow.anchor) continue;
      const closure = closeInWorkflow(workflow, graph, anchorId);
      if (closure.hubs.size === 0 && !HUB_TYPES.has(workflow.anchor)) continue;
      add(scopeOfClosure(closure), '');
      const perTypes = new Set(workflow.milestones.filter((rule) => HUB_TYPES.has(rule.on)).map((rule) => rule.per));
      for (const objectId of closure.members.keys()) {
        const type = graph.nodes.get(objectId)?.type;
        if (type !== undefined && perTypes.has(type))
          add(scopeOfClosure(closeInWorkflow(workflow, graph, objectId)), '');
      }
    }
  }
  for (const objectId of problemObjectIds) {
    for (const failure of failuresOf(objectId, graph)) {
      for (const { workflow, rule } of proofsOf(failure.integration, workflows)) {
        if (HUB_TYPES.has(rule.on)) add(scopeOfClosure(closeInWorkflow(workflow, graph, objectId)), failure.occurredAt);
      }
    }
  }
  return [...lookups.values()];
}

/** Activity types that decide anything in these workflows: the only successes that their evaluation needs. */
export function decidingActivityTypes(workflows: readonly Workflow[]): string[] {
  const types = workflows.flatMap((workflow) => [
    ...workflow.cancelledBy,
    ...workflow.restartedBy,
    ...[...workflow.given, ...workflow.unless].filter(isActivityType),
    ...workflow.milestones.flatMap((rule) => [
      ...rule.reachedBy,
      ...rule.undoneBy,
      ...[...rule.given, ...(rule.due?.given ?? [])].filter(isActivityType),
    ]),
  ]);
  return [...new Set(types)].sort();
}

/** Names of the milestones that a hub's activities reach, and the integrations whose work they prove. */
export function hubDependents(workflows: readonly Workflow[]): { milestones: string[]; integrations: string[] } {
  const rules = workflows.flatMap((workflow) =>
    workflow.milestones.filter((rule) => HUB_TYPES.has(rule.on)).map((rule) => rule.name),
  );
  const integrations = workflows.flatMap((workflow) =>
    [...workflow.provenBy].filter(([, milestone]) => rules.includes(milestone)).map(([integration]) => integration),
  );
  return { milestones: [...new Set(rules)], integrations: [...new Set(integrations)] };
}

function asksHubs(workflow: Workflow): boolean {
  return HUB_TYPES.has(workflow.anchor) || workflow.milestones.some((rule) => HUB_TYPES.has(rule.on));
}

function isActivityType(condition: string): boolean {
  return condition.includes('.');
}
