import { type Direction, type Money, type Uuid, addMoney, compareMoney, isZero, money } from '@throughline/canonical';
import { grouped } from './grouped.js';
import type { MoneyBalance } from './money-balances.js';
import { directionOf } from './money-direction.js';
import { PASSING_ON } from './money-vocabulary.js';

/** What else hangs on a document that is stuck: plans and reports that count on its money. */
const AFFECTED: ReadonlySet<string> = new Set(['cash-forecast', 'forecast-version', 'report']);
/** A cash position is wrong only when the bank's own word is missing or inconsistent, never because a document is stuck. */
const MAKES_POSITIONS: ReadonlySet<string> = new Set(['bank-statement', 'bank-account']);
const RECEIVABLE = 'invoice';
const PAYABLES: ReadonlySet<string> = new Set(['supplier-invoice', 'expense-report']);

/** An object on the way downstream. */
export type ImpactNode = {
  objectId: Uuid;
  type: string;
  isHub: boolean;
  amount: Money | null;
  direction: Direction | null;
};

/** A flow link of the way. */
export type ImpactLink = { fromObjectId: Uuid; toObjectId: Uuid; qualifier: string; amount: Money | null };

/** What is affected, with the money that hangs on it: inflow and outflow apart, one amount a currency. */
export type Affected = {
  objectId: Uuid;
  kind: 'receivable' | 'payable' | 'cash-forecast' | 'forecast-version' | 'report' | 'cash-position';
  inflow: Money[];
  outflow: Money[];
  /** Documents whose money it is. */
  documents: number;
  /** False when the amount or direction of a document is not known: then it is more than is said. */
  isComplete: boolean;
};

/** What is still open at an object: null when it cannot be known, undefined when it passes nothing on. */
export function openAmountOf(balances: readonly MoneyBalance[]): Money | null | undefined {
  const own = balances.find(({ amount }) => amount !== null);
  const out = own?.sides.find(({ side }) => side === 'out');
  if (own === undefined) return null;
  if (out === undefined) return undefined;
  if (out.standing === 'unknown' || out.standing === 'no-rate') return null;
  return out.standing === 'open' || out.standing === 'short' ? out.residual : money('0', own.currency);
}

/**
 * Everything downstream of the start that counts on its money. Each unit of money counts once for each plan: the billed part
 * of an order on the invoice, the rest on the order. `begins`: where the way begins instead, when the start itself passes
 * nothing on (a customer, an account).
 */
export function impactOf(
  startId: Uuid,
  nodes: ReadonlyMap<Uuid, ImpactNode>,
  links: readonly ImpactLink[],
  openOf: (objectId: Uuid) => Money | null | undefined,
  begins: readonly Uuid[] = [startId],
): Affected[] {
  const start = nodes.get(startId);
  const outOf = grouped(links, ({ fromObjectId }) => fromObjectId);
  const members = [...nodes.values()].filter(({ isHub }) => !isHub);
  const affected: Affected[] = [];
  const parts = new Map<Uuid, Map<Uuid, Money | null>>();
  for (const member of members) {
    const open = openOf(member.objectId);
    if (member.type === RECEIVABLE || PAYABLES.has(member.type)) {
      if (open === undefined || (open !== null && isZero(open))) continue;
      const kind = member.type === RECEIVABLE ? 'receivable' : 'payable';
      affected.push({ objectId: member.objectId, kind, ...totalOf([[member, open]]) });
    }
  }
  for (const member of members) {
    for (const link of outOf.get(member.objectId) ?? []) {
      if (!nodes.get(link.toObjectId)?.isHub) continue;
      const part = partOf(member, link, openOf(member.objectId));
      for (const hubId of hubsFrom(link.toObjectId, nodes, outOf)) {
        const known = parts.get(hubId) ?? new Map<Uuid, Money | null>();
        parts.set(hubId, known.set(member.objectId, larger(known.get(member.objectId), part)));
      }
    }
  }
  for (const id of begins) {
    if (nodes.get(id)?.isHub !== true) continue;
    for (const hubId of hubsFrom(id, nodes, outOf)) if (!parts.has(hubId)) parts.set(hubId, new Map());
  }
  for (const [hubId, ofMembers] of parts) {
    const { type } = nodes.get(hubId)!;
    const isAffected =
      hubId !== startId && (AFFECTED.has(type) || (type === 'cash-position' && MAKES_POSITIONS.has(start?.type ?? '')));
    if (!isAffected) continue;
    const counted = [...ofMembers].filter(([, part]) => part === null || !isZero(part));
    if (counted.length === 0 && ofMembers.size > 0) continue;
    const total = totalOf(counted.map(([memberId, part]) => [nodes.get(memberId)!, part]));
    affected.push({ objectId: hubId, kind: type as Affected['kind'], ...total });
  }
  return affected.sort(
    (left, right) => compareText(left.kind, right.kind) || compareText(left.objectId, right.objectId),
  );
}

/** What of a document's money is in a plan: no more than the link says, and no more than is still open. */
function partOf(member: ImpactNode, link: ImpactLink, open: Money | null | undefined): Money | null {
  const stated = link.amount ?? member.amount;
  if (!PASSING_ON.has(member.type) || open === undefined || open === null) return stated;
  if (stated === null || stated.currency !== open.currency) return open;
  return compareMoney(stated, open) <= 0 ? stated : open;
}

function hubsFrom(
  hubId: Uuid,
  nodes: ReadonlyMap<Uuid, ImpactNode>,
  outOf: ReadonlyMap<Uuid, readonly ImpactLink[]>,
): Set<Uuid> {
  const reached = new Set([hubId]);
  for (const id of reached) {
    for (const { toObjectId } of outOf.get(id) ?? []) if (nodes.get(toObjectId)?.isHub) reached.add(toObjectId);
  }
  return reached;
}

function totalOf(
  parts: readonly (readonly [ImpactNode, Money | null])[],
): Pick<Affected, 'inflow' | 'outflow' | 'documents' | 'isComplete'> {
  const directed = parts.map(([node, part]) => ({ direction: directionOf(node.type, node.direction), part }));
  const of = (direction: Direction) =>
    directed.flatMap((each) => (each.direction === direction && each.part !== null ? [each.part] : []));
  return {
    inflow: sumByCurrency(of('inflow')),
    outflow: sumByCurrency(of('outflow')),
    documents: parts.length,
    isComplete: directed.every(({ direction, part }) => direction !== null && part !== null),
  };
}

/** One sum a currency, in the order of their codes. */
export function sumByCurrency(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, Money>();
  for (const amount of amounts) {
    const known = sums.get(amount.currency);
    sums.set(amount.currency, known ? addMoney(known, amount) : amount);
  }
  return [...sums.values()].sort((left, right) => compareText(left.currency, right.currency));
}

function larger(known: Money | null | undefined, part: Money | null): Money | null {
  if (known === undefined || known === null) return part;
  return part === null || part.currency !== known.currency || compareMoney(part, known) <= 0 ? known : part;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
