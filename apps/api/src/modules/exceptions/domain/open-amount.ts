import { compareMoney, parseMoney, subtractMoney, zeroMoney, type Money } from '@throughline/canonical';
import {
  balanceMoney,
  countsSince,
  openAmountOf,
  type MoneyBalance,
  type MoneyLink,
  type MoneyNodes,
} from '@throughline/lineage';

/** Money from two columns; null when one is missing or cannot be read. */
export function moneyOf(amount: string | null, currency: string | null): Money | null {
  if (amount === null || currency === null) {
    return null;
  }
  const parsed = parseMoney(amount, currency);
  return parsed.ok ? parsed.value : null;
}

/** Problems whose money is what no document explains, not what has not gone on. */
const OF_UNAPPLIED: ReadonlySet<string> = new Set([
  'cash-and-payment.over-payment',
  'cash-and-payment.unidentified-receipt',
]);

/** A payment is not smaller for having been sent in a batch or booked at the bank. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['batches', 'books']);

/**
 * What is left of an object's amount by the money around it: gross, in its own currency, never below zero; null = it has
 * none. `asOf` leaves out what happened then or later: once a problem is overcome, its money at risk stays what it was. What
 * cannot be added up (a link in another currency, or without an amount) takes nothing: rather too much is at risk than too
 * little.
 */
export function openAmount(
  objectId: string,
  nodes: MoneyNodes,
  links: readonly MoneyLink[],
  { asOf, taxonomy }: { asOf: Date | null; taxonomy: string | null },
): Money | null {
  const whole = nodes.get(objectId)?.amount ?? null;
  if (whole === null) {
    return null;
  }
  const before = asOf?.toISOString();
  const counting = links.filter(
    (link) => !ON_THE_WAY.has(link.qualifier) && (before === undefined || (countsSince(link) ?? before) < before),
  );
  const standing = before === undefined ? nodes : standingBefore(before, objectId, counting, nodes);
  const balances = balanceMoney(standing, counting, undefined, [objectId]);
  if (taxonomy !== null && OF_UNAPPLIED.has(taxonomy)) {
    const unapplied = sideOf(balances, whole.currency, 'in');
    if (unapplied?.standing === 'unapplied' && unapplied.residual !== null) return unapplied.residual;
  }
  const open = openAmountOf(balances);
  if (open === undefined) {
    return whole;
  }
  return open ?? lessKnown(whole, balances);
}

/** The objects at the links as they stood before an instant: what was undone then or later was not yet undone. */
function standingBefore(before: string, objectId: string, links: readonly MoneyLink[], nodes: MoneyNodes): MoneyNodes {
  const ids = new Set([objectId, ...links.flatMap(({ fromObjectId, toObjectId }) => [fromObjectId, toObjectId])]);
  return new Map(
    [...ids].flatMap((id) => {
      const node = nodes.get(id);
      if (node === undefined) return [];
      const isUndone = node.undoneAt !== null && node.undoneAt < before;
      return [[id, { ...node, undoneAt: isUndone ? node.undoneAt : null }] as const];
    }),
  );
}

function lessKnown(whole: Money, balances: readonly MoneyBalance[]): Money {
  const known = sideOf(balances, whole.currency, 'out')?.flows ?? zeroMoney(whole.currency);
  return compareMoney(known, whole) >= 0 ? zeroMoney(whole.currency) : subtractMoney(whole, known);
}

function sideOf(balances: readonly MoneyBalance[], currency: string, side: 'in' | 'out') {
  return balances.find((balance) => balance.currency === currency)?.sides.find((each) => each.side === side);
}
