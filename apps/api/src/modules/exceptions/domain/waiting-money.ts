import {
  compareMoney,
  CONTEXT_TYPES,
  isZero,
  sumMoney,
  TECHNICAL_TYPES,
  zeroMoney,
  type Direction,
  type Money,
} from '@throughline/canonical';
import { REPORTING_CURRENCY } from './priority.js';

/** Types that have an amount of their own, or of which nobody can say how much money they held. */
const NOT_WAITED_FOR: ReadonlySet<string> = new Set([
  ...TECHNICAL_TYPES,
  'credit-limit',
  'credit-exposure',
  'fx-exposure',
  'tax-determination',
]);

/** Types that documents wait for: master data, periods, approvals. */
export const WAITED_FOR: ReadonlySet<string> = new Set([...CONTEXT_TYPES].filter((type) => !NOT_WAITED_FOR.has(type)));

/** What is open of a document that waits, in the reporting currency; null = nobody can say. */
export type Waiting = { direction: Direction | null; money: Money | null };

/** Money at risk of what documents wait for; null = nobody can say how much it is. */
export type WaitingMoney = Record<'amount' | 'currency', string | null> & { direction: Direction | null };

const UNKNOWN: WaitingMoney = { amount: null, currency: null, direction: null };

/**
 * The money of the documents that wait for something that has none of its own, a customer or an account; none = 0. Inflow and outflow
 * are never netted and never added: the larger of them counts. What is known is the least that waits; where nothing is, and not all
 * could be looked at, nobody can say.
 */
export function waitingMoney(documents: readonly Waiting[], isAll = true): WaitingMoney {
  const totalOf = (wanted: Direction | null) =>
    sumMoney(
      documents.flatMap(({ direction, money }) => (direction === wanted && money !== null ? money : [])),
      REPORTING_CURRENCY,
    );
  const most = (['inflow', 'outflow', null] as const)
    .map((direction) => ({ direction, money: totalOf(direction) }))
    .reduce((one, other) => (compareMoney(other.money, one.money) > 0 ? other : one));
  if (isZero(most.money) && (!isAll || documents.some(({ money }) => money === null))) return UNKNOWN;
  return isZero(most.money)
    ? { ...zeroMoney(REPORTING_CURRENCY), direction: null }
    : { ...most.money, direction: most.direction };
}

type AtRisk = { objectType?: string; amount: string | null; currency: string | null };

/** Whether more, or other, money is at risk than was seen; what documents wait for has less of it with each that is settled. */
export function isOtherMoney(seen: Omit<AtRisk, 'objectType'>, { objectType, amount, currency }: AtRisk): boolean {
  if (seen.currency !== currency) return true;
  if (seen.amount === null || amount === null || currency === null) return seen.amount !== amount;
  const more = compareMoney({ amount, currency }, { amount: seen.amount, currency });
  return WAITED_FOR.has(objectType ?? '') ? more > 0 : more !== 0;
}
