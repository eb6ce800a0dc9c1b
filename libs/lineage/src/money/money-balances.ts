import { type Money, type Uuid, isNegative, isZero, subtractMoney, sumMoney, zeroMoney } from '@throughline/canonical';
import { effectiveFlows, undoneOf } from './effective-flows.js';
import { grouped } from './grouped.js';
import {
  type Explanation,
  type MoneyFlow,
  type MoneyLink,
  type MoneyNode,
  type MoneyNodes,
  flowsOf,
} from './money-flows.js';
import { absolute, isWithin, type ToleranceOf } from './money-tolerance.js';
import { CASH_TYPES, PASSING_ON, TOTAL_TYPES } from './money-vocabulary.js';

/**
 * How one side of an object stands.
 *
 * - both sides: `balanced`, `within-tolerance`, `unknown` (a link says no amount), `no-rate` (a link is in another currency)
 * - `in`: `unapplied` (cash that no document explains), `unfounded` (a document of more than it follows from), `overdrawn`
 *   (less than what was taken for it)
 * - `out`: `open` (has not gone on yet), `short` (settled, and something is missing), `over` (more went on than there is)
 * - `pair`: `differs` (the other side's document says another amount)
 */
export type Standing =
  | 'balanced'
  | 'within-tolerance'
  | 'unknown'
  | 'no-rate'
  | 'unapplied'
  | 'unfounded'
  | 'overdrawn'
  | 'open'
  | 'short'
  | 'over'
  | 'differs';

const BREAKS: ReadonlySet<Standing> = new Set<Standing>(['unfounded', 'overdrawn', 'short', 'over', 'differs']);

/** What flows on one side of an object, and what is left. */
export type SideBalance = {
  side: 'in' | 'out' | 'pair';
  /** What the flows carry, without explanations. */
  flows: Money;
  explained: readonly Explanation[];
  /** The object's amount less flows and explanations, with its sign; null when it cannot be known. */
  residual: Money | null;
  standing: Standing;
  isBreak: boolean;
};

/** An object's money in one currency. */
export type MoneyBalance = {
  objectId: Uuid;
  currency: string;
  /** As stated; null when the object has none in this currency. */
  amount: Money | null;
  /** What was returned, reversed, cancelled or rejected of it. */
  undone: Money;
  sides: readonly SideBalance[];
  /** The breaks of all sides, without their signs. Zero = everything is explained or still open. */
  unexplained: Money;
};

const NO_TOLERANCE: ToleranceOf = () => null;

/**
 * What flows in and out of each object and what is left unexplained, by object and currency, so that a break stands at the
 * object where it arises. Depends on the set of nodes and links alone. `links` must hold all links of an object whose
 * balance is to be trusted, and `nodes` both ends of each; `of` picks the objects to answer for, all by default.
 */
export function balanceMoney(
  nodes: MoneyNodes,
  links: readonly MoneyLink[],
  toleranceOf: ToleranceOf = NO_TOLERANCE,
  of: Iterable<Uuid> = nodes.keys(),
): MoneyBalance[] {
  return balanceFlows(nodes, effectiveFlows(nodes, flowsOf(nodes, links)), toleranceOf, of);
}

/** The same from flows as they count. */
export function balanceFlows(
  nodes: MoneyNodes,
  flows: readonly MoneyFlow[],
  toleranceOf: ToleranceOf,
  of: Iterable<Uuid>,
): MoneyBalance[] {
  const into = grouped(flows, ({ toObjectId }) => toObjectId);
  const outOf = grouped(flows, ({ fromObjectId }) => fromObjectId);
  const asked = [...new Set(of)].sort();
  const undone = {
    any: undoneOf(nodes, flows, undefined, asked),
    reversed: undoneOf(nodes, flows, ['reverses'], asked),
  };
  return asked.flatMap((objectId) => {
    const node = nodes.get(objectId);
    if (node === undefined || TOTAL_TYPES.has(node.type)) return [];
    const around = { nodes, into: into.get(objectId) ?? [], outOf: outOf.get(objectId) ?? [] };
    const currencies = new Set(
      [
        node.amount,
        ...around.into.filter(({ role }) => role !== 'mirrors').map(({ arrived }) => arrived),
        ...around.outOf.filter(({ role }) => role === 'passes').map(({ left }) => left),
      ].flatMap((amount) => amount?.currency ?? []),
    );
    return [...currencies].sort().map((currency) => {
      const amount = node.amount?.currency === currency ? node.amount : null;
      const taken = {
        any: inCurrency(undone.any.get(objectId), currency),
        reversed: inCurrency(undone.reversed.get(objectId), currency),
      };
      const sides = [
        inSide(node, amount, taken.any, currency, around, toleranceOf),
        outSide(node, amount, taken.reversed, currency, around, toleranceOf),
        pairSide(node, amount, around, toleranceOf),
      ].filter((side) => side !== null);
      const breaks = sides.flatMap(({ isBreak, residual }) => (isBreak && residual !== null ? absolute(residual) : []));
      return { objectId, currency, amount, undone: taken.any, sides, unexplained: sumMoney(breaks, currency) };
    });
  });
}

type Around = { nodes: MoneyNodes; into: readonly MoneyFlow[]; outOf: readonly MoneyFlow[] };

function inSide(
  node: MoneyNode,
  amount: Money | null,
  undone: Money,
  currency: string,
  { nodes, into }: Around,
  toleranceOf: ToleranceOf,
): SideBalance | null {
  const arriving = into.filter(({ role }) => role !== 'mirrors');
  const here = arriving.filter(({ arrived }) => arrived?.currency === currency);
  if (arriving.length === 0 && !CASH_TYPES.has(node.type)) return null;
  if (here.length === 0 && amount === null) return null;
  const flows = here.reduce(
    (sum, flow) =>
      isAgainst(node, flow, nodes) ? subtractMoney(sum, flow.arrived!) : sumMoney([sum, flow.arrived!], currency),
    zeroMoney(currency),
  );
  const explained = here.flatMap(({ more }) => more);
  const standing = (residual: Money): Standing => {
    if (isZero(residual)) return 'balanced';
    if (here.length > 0 && isWithin(residual, amount!, toleranceOf(node.legalEntity, currency)))
      return 'within-tolerance';
    if (isNegative(residual)) return 'overdrawn';
    return CASH_TYPES.has(node.type) ? 'unapplied' : 'unfounded';
  };
  const rest = amount && subtractMoney(subtractMoney(subtractMoney(amount, undone), flows), sumOf(explained, currency));
  return sideOf(
    'in',
    flows,
    explained,
    unclear(
      amount,
      arriving.map(({ arrived }) => arrived),
    ),
    rest,
    standing,
  );
}

function outSide(
  node: MoneyNode,
  amount: Money | null,
  reversed: Money,
  currency: string,
  { into, outOf }: Around,
  toleranceOf: ToleranceOf,
): SideBalance | null {
  const leaving = outOf.filter(({ role }) => role === 'passes');
  const here = leaving.filter(({ left }) => left?.currency === currency);
  // What reverses another document is there to take it back, and passes nothing on.
  const passesOn = PASSING_ON.has(node.type) && !into.some(({ role }) => role === 'reverses');
  if (leaving.length === 0 && !passesOn) return null;
  if (here.length === 0 && amount === null) return null;
  const flows = sumMoney(
    here.map(({ left }) => left!),
    currency,
  );
  const explained = here.flatMap(({ less }) => less);
  const standing = (residual: Money): Standing => {
    if (isZero(residual)) return 'balanced';
    const hasMoved = !isZero(flows);
    if (hasMoved && isWithin(residual, amount!, toleranceOf(node.legalEntity, currency))) return 'within-tolerance';
    if (isNegative(residual)) return 'over';
    return node.isSettled ? 'short' : 'open';
  };
  const rest =
    amount && subtractMoney(subtractMoney(subtractMoney(amount, reversed), flows), sumOf(explained, currency));
  return sideOf(
    'out',
    flows,
    explained,
    unclear(
      amount,
      leaving.map(({ left }) => left),
    ),
    rest,
    standing,
  );
}

/** The document of the other side of an intercompany pair, compared at the one that follows. */
function pairSide(
  node: MoneyNode,
  amount: Money | null,
  { nodes, into }: Around,
  toleranceOf: ToleranceOf,
): SideBalance | null {
  const mirrored = into.filter(({ role }) => role === 'mirrors');
  if (mirrored.length === 0 || amount === null) return null;
  const { currency } = amount;
  const others = mirrored.map((flow) => nodes.get(flow.fromObjectId)?.amount ?? null);
  const flows = sumMoney(
    others.filter((other) => other?.currency === currency).map((other) => other!),
    currency,
  );
  const standing = (residual: Money): Standing => {
    if (isZero(residual)) return 'balanced';
    return isWithin(residual, amount, toleranceOf(node.legalEntity, currency)) ? 'within-tolerance' : 'differs';
  };
  return sideOf('pair', flows, [], unclear(amount, others), subtractMoney(amount, flows), standing);
}

function sideOf(
  side: SideBalance['side'],
  flows: Money,
  explained: readonly Explanation[],
  unclearBecause: 'unknown' | 'no-rate' | null,
  rest: Money | null,
  standingOf: (residual: Money) => Standing,
): SideBalance {
  if (unclearBecause !== null || rest === null) {
    return { side, flows, explained, residual: null, standing: unclearBecause ?? 'no-rate', isBreak: false };
  }
  const standing = standingOf(rest);
  return { side, flows, explained, residual: rest, standing, isBreak: BREAKS.has(standing) };
}

/** Why a side cannot be added up: a flow says no amount, or it is in another currency and says no rate. */
function unclear(amount: Money | null, amounts: readonly (Money | null)[]): 'unknown' | 'no-rate' | null {
  if (amounts.includes(null)) return 'unknown';
  return amounts.some((other) => other?.currency !== amount?.currency) ? 'no-rate' : null;
}

/** In a settlement what is owed the other way is taken off. */
function isAgainst(node: MoneyNode, flow: MoneyFlow, nodes: MoneyNodes): boolean {
  const direction = nodes.get(flow.fromObjectId)?.direction ?? null;
  return flow.qualifier === 'nets' && direction !== null && node.direction !== null && direction !== node.direction;
}

function sumOf(explained: readonly Explanation[], currency: string): Money {
  return sumMoney(
    explained.map(({ amount }) => amount),
    currency,
  );
}

function inCurrency(amount: Money | undefined, currency: string): Money {
  return amount?.currency === currency ? amount : zeroMoney(currency);
}
