import { compareMoney, parseMoney, subtractMoney, zeroMoney, type Money } from '@throughline/canonical';

/**
 * Links that take money over from the object they leave: from then on it is at risk further down, so that along a lineage each
 * unit counts once. A payment that is booked at the bank is not smaller for it, so "books" and "gathers" are not here.
 */
export const TAKING_OVER = ['fulfils', 'bills', 'settles', 'credits', 'nets'] as const;

/** One outgoing link: the amount that it carries, or the whole of the object below when the link says none. */
export type TakenOver = { amount: string; currency: string; occurredAt: Date };

/** Money from two columns; null when one is missing or cannot be read. */
export function moneyOf(amount: string | null, currency: string | null): Money | null {
  if (amount === null || currency === null) {
    return null;
  }
  const parsed = parseMoney(amount, currency);
  return parsed.ok ? parsed.value : null;
}

/**
 * What is left of the object's amount: gross, in its own currency, never below zero. `asOf` leaves out what was taken over
 * later: once a problem is overcome, its money at risk stays what it was. Links in another currency take nothing (no rate is stated).
 */
export function openAmount(whole: Money | null, taken: readonly TakenOver[], asOf: Date | null): Money | null {
  if (whole === null) {
    return null;
  }
  let left = whole;
  for (const link of taken) {
    const part = moneyOf(link.amount, link.currency);
    if (part === null || part.currency !== whole.currency || (asOf !== null && link.occurredAt >= asOf)) {
      continue;
    }
    left = compareMoney(part, left) >= 0 ? zeroMoney(whole.currency) : subtractMoney(left, part);
  }
  return left;
}
