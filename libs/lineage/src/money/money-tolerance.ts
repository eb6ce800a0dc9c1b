import { type Money, compareMoney, isNegative, money, subtractMoney, zeroMoney } from '@throughline/canonical';

/** How small a difference a legal entity does not pursue, in one currency; both limits hold where both are given. */
export type Tolerance = {
  legalEntity: string;
  currency: string;
  /** Decimal text. */
  amount: string;
  /** Basis points of the amount that the difference is of (50 = half a percent); null = no such limit. */
  basisPoints: number | null;
};

/** The tolerance of an entity in a currency; null = none, so that every difference counts. */
export type ToleranceOf = (legalEntity: string | null, currency: string) => Tolerance | null;

/** Looks tolerances up. */
export function tolerancesOf(tolerances: readonly Tolerance[]): ToleranceOf {
  const known = new Map(tolerances.map((each) => [`${each.legalEntity}/${each.currency}`, each]));
  return (legalEntity, currency) => (legalEntity === null ? null : (known.get(`${legalEntity}/${currency}`) ?? null));
}

/** True when the difference is nothing worth pursuing, of an amount. */
export function isWithin(difference: Money, whole: Money, tolerance: Tolerance | null): boolean {
  if (tolerance === null) return false;
  const size = absolute(difference);
  if (compareMoney(size, money(tolerance.amount, tolerance.currency)) > 0) return false;
  if (tolerance.basisPoints === null) return true;
  return compareMoney(times(size, 10_000), times(absolute(whole), tolerance.basisPoints)) <= 0;
}

/** The amount without its sign. */
export function absolute(value: Money): Money {
  return isNegative(value) ? subtractMoney(zeroMoney(value.currency), value) : value;
}

function times(value: Money, factor: number): Money {
  const [whole = '', fraction = ''] = value.amount.split('.');
  const units = (BigInt(`${whole}${fraction}`) * BigInt(factor)).toString().padStart(fraction.length + 1, '0');
  const split = units.length - fraction.length;
  return {
    amount: fraction === '' ? units : `${units.slice(0, split)}.${units.slice(split)}`,
    currency: value.currency,
  };
}
