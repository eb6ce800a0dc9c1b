import { type Instant, NIL_UUID, type Uuid } from '@throughline/canonical';
import { type BusinessCalendar, dueAt } from '@throughline/sla';
import type { CalendarOf } from './calendar-of.js';
import { type Closure, closeDownstream } from './closure.js';
import { type LineageActivity, type LineageGraph, type LineageNode, compareActivities } from './lineage-graph.js';
import { type MilestoneRule, type Workflow, followsLink } from './workflow.js';

/** A milestone of one transaction, without anything that depends on the clock. */
export type LineageMilestone = {
  name: string;
  /** Nil uuid = per transaction, or per an object that is not there yet. */
  objectId: Uuid;
  position: number;
  title: string;
  ruleKind: 'service' | 'expectation' | 'none';
  startedAt: Instant | null;
  dueAt: Instant | null;
  reachedAt: Instant | null;
  reachedBy: Uuid | null;
};

/** Where to look for what reaches a milestone: objects, each from a time on ('' = ever). */
export type Scope = ReadonlyMap<Uuid, Instant | ''>;

/** Evaluates every milestone of a transaction, in the order of the workflow. */
export function evaluateMilestones(
  workflow: Workflow,
  graph: LineageGraph,
  closure: Closure,
  transactionEntity: string | null,
  calendarOf: CalendarOf,
): LineageMilestone[] {
  const states: LineageMilestone[] = [];
  for (const rule of workflow.milestones) {
    for (const [objectId, scope] of scopesOf(rule, workflow, graph, closure)) {
      const reached = earliestReaching(rule, scope, graph);
      const startedAt = startOf(rule, objectId, states);
      const legalEntity = graph.nodes.get(objectId)?.legalEntity ?? transactionEntity;
      states.push({
        name: rule.name,
        objectId,
        position: rule.position,
        title: rule.title,
        ruleKind: rule.due?.commitment ?? 'none',
        startedAt,
        dueAt: dueTime(rule, startedAt, calendarOf(legalEntity)),
        reachedAt: reached?.occurredAt ?? null,
        reachedBy: reached?.activityId ?? null,
      });
    }
  }
  return states;
}

/**
 * The earliest activity that reaches a milestone: successful, of a qualifying type, on an object of the scope and not
 * before its time, and not undone by a reversal of the same object at the same time or later.
 */
export function earliestReaching(
  rule: MilestoneRule,
  scope: Scope,
  graph: LineageGraph,
  notBefore: Instant | '' = '',
): LineageActivity | null {
  let earliest: LineageActivity | null = null;
  for (const [objectId, since] of scope) {
    if (graph.nodes.get(objectId)?.type !== rule.on) continue;
    const activities = (graph.activitiesOf.get(objectId) ?? []).filter((activity) => activity.outcome === 'success');
    const undoneUntil = activities.filter((activity) => rule.undoneBy.has(activity.type)).at(-1)?.occurredAt ?? '';
    const found = activities.find(
      ({ type, occurredAt }) =>
        rule.reachedBy.has(type) && occurredAt > undoneUntil && occurredAt >= since && occurredAt >= notBefore,
    );
    if (found && (earliest === null || compareActivities(found, earliest) < 0)) earliest = found;
  }
  return earliest;
}

/** The members and linked hubs of a closure as a scope; a hub counts from the time it was linked. */
export function scopeOfClosure(closure: Closure): Scope {
  const scope = new Map<Uuid, Instant | ''>([...closure.members.keys()].map((id) => [id, '']));
  for (const [hubId, hub] of closure.hubs) scope.set(hubId, hub.linkedAt);
  return scope;
}

/** Closure from an object within a workflow. */
export function closeInWorkflow(workflow: Workflow, graph: LineageGraph, startId: Uuid): Closure {
  return closeDownstream(graph, startId, (from: LineageNode, to: LineageNode) =>
    followsLink(workflow, from.type, to.type),
  );
}

function scopesOf(rule: MilestoneRule, workflow: Workflow, graph: LineageGraph, closure: Closure): [Uuid, Scope][] {
  if (rule.per === null) return [[NIL_UUID, scopeOfClosure(closure)]];
  const objectIds = [...closure.members.keys()].filter((id) => graph.nodes.get(id)?.type === rule.per).sort();
  // Nothing yet that it could be reached for: one pending row says that it is still to come.
  if (objectIds.length === 0) return [[NIL_UUID, new Map()]];
  return objectIds.map((objectId) => {
    const own: Scope = new Map([[objectId, '']]);
    return [objectId, rule.per === rule.on ? own : scopeOfClosure(closeInWorkflow(workflow, graph, objectId))];
  });
}

function startOf(rule: MilestoneRule, objectId: Uuid, states: readonly LineageMilestone[]): Instant | null {
  if (rule.due === null) return null;
  const { after } = rule.due;
  const starts = states.filter((state) => state.name === after);
  const start =
    starts.find((state) => state.objectId === objectId) ?? starts.find((state) => state.objectId === NIL_UUID);
  return start?.reachedAt ?? null;
}

function dueTime(rule: MilestoneRule, startedAt: Instant | null, calendar: BusinessCalendar): Instant | null {
  return rule.due === null || startedAt === null ? null : (dueAt(rule.due, { calendar, startedAt }) ?? null);
}

/** True when every milestone has been reached. */
export function areAllReached(milestones: readonly LineageMilestone[]): boolean {
  return milestones.every((milestone) => milestone.reachedAt !== null);
}
