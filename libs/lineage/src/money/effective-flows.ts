import {
  type Money,
  type Uuid,
  addMoney,
  compareMoney,
  isZero,
  subtractMoney,
  sumMoney,
  zeroMoney,
} from '@throughline/canonical';
import { grouped } from './grouped.js';
import { type MoneyFlow, type MoneyNodes, flowKey } from './money-flows.js';
import type { MoneyRole } from './money-vocabulary.js';
import { undoingRoleOf } from './undone-objects.js';

/** Rounds after which what was undone, and undone again, stands; longer chains of reversals are not followed. */
const MOST_UNDO_ROUNDS = 8;

type Undoing = Extract<MoneyRole, 'returns' | 'reverses'>;

/**
 * The flows as they count: what was returned, reversed, cancelled or rejected is taken from the flows into the object, first from what nothing
 * explains, then from the latest flow; a prepayment counts until it is applied to an invoice, a credit memo until it is
 * refunded.
 */
export function effectiveFlows(nodes: MoneyNodes, flows: readonly MoneyFlow[]): MoneyFlow[] {
  const stated = withoutAppliedPrepayments(flows);
  let current = stated;
  for (let round = 0; round < MOST_UNDO_ROUNDS; round += 1) {
    const next = undo(nodes, stated, undoneOf(nodes, current));
    const isStable = next.every((flow, index) => isSame(flow.left, current[index]?.left ?? null));
    current = next;
    if (isStable) break;
  }
  return withoutRefundedCredits(current);
}

/**
 * What was returned or reversed of each object, in its own currency, by links or by what happened to the object itself. Of objects
 * without flows only those that are `asked` about are known.
 */
export function undoneOf(
  nodes: MoneyNodes,
  flows: readonly MoneyFlow[],
  roles: readonly Undoing[] = ['returns', 'reverses'],
  asked: readonly Uuid[] = [],
): Map<Uuid, Money> {
  const undone = new Map<Uuid, Money>();
  for (const { fromObjectId, role, left } of flows) {
    if (!roles.some((one) => one === role) || left === null) continue;
    const known = undone.get(fromObjectId);
    if (known === undefined) undone.set(fromObjectId, left);
    else if (known.currency === left.currency) undone.set(fromObjectId, addMoney(known, left));
  }
  const itself = undoneThemselves(nodes, flows, asked);
  const outOf = grouped(
    flows.filter(({ fromObjectId, role }) => role === 'passes' && itself.has(fromObjectId)),
    ({ fromObjectId }) => fromObjectId,
  );
  for (const [objectId, undoing] of itself) {
    const amount = nodes.get(objectId)?.amount ?? null;
    if (!roles.includes(undoing) || amount === null) continue;
    const whole = undoing === 'returns' ? amount : lessGoneOn(amount, outOf.get(objectId) ?? []);
    const known = undone.get(objectId);
    if (known?.currency !== whole.currency || compareMoney(known, whole) < 0) undone.set(objectId, whole);
  }
  return undone;
}

/** Objects to which it happened that they were undone. What is there to take back another one is undone by links alone. */
function undoneThemselves(
  nodes: MoneyNodes,
  flows: readonly MoneyFlow[],
  asked: readonly Uuid[] = [],
): Map<Uuid, Undoing> {
  // Nearly everything stands: then nothing needs to be looked for.
  if (!isAnyUndone(nodes)) return new Map();
  const ends = new Set([...flows.flatMap(({ fromObjectId, toObjectId }) => [fromObjectId, toObjectId]), ...asked]);
  const reversals = new Set(flows.filter(({ role }) => role === 'reverses').map(({ toObjectId }) => toObjectId));
  return new Map(
    [...ends].flatMap((objectId) => {
      const node = nodes.get(objectId);
      return node === undefined || node.undoneAt === null || reversals.has(objectId)
        ? []
        : [[objectId, undoingRoleOf(node.type)] as const];
    }),
  );
}

function isAnyUndone(nodes: MoneyNodes): boolean {
  for (const { undoneAt } of nodes.values()) if (undoneAt !== null) return true;
  return false;
}

/** A document that is undone is undone as far as nothing has gone on from it: the rest of an order, an invoice that nobody paid. */
function lessGoneOn(amount: Money, passing: readonly MoneyFlow[]): Money {
  const goneOn = passing
    .flatMap(({ left, less }) => [left, ...less.map((each) => each.amount)])
    .filter((each) => each?.currency === amount.currency)
    .map((each) => each!);
  return atLeastZero(subtractMoney(amount, sumMoney(goneOn, amount.currency)));
}

function undo(nodes: MoneyNodes, flows: readonly MoneyFlow[], undone: ReadonlyMap<Uuid, Money>): MoneyFlow[] {
  const changed = new Map<string, MoneyFlow>();
  const itself = undoneThemselves(nodes, flows);
  if (undone.size === 0 && itself.size === 0) return [...flows];
  const isGone = (objectId: Uuid) => {
    const amount = nodes.get(objectId)?.amount ?? null;
    const taken = undone.get(objectId);
    return itself.has(objectId) && (amount === null || (taken !== undefined && compareMoney(taken, amount) >= 0));
  };
  for (const flow of flows) {
    // Also where nobody says how much flows, or in which currency it arrives.
    if (flow.role !== 'mirrors' && isGone(flow.toObjectId)) changed.set(flowKey(flow), emptied(flow, nodes));
  }
  for (const [objectId, whole] of undone) {
    if (isGone(objectId)) continue;
    const into = flows
      .filter((flow) => flow.toObjectId === objectId && flow.role !== 'mirrors')
      .filter(({ arrived }) => arrived?.currency === whole.currency);
    let rest = lessUnexplained(nodes.get(objectId)?.amount ?? null, into, whole);
    for (const flow of into.toReversed()) {
      if (isZero(rest)) break;
      const arrived = flow.arrived!;
      const isWhole = compareMoney(rest, arrived) >= 0 || compareMoney(rest, arrivedWith(flow)) >= 0;
      changed.set(flowKey(flow), isWhole ? emptied(flow) : reduced(flow, rest));
      rest = isWhole ? atLeastZero(subtractMoney(rest, arrivedWith(flow))) : zeroMoney(rest.currency);
    }
  }
  return flows.map((flow) => changed.get(flowKey(flow)) ?? flow);
}

/** What was undone beyond the part that no flow explains. */
function lessUnexplained(amount: Money | null, into: readonly MoneyFlow[], undone: Money): Money {
  if (amount?.currency !== undone.currency) return undone;
  const explained = sumMoney(into.map(arrivedWith), undone.currency);
  const unexplained = atLeastZero(subtractMoney(amount, explained));
  return atLeastZero(subtractMoney(undone, unexplained));
}

/** A prepayment counts for the order until it is applied to an invoice: then the invoice passes the same money. */
function withoutAppliedPrepayments(flows: readonly MoneyFlow[]): MoneyFlow[] {
  const settles = grouped(
    flows.filter(({ qualifier }) => qualifier === 'settles'),
    ({ toObjectId }) => toObjectId,
  );
  return takenOver(
    flows,
    'prepays',
    ({ toObjectId }) => (settles.get(toObjectId) ?? []).flatMap(({ arrived }) => arrived ?? []),
    reduced,
  );
}

/** A credit memo settles its invoice until it is refunded. A refund that also hangs on the payment is already taken from that. */
function withoutRefundedCredits(flows: readonly MoneyFlow[]): MoneyFlow[] {
  const refunds = flows.filter(({ qualifier }) => qualifier === 'refunds');
  const ofPayments = new Set(refunds.filter(({ role }) => role === 'returns').map(({ toObjectId }) => toObjectId));
  const ofCredits = grouped(
    refunds.filter(({ role, toObjectId }) => role === 'passes' && !ofPayments.has(toObjectId)),
    ({ fromObjectId }) => fromObjectId,
  );
  return takenOver(
    flows,
    'credits',
    ({ toObjectId }) => (ofCredits.get(toObjectId) ?? []).flatMap(({ left }) => left ?? []),
    // The memo still follows from its invoice; it only does not pay for it.
    (flow, part) => ({ ...flow, left: reduced(flow, part).left }),
  );
}

/** Takes what others took over from the flows of one qualifier, the earliest first. */
function takenOver(
  flows: readonly MoneyFlow[],
  qualifier: string,
  takenFrom: (flow: MoneyFlow) => readonly Money[],
  reduce: (flow: MoneyFlow, part: Money) => MoneyFlow,
): MoneyFlow[] {
  const available = new Map<string, Money>();
  return flows.map((flow) => {
    if (flow.qualifier !== qualifier || flow.arrived === null) return flow;
    const { currency } = flow.arrived;
    const place = `${flow.toObjectId}/${currency}`;
    const rest =
      available.get(place) ??
      sumMoney(
        takenFrom(flow).filter((amount) => amount.currency === currency),
        currency,
      );
    const taken = compareMoney(rest, flow.arrived) >= 0 ? flow.arrived : rest;
    available.set(place, subtractMoney(rest, taken));
    return isZero(taken) ? flow : reduce(flow, taken);
  });
}

function emptied(flow: MoneyFlow, nodes?: MoneyNodes): MoneyFlow {
  const nothing = (amount: Money | null, end: Uuid) => {
    const known = amount ?? nodes?.get(end)?.amount ?? null;
    return known && zeroMoney(known.currency);
  };
  const [left, arrived] = [nothing(flow.left, flow.fromObjectId), nothing(flow.arrived, flow.toObjectId)];
  return { ...flow, left, arrived, less: [], more: [] };
}

/** Less by a part. How much of it that is in the other currency of a converted flow nobody stated, so that end is not known. */
function reduced(flow: MoneyFlow, part: Money): MoneyFlow {
  const arrived = flow.arrived && subtractMoney(flow.arrived, part);
  if (arrived && isZero(arrived)) return emptied(flow);
  return { ...flow, arrived, left: flow.left?.currency === part.currency ? subtractMoney(flow.left, part) : null };
}

/** What arrives at the end of a flow, with what was added or lost on the way. */
export function arrivedWith({ arrived, more }: MoneyFlow): Money {
  return sumMoney([arrived!, ...more.map(({ amount }) => amount)], arrived!.currency);
}

function atLeastZero(amount: Money): Money {
  const zero = zeroMoney(amount.currency);
  return compareMoney(amount, zero) < 0 ? zero : amount;
}

function isSame(left: Money | null, right: Money | null): boolean {
  return left === right || (left !== null && right !== null && compareMoney(left, right) === 0);
}
