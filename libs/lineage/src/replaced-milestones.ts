import { type Instant, NIL_UUID, type Uuid } from '@throughline/canonical';
import type { LineageMilestone } from './milestones.js';
import type { TransactionView } from './transaction-view.js';
import type { MilestoneRule } from './workflow.js';

/**
 *     invoice ─► payment 1, returned        nobody waits any more for the payment that came back:
 *        └─────► payment 2                  the second one took its place
 *
 * The milestones with those that are left unreached at an object whose place another took: one of the same type that hangs on the
 * same document, and that reached the milestone at or after the time at which it was undone. No longer due, and named with the
 * activity that did it, as a step that is skipped.
 */
export function withReplacements(states: readonly LineageMilestone[], view: TransactionView): LineageMilestone[] {
  const replacedBy = new Map<Uuid, Uuid>();
  for (const state of states) {
    const rule = view.workflow.milestones.find(({ name }) => name === state.name)!;
    const undoneAt = state.reachedAt === null && rule.per === rule.on ? lastUndone(rule, state.objectId, view) : null;
    if (undoneAt === null) continue;
    const [taking] = states
      .filter((other) => other.name === state.name && other.reachedAt !== null && other.reachedAt >= undoneAt)
      .filter((other) => hangOnOneDocument(state.objectId, other.objectId, view))
      .sort((left, right) => (`${left.reachedAt}${left.reachedBy}` < `${right.reachedAt}${right.reachedBy}` ? -1 : 1));
    if (taking?.reachedBy && !replacedBy.has(state.objectId)) replacedBy.set(state.objectId, taking.reachedBy);
  }
  if (replacedBy.size === 0) return [...states];
  return states.map((state) => {
    const reachedBy = replacedBy.get(state.objectId);
    return reachedBy === undefined || state.reachedAt !== null ? state : { ...state, dueAt: null, reachedBy };
  });
}

function lastUndone(rule: MilestoneRule, objectId: Uuid, { graph }: TransactionView): Instant | null {
  if (rule.undoneBy.size === 0 || objectId === NIL_UUID) return null;
  const undoing = (graph.activitiesOf.get(objectId) ?? []).filter(
    ({ outcome, type }) => outcome === 'success' && rule.undoneBy.has(type),
  );
  return undoing.at(-1)?.occurredAt ?? null;
}

function hangOnOneDocument(one: Uuid, other: Uuid, { closure, graph }: TransactionView): boolean {
  return [...closure.members.keys()].some((objectId) => {
    const ends = (graph.edgesFrom.get(objectId) ?? []).map(({ toObjectId }) => toObjectId);
    return ends.includes(one) && ends.includes(other);
  });
}
