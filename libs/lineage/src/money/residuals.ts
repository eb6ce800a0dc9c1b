import { type Instant, type Money, type Uuid, compareMoney, isZero } from '@throughline/canonical';
import { effectiveFlows } from './effective-flows.js';
import { directionOf } from './money-direction.js';
import { type MoneyBalance, type SideBalance, type Standing, balanceFlows } from './money-balances.js';
import { type MoneyFlow, type MoneyLink, type MoneyNode, type MoneyNodes, flowsOf } from './money-flows.js';
import { type ToleranceOf, absolute } from './money-tolerance.js';

/** What a rest that nothing explains is called. */
export type ResidualKind = 'short-payment' | 'over-payment' | 'duplicate-payment' | 'amount-mismatch';

/** A rest of money at one object that somebody has to look at. */
export type Residual = {
  objectId: Uuid;
  kind: ResidualKind;
  side: SideBalance['side'];
  standing: Standing;
  /** The rest, without a sign. */
  amount: Money;
  /** What the object says, and what the money around it says. */
  whole: Money;
  flows: Money;
  /** When the last of that moved; null = nothing did. */
  since: Instant | null;
};

/** How far the transactions of an object are: done, past a due time of ours, or neither. */
export type MoneyProgress = 'complete' | 'overdue' | 'running';

type Rule = {
  side: SideBalance['side'];
  standing: Standing;
  /** At which types, all by default. */
  types?: readonly string[];
  /** Money that comes in, or goes out; both by default. */
  direction?: 'inflow' | 'outflow';
  /** Only where a part of it has moved: what has not begun is open, and late if it is late. */
  hasMoved?: true;
  /** From which progress on. What its source has settled, and two documents that must agree, differ whatever is to come. */
  from: MoneyProgress;
  kind: ResidualKind;
};

/** Which rests are somebody's work. The first that fits decides; what fits none is on its way, or looked after elsewhere. */
const RULES: readonly Rule[] = [
  {
    side: 'out',
    standing: 'open',
    types: ['invoice'],
    direction: 'inflow',
    hasMoved: true,
    from: 'complete',
    kind: 'short-payment',
  },
  { side: 'out', standing: 'short', types: ['invoice'], direction: 'inflow', from: 'running', kind: 'short-payment' },
  { side: 'out', standing: 'short', from: 'running', kind: 'amount-mismatch' },
  { side: 'out', standing: 'over', types: ['invoice', 'supplier-invoice'], from: 'overdue', kind: 'over-payment' },
  { side: 'out', standing: 'over', from: 'overdue', kind: 'amount-mismatch' },
  {
    side: 'in',
    standing: 'unapplied',
    types: ['payment'],
    direction: 'inflow',
    hasMoved: true,
    from: 'complete',
    kind: 'over-payment',
  },
  { side: 'in', standing: 'overdrawn', from: 'overdue', kind: 'amount-mismatch' },
  { side: 'in', standing: 'unfounded', from: 'overdue', kind: 'amount-mismatch' },
  { side: 'pair', standing: 'differs', from: 'running', kind: 'amount-mismatch' },
];

const AS_FAR: readonly MoneyProgress[] = ['running', 'overdue', 'complete'];

/**
 * Rests that nothing explains, of the objects asked about. Each unit of money is told once: a rest that is open because more went
 * on upstream than there is is told there, and so is one whose object, or a neighbour in the flow of money, has `told` of it
 * already (a price that differs, a duplicate). Depends on the sets alone.
 */
export function residualsOf(
  nodes: MoneyNodes,
  links: readonly MoneyLink[],
  toleranceOf: ToleranceOf,
  progressOf: ReadonlyMap<Uuid, MoneyProgress>,
  told: ReadonlySet<Uuid>,
): Residual[] {
  const flows = effectiveFlows(nodes, flowsOf(nodes, links));
  const near = new Map<Uuid, MoneyFlow[]>();
  for (const flow of flows) {
    for (const end of [flow.fromObjectId, flow.toObjectId]) {
      const known = near.get(end);
      if (known) known.push(flow);
      else near.set(end, [flow]);
    }
  }
  const upstream = new Set(
    [...progressOf.keys()].flatMap((id) => (near.get(id) ?? []).map(({ fromObjectId }) => fromObjectId)),
  );
  const balances = balanceFlows(nodes, flows, toleranceOf, [...new Set([...progressOf.keys(), ...upstream])]);
  const overdrawnAt = new Set(
    balances.filter(({ sides }) => sides.some(({ standing }) => standing === 'over')).map(({ objectId }) => objectId),
  );
  return balances.flatMap((balance) => {
    const node = nodes.get(balance.objectId);
    const progress = progressOf.get(balance.objectId);
    if (node === undefined || progress === undefined) return [];
    const around = near.get(balance.objectId) ?? [];
    if (isTold(balance.objectId, around, told)) return [];
    return balance.sides.flatMap((side) => {
      const rule = RULES.find((one) => fits(one, node, side, progress));
      if (rule === undefined || side.residual === null || balance.amount === null) return [];
      if (side.standing === 'open' && around.some((flow) => comesFrom(flow, balance.objectId, overdrawnAt))) return [];
      return [residualOf(balance, balance.amount, side, side.residual, rule, around)];
    });
  });
}

function isTold(objectId: Uuid, around: readonly MoneyFlow[], told: ReadonlySet<Uuid>): boolean {
  return (
    told.has(objectId) || around.some(({ fromObjectId, toObjectId }) => told.has(fromObjectId) || told.has(toObjectId))
  );
}

function comesFrom({ fromObjectId, toObjectId }: MoneyFlow, objectId: Uuid, sources: ReadonlySet<Uuid>): boolean {
  return toObjectId === objectId && sources.has(fromObjectId);
}

function fits(rule: Rule, node: MoneyNode, { side, standing, flows }: SideBalance, progress: MoneyProgress): boolean {
  return (
    rule.side === side &&
    rule.standing === standing &&
    (rule.types?.includes(node.type) ?? true) &&
    (rule.direction === undefined || directionOf(node.type, node.direction) === rule.direction) &&
    (rule.hasMoved !== true || !isZero(flows)) &&
    AS_FAR.indexOf(progress) >= AS_FAR.indexOf(rule.from)
  );
}

function residualOf(
  { objectId }: MoneyBalance,
  whole: Money,
  { side, standing, flows }: SideBalance,
  residual: Money,
  { kind }: Rule,
  around: readonly MoneyFlow[],
): Residual {
  const moved = around.filter((flow) => (side === 'out' ? flow.fromObjectId : flow.toObjectId) === objectId);
  const since =
    moved
      .map(({ since }) => since)
      .sort()
      .at(-1) ?? null;
  const isTwice = kind === 'over-payment' && side === 'out' && isPaidTwice(moved, whole);
  return {
    objectId,
    kind: isTwice ? 'duplicate-payment' : kind,
    side,
    standing,
    amount: absolute(residual),
    whole,
    flows,
    since,
  };
}

/** Two payments that each pay the whole are one too many; parts that come to too much are not. */
function isPaidTwice(moved: readonly MoneyFlow[], whole: Money): boolean {
  const wholes = moved.filter(
    ({ role, left }) => role === 'passes' && left?.currency === whole.currency && compareMoney(left, whole) === 0,
  );
  return wholes.length > 1;
}
