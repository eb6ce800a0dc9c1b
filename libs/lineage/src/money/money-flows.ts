import { type Direction, type Instant, type Money, type Uuid, subtractMoney, zeroMoney } from '@throughline/canonical';
import { grouped } from './grouped.js';
import {
  type ExplanationKind,
  LEADING_QUALIFIERS,
  type MoneyRole,
  explainingRoleOf,
  explanationOf,
  moneyRoleOf,
} from './money-vocabulary.js';

/** What the balance of an object needs to know of it. */
export type MoneyNode = {
  objectId: Uuid;
  type: string;
  legalEntity: string | null;
  amount: Money | null;
  direction: Direction | null;
  /** The source says that nothing more is to come. */
  isSettled: boolean;
  /** When it was cancelled, reversed or rejected, if it has not stood again since. */
  undoneAt: Instant | null;
};

/** A link as far as money is concerned. */
export type MoneyLink = {
  fromObjectId: Uuid;
  toObjectId: Uuid;
  qualifier: string;
  amount: Money | null;
  firstOccurredAt: Instant;
  /** Null = only attempts that failed state it. */
  establishedAt: Instant | null;
};

/** Why the two ends of a flow differ. */
export type Explanation = { kind: ExplanationKind; amount: Money };

/**
 *     from ──left──► [ less ] ──►──── [ more ] ──arrived──► to
 *
 * One flow of money between two objects, with the links that stand beside it. `left` is in the currency of `from`,
 * `arrived` in that of `to`, both without the explanations; null = not known. In `more` an amount with a minus is lost on arrival.
 */
export type MoneyFlow = {
  fromObjectId: Uuid;
  toObjectId: Uuid;
  qualifier: string;
  role: Extract<MoneyRole, 'passes' | 'returns' | 'reverses' | 'mirrors'>;
  since: Instant;
  left: Money | null;
  arrived: Money | null;
  less: readonly Explanation[];
  more: readonly Explanation[];
};

export type MoneyNodes = ReadonlyMap<Uuid, MoneyNode>;

/**
 * The flows of a set of links, in a fixed order. A link without an amount passes the whole of the object below, if that
 * hangs on this one alone. Explanations belong to the flow between the same two objects.
 */
export function flowsOf(nodes: MoneyNodes, links: readonly MoneyLink[]): MoneyFlow[] {
  const distinct = new Map(links.map((link) => [`${pairOf(link)}/${link.qualifier}`, link]));
  const known = [...distinct.values()]
    .filter((link) => countsSince(link) !== null)
    .filter(
      (link) => link.fromObjectId !== link.toObjectId && nodes.has(link.fromObjectId) && nodes.has(link.toObjectId),
    );
  const beside = grouped(known, pairOf);
  const flows = known.flatMap((link) => flowOf(nodes, link, beside.get(pairOf(link)) ?? []) ?? []);
  return withoutShortcuts(nodes, withWholeAmounts(nodes, mergedPairs(flows))).sort(compareFlows);
}

/** Since when a link counts; null = it does not: an attempt to pay, credit, give back or explain that failed moved nothing. */
export function countsSince({
  qualifier,
  firstOccurredAt,
  establishedAt,
}: Pick<MoneyLink, 'qualifier' | 'firstOccurredAt' | 'establishedAt'>): Instant | null {
  return establishedAt ?? (LEADING_QUALIFIERS.includes(qualifier) ? firstOccurredAt : null);
}

/** Of two flows between the same objects only one has the explanations beside it: what passes money first, then by qualifier. */
function mergedPairs(flows: readonly MoneyFlow[]): MoneyFlow[] {
  return [...grouped(flows, pairOf).values()].flatMap((pair) =>
    pair
      .sort(
        (left, right) =>
          Number(right.role === 'passes') - Number(left.role === 'passes') ||
          compareText(left.qualifier, right.qualifier),
      )
      .map((flow, index) => (index === 0 ? flow : { ...flow, less: [], more: [] })),
  );
}

function flowOf(nodes: MoneyNodes, link: MoneyLink, beside: readonly MoneyLink[]): MoneyFlow | null {
  const from = nodes.get(link.fromObjectId)!;
  const to = nodes.get(link.toObjectId)!;
  const role = moneyRoleOf(link.qualifier, from.type);
  if (role !== 'passes' && role !== 'returns' && role !== 'reverses' && role !== 'mirrors') return null;
  const stated = [
    link.amount,
    ...beside.filter(({ qualifier }) => qualifier === 'converts').map(({ amount }) => amount),
  ].filter((amount) => amount !== null);
  const explanations = beside
    .toSorted((left, right) => compareText(left.qualifier, right.qualifier))
    .flatMap(({ qualifier, amount }) => {
      const kind = explanationOf(qualifier);
      return kind === null || amount === null
        ? []
        : { kind, amount, role: explainingRoleOf(qualifier, from.direction) };
    });
  const left = inCurrencyOf(from, stated);
  const arrived = inCurrencyOf(to, stated);
  return {
    fromObjectId: link.fromObjectId,
    toObjectId: link.toObjectId,
    qualifier: link.qualifier,
    role,
    since: countsSince(link) ?? link.firstOccurredAt,
    left,
    arrived,
    less: explanations.filter((each) => each.role === 'less' && each.amount.currency === left?.currency).map(plain),
    more: explanations.filter(({ amount }) => amount.currency === arrived?.currency).flatMap(arriving(left, arrived)),
  };
}

type Stated = Explanation & { role: MoneyRole | null };

function plain({ kind, amount }: Explanation): Explanation {
  return { kind, amount };
}

/**
 * What an explanation in the currency that arrives does there: `more` adds. `less` has left in the currency of `from`, but where
 * that is another one it is lost on arrival, as a bank fee or a loss on exchange is, and counts with a minus.
 */
function arriving(left: Money | null, arrived: Money | null): (explanation: Stated) => Explanation[] {
  const isConverted = left?.currency !== arrived?.currency;
  return ({ kind, amount, role }) => {
    if (role === 'more') return [{ kind, amount }];
    return isConverted ? [{ kind, amount: subtractMoney(zeroMoney(amount.currency), amount) }] : [];
  };
}

/** The stated amount that is in the object's currency; where none is, the first: it stays in the other currency, and says so. */
function inCurrencyOf(node: MoneyNode, stated: readonly Money[]): Money | null {
  return stated.find(({ currency }) => currency === node.amount?.currency) ?? stated[0] ?? null;
}

function withWholeAmounts(nodes: MoneyNodes, flows: readonly MoneyFlow[]): MoneyFlow[] {
  const intoEach = grouped(
    flows.filter(({ role }) => role !== 'mirrors'),
    ({ toObjectId }) => toObjectId,
  );
  return flows.map((flow) => {
    const whole = nodes.get(flow.toObjectId)?.amount ?? null;
    const isAlone = intoEach.get(flow.toObjectId)?.length === 1;
    return flow.left !== null || whole === null || !isAlone ? flow : { ...flow, left: whole, arrived: whole };
  });
}

/** Links to objects that often have no amount of their own: goods moved, and money only as far as something says how much. */
const GOODS: ReadonlySet<string> = new Set(['delivers', 'receives']);

/**
 *     order ──────bills──────► invoice        the same money twice: the way over the delivery counts, if the delivery has an
 *       └─delivers─► delivery ─bills─┘        amount; else it is no station of money, and the direct link counts
 */
function withoutShortcuts(nodes: MoneyNodes, flows: readonly MoneyFlow[]): MoneyFlow[] {
  const passing = flows.filter(({ role }) => role === 'passes');
  const outOf = grouped(passing, ({ fromObjectId }) => fromObjectId);
  const byKey = new Set(passing.map(flowKey));
  const isStation = (objectId: Uuid) => nodes.get(objectId)?.amount !== null;
  const left = new Set<string>();
  for (const flow of passing) {
    for (const first of outOf.get(flow.fromObjectId) ?? []) {
      const middle = first.toObjectId;
      const second = `${middle}/${flow.toObjectId}/${flow.qualifier}`;
      if (!byKey.has(second)) continue;
      if (isStation(middle)) left.add(flowKey(flow));
      else left.add(flowKey(first)).add(second);
    }
    const movesGoodsAlone = GOODS.has(flow.qualifier) && flow.left === null && !outOf.has(flow.toObjectId);
    if (movesGoodsAlone) left.add(flowKey(flow));
  }
  return flows.filter((flow) => !left.has(flowKey(flow)));
}

function pairOf({ fromObjectId, toObjectId }: Pick<MoneyLink, 'fromObjectId' | 'toObjectId'>): string {
  return `${fromObjectId}/${toObjectId}`;
}

/** Identity of a flow. */
export function flowKey(flow: Pick<MoneyFlow, 'fromObjectId' | 'toObjectId' | 'qualifier'>): string {
  return `${pairOf(flow)}/${flow.qualifier}`;
}

function compareFlows(left: MoneyFlow, right: MoneyFlow): number {
  return (
    compareText(left.since, right.since) ||
    compareText(flowKey(left), flowKey(right)) ||
    compareText(left.role, right.role)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
