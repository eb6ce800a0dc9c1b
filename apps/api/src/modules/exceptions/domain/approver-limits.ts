import { addMoney, compareMoney, zeroMoney, type Money } from '@throughline/canonical';
import type { Role } from '../../identity/index.js';
import { REPORTING_CURRENCY } from './priority.js';

/**
 * What one person approves of closing without correction: of one maker, with one counterparty, on one day. Null = without limit; a role
 * that is absent approves nothing. The same as for sending again where a tenant states nothing of its own.
 */
export const APPROVER_LIMITS: Readonly<Partial<Record<Role, Money | null>>> = {
  approver: { amount: '1000000.00', currency: REPORTING_CURRENCY },
  controller: null,
};

/** The highest limit of the person's roles. */
export function approverLimitOf(roles: readonly string[]): Money | null {
  let highest: Money = zeroMoney(REPORTING_CURRENCY);
  for (const [role, limit] of Object.entries(APPROVER_LIMITS)) {
    if (!roles.includes(role)) continue;
    if (limit === null) return null;
    if (compareMoney(limit, highest) > 0) highest = limit;
  }
  return highest;
}

/** One that is to be approved. */
export type ToApprove = {
  /** '' = nobody knows with whom. */
  counterparty: string;
  /** In the currency of limits; null = none is at risk, undefined = nobody knows how much. */
  money: Money | null | undefined;
};

/** What one counterparty comes to, each unit of money once: what was approved before on that day, and that with all that is asked now. */
export type SumsOfCounterparty = { before: Money; together: Money };

/**
 * Which of them are beyond the limit, in their order. Where all of a counterparty fits, all of it goes; else one after the other, as long
 * as it fits by its own amount.
 */
export function beyondApproverLimit(
  limit: Money | null,
  asked: readonly ToApprove[],
  sums: ReadonlyMap<string, SumsOfCounterparty>,
): boolean[] {
  if (limit === null) return asked.map(() => false);
  const used = new Map<string, Money>();
  return asked.map(({ counterparty, money }) => {
    if (money === null) return false;
    if (money === undefined) return true;
    const known = sums.get(counterparty);
    if (known !== undefined && compareMoney(known.together, limit) <= 0) return false;
    const after = addMoney(used.get(counterparty) ?? known?.before ?? zeroMoney(REPORTING_CURRENCY), money);
    if (compareMoney(after, limit) > 0) return true;
    used.set(counterparty, after);
    return false;
  });
}

/** How it is told that one is beyond it. */
export function aboveLimitWords(limit: Money, { counterparty, money }: ToApprove): string {
  const { currency, amount } = limit;
  if (money === undefined) {
    return `Nobody can tell how much money it is: only who has no limit approves it, and here it is ${currency} ${amount}.`;
  }
  const whom = counterparty === '' ? 'whom nobody knows' : counterparty;
  return `With what the same person approved of this maker that day, it is above the limit of ${currency} ${amount} with ${whom}.`;
}
