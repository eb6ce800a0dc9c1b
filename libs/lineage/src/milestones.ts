import { type Instant, NIL_UUID, type Uuid } from '@throughline/canonical';
import { type DueTime, type TransactionTerms, dueTimeOf } from './due-times.js';
import { type LineageActivity, type LineageGraph, compareActivities } from './lineage-graph.js';
import { awaitingObjects, replacedObjects } from './still-to-come.js';
import { type Scope, type TransactionView, scopeOfClosure } from './transaction-view.js';
import { undoes } from './undoing-activity.js';
import { type MilestoneRule, type Workflow, predecessorsOf } from './workflow.js';

/** A milestone of one transaction, without anything that depends on the clock. */
export type LineageMilestone = DueTime & {
  name: string;
  /** Nil uuid = per transaction, or per an object that is not there yet. */
  objectId: Uuid;
  position: number;
  title: string;
  reachedAt: Instant | null;
  /**
   * The activity that reached it. With `reachedAt` null this one is skipped: the activity that reached a later milestone.
   */
  reachedBy: Uuid | null;
};

/** Evaluates every milestone of a transaction, in the order of the workflow. */
export function evaluateMilestones(
  view: TransactionView,
  terms: TransactionTerms,
  notBefore: Instant | '' = '',
): LineageMilestone[] {
  const { workflow, graph } = view;
  const states: LineageMilestone[] = [];
  const replaced = replacedObjects(view);
  for (const rule of workflow.milestones) {
    const { name, position, title } = rule;
    const add = (objectId: Uuid, reached: LineageActivity | null, awaitedBy: readonly Uuid[] = []) => {
      // Field by field: it is made for every milestone of every transaction, and a spread costs several times as much.
      const { ruleKind, startedAt, dueAt } = dueTimeOf(rule, objectId, states, view, terms, awaitedBy);
      const [reachedAt, reachedBy] = [reached?.occurredAt ?? null, reached?.activityId ?? null];
      states.push({ name, objectId, position, title, ruleKind, startedAt, dueAt, reachedAt, reachedBy });
    };
    const scopes = scopesOf(rule, view);
    for (const [objectId, scope] of scopes) {
      const reached = earliestReaching(rule, scope, graph, notBefore);
      if (reached === null && (replaced.has(objectId) || !isExpected(rule, objectId, view))) continue;
      add(objectId, reached);
    }
    // Beside those that are there one that is not: a single row, like that of the first of them.
    const isToCome = scopes.some(([objectId]) => objectId !== NIL_UUID) && isExpected(rule, NIL_UUID, view);
    const awaitedBy = isToCome ? awaitingObjects(rule, view, replaced) : [];
    if (awaitedBy.length > 0) add(NIL_UUID, null, awaitedBy);
  }
  return withSkips(states, view);
}

/**
 * The earliest activity that reaches a milestone: successful, of a qualifying type, by a qualifying kind of system, on an object
 * of the scope and not before its time, and not undone by a reversal of the same object at the same time or later, or by the no of
 * a bank, which is told as a failure.
 */
export function earliestReaching(
  rule: MilestoneRule,
  scope: Iterable<readonly [Uuid, Instant | '']>,
  graph: LineageGraph,
  notBefore: Instant | '' = '',
  isUndoing = undoes,
): LineageActivity | null {
  let earliest: LineageActivity | null = null;
  for (const [objectId, since] of scope) {
    if (graph.nodes.get(objectId)?.type !== rule.on) continue;
    const activities = graph.activitiesOf.get(objectId) ?? [];
    const undoneUntil = activities.findLast((activity) => isUndoing(rule, activity))?.occurredAt ?? '';
    const found = activities.find(
      (activity) =>
        activity.outcome === 'success' &&
        rule.reachedBy.has(activity.type) &&
        activity.occurredAt > undoneUntil &&
        activity.occurredAt >= since &&
        activity.occurredAt >= notBefore &&
        (rule.bySystems.size === 0 || rule.bySystems.has(reporterOf(activity, graph))),
    );
    if (found && (earliest === null || compareActivities(found, earliest) < 0)) earliest = found;
  }
  return earliest;
}

function reporterOf({ activityId, system }: LineageActivity, { reporters }: LineageGraph): string {
  return reporters?.get(activityId) ?? system;
}

function scopesOf(rule: MilestoneRule, view: TransactionView): [Uuid, Scope][] {
  if (rule.per === null) return [[NIL_UUID, view.scopeOf(rule.on)]];
  const objectIds = view.membersOf(rule.per);
  // Nothing yet that it could be reached for: one pending row says that it is still to come.
  if (objectIds.length === 0) return [[NIL_UUID, new Map()]];
  return objectIds.map((objectId) => {
    const own: Scope = new Map([[objectId, '']]);
    return [objectId, rule.per === rule.on ? own : scopeOfClosure(view.closureOf(objectId))];
  });
}

/** Whether a milestone that is not reached is a step of this transaction. */
function isExpected(rule: MilestoneRule, objectId: Uuid, view: TransactionView): boolean {
  if (rule.given.size > 0) return view.meets(rule.given, rule.per, objectId);
  if (rule.isRequired) return true;
  return rule.per === null ? view.hasType(rule.on) : objectId !== NIL_UUID;
}

/** Of those that are not required the ones that were overtaken: no longer due, and named with the activity that did it. */
function withSkips(states: LineageMilestone[], view: TransactionView): LineageMilestone[] {
  const optional = view.workflow.milestones.filter((rule) => !rule.isRequired).map((rule) => rule.name);
  if (!states.some(({ name, reachedAt }) => reachedAt === null && optional.includes(name))) return states;
  const isLater = (name: string, than: string) => predecessorsOf(view.workflow, name).has(than);
  return states.map((state) => {
    if (state.reachedAt !== null || !optional.includes(state.name)) return state;
    const overtaking = states
      .filter((other) => other.reachedAt !== null && isLater(other.name, state.name) && areOnOneWay(state, other, view))
      .sort((left, right) => compareText(`${left.reachedAt}${left.reachedBy}`, `${right.reachedAt}${right.reachedBy}`));
    return overtaking[0] === undefined ? state : { ...state, dueAt: null, reachedBy: overtaking[0].reachedBy };
  });
}

/** Whether two milestones are of one object, or of two of which one lies downstream of the other, or of the transaction. */
function areOnOneWay(
  { objectId: one }: LineageMilestone,
  { objectId: other }: LineageMilestone,
  view: TransactionView,
) {
  if (one === other || one === NIL_UUID || other === NIL_UUID) return true;
  return view.isDownstream(one, other) || view.isDownstream(other, one);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** True for a milestone that is not required and was overtaken by a later one. */
export function isSkipped({ reachedAt, reachedBy }: Pick<LineageMilestone, 'reachedAt' | 'reachedBy'>): boolean {
  return reachedAt === null && reachedBy !== null;
}

/** True when every milestone that is required has been reached, but for those that are skipped. */
export function areAllReached(workflow: Workflow, milestones: readonly LineageMilestone[]): boolean {
  const isRequired = (name: string) => workflow.milestones.some((rule) => rule.name === name && rule.isRequired);
  return milestones.every((milestone) => {
    return milestone.reachedAt !== null || isSkipped(milestone) || !isRequired(milestone.name);
  });
}

/** Names of the milestones that more objects reached than the workflow expects for one object upstream of them. */
export function overfullMilestones(view: TransactionView, milestones: readonly LineageMilestone[]): string[] {
  return view.workflow.milestones.flatMap(({ name, expects }) => {
    if (expects.every(({ atMost }) => atMost === null)) return [];
    const reached = milestones.filter((milestone) => milestone.name === name && milestone.reachedAt !== null);
    const isOverfull = expects.some(({ per, atMost }) => {
      if (atMost === null || reached.length <= atMost) return false;
      const reachedBelow = (id: Uuid) => reached.filter(({ objectId }) => view.isDownstream(id, objectId));
      return view.membersOf(per).some((id) => reachedBelow(id).length > atMost);
    });
    return isOverfull ? [name] : [];
  });
}

/** Names of the milestones that were reached though one was reached before, on the same way, after which they should not be. */
export function outOfSequenceMilestones(view: TransactionView, milestones: readonly LineageMilestone[]): string[] {
  return view.workflow.milestones.flatMap(({ name, notAfter }) => {
    if (notAfter.length === 0) return [];
    const isLate = milestones.some(
      (late) =>
        late.name === name &&
        milestones.some(
          (before) =>
            notAfter.includes(before.name) &&
            before.reachedAt !== null &&
            late.reachedAt !== null &&
            before.reachedAt < late.reachedAt &&
            areOnOneWay(before, late, view),
        ),
    );
    return isLate ? [name] : [];
  });
}
