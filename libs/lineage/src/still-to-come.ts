import type { Instant, Uuid } from '@throughline/canonical';
import type { LineageActivity } from './lineage-graph.js';
import type { TransactionView } from './transaction-view.js';
import { undoes } from './undoing-activity.js';
import type { Cardinality, MilestoneRule, Workflow } from './workflow.js';

/**
 * Objects whose step was undone and for which nobody waits any more, as others of their type follow from the same object: those that
 * came afterwards stand in for what was reversed or returned (an invoice billed anew, a payment made again); a cancellation is
 * final, so any other will do (the one of two deliveries that is left).
 */
export function replacedObjects(view: TransactionView): ReadonlySet<Uuid> {
  // Hardly any batch has something undone in it.
  const { graph, workflow } = view;
  const isUndone = ({ undoneBy }: MilestoneRule) => [...undoneBy].some((type) => graph.seen.has(type));
  if (![...firstRulesOf(workflow).values()].some(isUndone)) return new Set();
  const withdrawn = new Map([...view.closure.members.keys()].flatMap((id) => withdrawalOf(id, view) ?? []));
  if (withdrawn.size === 0) return new Set();
  const siblingsOf = siblingsIn(view);
  const isReplaced = ([id, { type, occurredAt }]: [Uuid, LineageActivity]) =>
    siblingsOf(id).some(
      (other) =>
        !withdrawn.has(other) &&
        (type.endsWith('.cancelled') || (lastOf(other, firstRuleOf(other, view)?.reachedBy, view) ?? '') >= occurredAt),
    );
  return new Set([...withdrawn].filter(isReplaced).map(([id]) => id));
}

/** Objects upstream of a milestone that wait for one more object to reach it, in the order of their ids. */
export function awaitingObjects(rule: MilestoneRule, view: TransactionView, replaced: ReadonlySet<Uuid>): Uuid[] {
  const { per } = rule;
  if (per === null) return [];
  const counted = view.membersOf(per).filter((id) => !replaced.has(id));
  const waiting = rule.expects.flatMap((cardinality) => {
    if (cardinality.atLeast === null && cardinality.moreAfter.size === 0) return [];
    return view
      .membersOf(cardinality.per)
      .filter((id) => withdrawalOf(id, view) === null)
      .filter((id) =>
        waits(
          id,
          cardinality,
          counted.filter((other) => view.isDownstream(id, other)),
          rule,
          view,
        ),
      );
  });
  return [...new Set(waiting)].sort();
}

function waits(
  id: Uuid,
  { atLeast, moreAfter, enoughAfter }: Cardinality,
  below: readonly Uuid[],
  rule: MilestoneRule,
  view: TransactionView,
): boolean {
  const [more, enough] = [lastOf(id, moreAfter, view), lastOf(id, enoughAfter, view)];
  if (enough !== null && enough >= (more ?? '')) return false;
  if (below.length < (atLeast ?? 0)) return true;
  return more !== null && !below.some((other) => (lastOf(other, rule.reachedBy, view) ?? '') > more);
}

/** The activity that undid the step which brought an object into the transaction, if it was not made again since; else null. */
function withdrawalOf(id: Uuid, view: TransactionView): [Uuid, LineageActivity][] | null {
  const first = firstRuleOf(id, view);
  const undone = first && view.graph.activitiesOf.get(id)?.findLast((activity) => undoes(first, activity));
  if (undone === undefined || (lastOf(id, first?.reachedBy, view) ?? '') > undone.occurredAt) return null;
  return [[id, undone]];
}

function firstRuleOf(id: Uuid, { graph, workflow }: TransactionView): MilestoneRule | undefined {
  return firstRulesOf(workflow).get(graph.nodes.get(id)?.type ?? '');
}

/** By workflow: they are asked for at every object of every transaction. */
const FIRST_RULES = new WeakMap<Workflow, ReadonlyMap<string, MilestoneRule>>();

/** The first step of each type of object: of its own, else one that is not told for each object and says nothing of a single one. */
function firstRulesOf(workflow: Workflow): ReadonlyMap<string, MilestoneRule> {
  const known = FIRST_RULES.get(workflow);
  if (known !== undefined) return known;
  const rules = new Map<string, MilestoneRule>();
  for (const rule of workflow.milestones) {
    const first = rules.get(rule.on);
    if (first === undefined || (first.per !== rule.on && rule.per === rule.on)) rules.set(rule.on, rule);
  }
  FIRST_RULES.set(workflow, rules);
  return rules;
}

function lastOf(id: Uuid, types: ReadonlySet<string> | undefined, view: TransactionView): Instant | null {
  return lastActivityOf(id, types, view)?.occurredAt ?? null;
}

function lastActivityOf(
  id: Uuid,
  types: ReadonlySet<string> | undefined,
  view: TransactionView,
): LineageActivity | undefined {
  if (types === undefined || types.size === 0) return undefined;
  return view.graph.activitiesOf.get(id)?.findLast(({ type, outcome }) => outcome === 'success' && types.has(type));
}

/** Members of the type of a member that follow from an object that it follows from. */
function siblingsIn({ closure, graph }: TransactionView): (id: Uuid) => Uuid[] {
  const targets = [...closure.members.keys()].map((id) =>
    (graph.edgesFrom.get(id) ?? []).map((edge) => edge.toObjectId),
  );
  return (id) => {
    const type = graph.nodes.get(id)?.type;
    const beside = targets.filter((ids) => ids.includes(id)).flat();
    return beside.filter(
      (other) => other !== id && closure.members.has(other) && graph.nodes.get(other)?.type === type,
    );
  };
}
