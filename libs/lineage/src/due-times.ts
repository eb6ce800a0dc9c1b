import { type Instant, NIL_UUID, type Uuid } from '@throughline/canonical';
import { allowedFrom, dueAt, isStatedDate, monthOfPeriod } from '@throughline/sla';
import { type CalendarOf, calendarOfRule } from './calendar-of.js';
import type { TransactionView } from './transaction-view.js';
import { type MilestoneDueRule, type MilestoneRule, attributeOf } from './workflow.js';

/** When a milestone that was evaluated earlier was reached. */
type Reached = { name: string; objectId: Uuid; reachedAt: Instant | null };

/** What a transaction says of its business time, for objects that do not say it themselves. */
export type TransactionTerms = { legalEntity: string | null; currency: string | null; calendarOf: CalendarOf };

/** How a due rule applies to one milestone of a transaction. */
export type DueTime = {
  ruleKind: 'service' | 'expectation' | 'none';
  /** From when on the time allowed is counted. */
  startedAt: Instant | null;
  dueAt: Instant | null;
};

const UNBOUND: DueTime = { ruleKind: 'none', startedAt: null, dueAt: null };

/**
 * When a milestone is due at an object. A rule binds nobody where its conditions do not hold, where the milestone that starts its
 * clock is no step of this transaction, or where no document states its date. For an object that is still to come, `awaitedBy`
 * names those that wait for it, where that are not all of them: their clocks and dates count.
 */
export function dueTimeOf(
  rule: MilestoneRule,
  objectId: Uuid,
  earlier: readonly Reached[],
  view: TransactionView,
  terms: TransactionTerms,
  awaitedBy: readonly Uuid[] = [],
): DueTime {
  const { due } = rule;
  if (due === null || (due.given.size > 0 && !view.meets(due.given, rule.per, objectId))) return UNBOUND;
  const attribute = attributeOf(due);
  const isConcerned = (id: Uuid) => awaitedBy.length === 0 || awaitedBy.some((one) => areOnOneWay(id, one, view));
  const stated = statedValue(due, objectId, view, isConcerned);
  const starts = earlier.filter(({ name }) => name === due.after);
  if (stated === undefined && (due.kind === 'stated-date' || starts.length === 0)) return UNBOUND;
  const startedAt = startOf(
    objectId,
    awaitedBy.length === 0 ? starts : starts.filter((start) => isConcerned(start.objectId)),
    view,
  );
  const node = view.graph.nodes.get(objectId);
  const legalEntity = node?.legalEntity ?? terms.legalEntity;
  const currency = node?.amount?.currency ?? terms.currency;
  const context = {
    calendar: calendarOfRule(due, legalEntity, currency, terms.calendarOf),
    ...(startedAt !== null && { startedAt }),
    ...(attribute !== undefined && stated !== undefined && { statedDates: { [attribute]: stated } }),
  };
  return {
    ruleKind: due.commitment,
    startedAt: allowedFrom(due, context) ?? null,
    dueAt: dueAt(due, context) ?? null,
  };
}

/**
 * When the clock started. A milestone of the same object, or of the transaction, starts it; one of other objects does for what
 * lies downstream of them, when the last of them is reached, and for an object that is still to come when the first is. One more
 * that is still to come beside them starts nothing.
 */
function startOf(objectId: Uuid, starts: readonly Reached[], view: TransactionView): Instant | null {
  const isToCome = objectId === NIL_UUID;
  const isOfTransaction = starts.every((start) => start.objectId === NIL_UUID);
  const own = isOfTransaction ? starts[0] : starts.find((start) => !isToCome && start.objectId === objectId);
  if (own !== undefined) return own.reachedAt;
  const times = starts
    .filter((start) => isToCome || view.isDownstream(start.objectId, objectId))
    .flatMap((start) => start.reachedAt ?? [])
    .sort();
  return (isToCome ? times[0] : times.at(-1)) ?? null;
}

/** The date or period that the object states, or else the earliest that one upstream of it does. */
function statedValue(
  due: MilestoneDueRule,
  objectId: Uuid,
  view: TransactionView,
  isConcerned: (id: Uuid) => boolean,
): string | undefined {
  const attribute = attributeOf(due);
  if (attribute === undefined || due.of === null) return undefined;
  const isValid = (text: string) =>
    due.kind === 'stated-date' ? isStatedDate(text) : monthOfPeriod(text) !== undefined;
  const statedBy = (id: Uuid) => {
    const attributes = view.graph.nodes.get(id)?.attributes ?? {};
    // Senders choose the names: "constructor" is one that every object has without its being stated.
    const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    return value !== undefined && isValid(value) ? [value] : [];
  };
  if (view.graph.nodes.get(objectId)?.type === due.of) return statedBy(objectId)[0];
  return view
    .membersOf(due.of)
    .flatMap((id) => statedBy(id).map((value) => ({ id, value })))
    .filter(({ id }) => (objectId === NIL_UUID ? isConcerned(id) : view.isDownstream(id, objectId)))
    .map(({ value }) => value)
    .sort()[0];
}

function areOnOneWay(one: Uuid, other: Uuid, view: TransactionView): boolean {
  return one === other || one === NIL_UUID || view.isDownstream(one, other) || view.isDownstream(other, one);
}
