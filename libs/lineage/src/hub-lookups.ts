import { CONTEXT_TYPES, HUB_TYPES, type Instant, type Uuid } from '@throughline/canonical';
import type { LineageGraph } from './lineage-graph.js';
import { failuresOf, proofsOf } from './problems.js';
import { type Scope, closeInWorkflow, scopeOfClosure } from './transaction-view.js';
import type { Workflow } from './workflow.js';

/** "The earliest activity of each of these types of this hub at or after this time": all that is needed of a hub's thousands. */
export type HubLookup = { objectId: Uuid; since: Instant | ''; types: readonly string[] };

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
  const typesOf = hubActivityTypes(workflows);
  const add = (scope: Scope, notBefore: Instant | '') => {
    for (const [objectId, linkedAt] of scope) {
      const types = typesOf.get(graph.nodes.get(objectId)?.type ?? '');
      if (types === undefined) continue;
      const since = linkedAt > notBefore ? linkedAt : notBefore;
      lookups.set(`${objectId}/${since}`, { objectId, since, types });
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
    ...conditionsOf(workflow),
    ...workflow.milestones.flatMap(({ reachedBy, undoneBy, expects }) => [
      ...[...reachedBy, ...undoneBy],
      ...expects.flatMap(({ moreAfter, enoughAfter }) => [...moreAfter, ...enoughAfter]),
    ]),
  ]);
  return [...new Set(types)].sort();
}

/** Per hub type the activity types that decide anything at such a hub; a hub that decides nothing is not in it. */
function hubActivityTypes(workflows: readonly Workflow[]): Map<string, string[]> {
  const types = new Map<string, Set<string>>();
  const add = (hub: string, activityTypes: Iterable<string>) => {
    if (HUB_TYPES.has(hub)) types.set(hub, new Set([...(types.get(hub) ?? []), ...activityTypes]));
  };
  for (const workflow of workflows) {
    for (const rule of workflow.milestones) add(rule.on, rule.reachedBy);
    const { anchor, cancelledBy } = workflow;
    const own = conditionsOf(workflow).filter((type) => type.startsWith(`${anchor}.`) || isOfContext(type));
    add(anchor, [...cancelledBy, ...own]);
  }
  return new Map([...types].map(([hub, found]) => [hub, [...found].sort()]));
}

function isOfContext(activityType: string): boolean {
  return CONTEXT_TYPES.has(activityType.split('.')[0] ?? '');
}

/** The activity types that conditions of a workflow name. */
function conditionsOf({ given, unless, milestones }: Workflow): string[] {
  const ofMilestones = milestones.flatMap((rule) => [...rule.given, ...(rule.due?.given ?? [])]);
  return [...given, ...unless, ...ofMilestones].filter((condition) => condition.includes('.'));
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
