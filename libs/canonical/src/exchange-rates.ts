import { minorDigitsOf } from './currencies.js';
import { type Money, MoneyError, fromMinorUnits } from './money.js';

/** Rates of the European Central Bank, one a business day, base EUR. */
export const ECB_REFERENCE_RATES = 'ecb-reference';
/** Rates that a group fixes for the end of a month. */
export const GROUP_MONTH_END_RATES = 'group-month-end';
/** Average rates of a month. */
export const AVERAGE_RATES = 'average';

/** One dated rate of a type: 1 `base` = `rate` `currency`. */
export type ExchangeRate = {
  type: string;
  /** "2026-09-30". */
  date: string;
  base: string;
  currency: string;
  /** Decimal text. */
  rate: string;
  source: string;
};

/** Days after which a rate of a type is too old to be used; the ECB's are silent over Easter and Christmas. */
const MOST_DAYS: ReadonlyMap<string, number> = new Map([[ECB_REFERENCE_RATES, 7]]);
const MOST_DAYS_OF_MONTHLY = 45;

/** How many days old a rate of this type may be. */
export function longestAgeOf(type: string): number {
  return MOST_DAYS.get(type) ?? MOST_DAYS_OF_MONTHLY;
}

/** The last rate of a type for a currency at or before a date; null = there is none. */
export type RateLookup = (
  currency: string,
  date: string,
) => Pick<ExchangeRate, 'date' | 'base' | 'rate' | 'source'> | null;

/** What a conversion went by: of both legs the older date, and the rate between the two currencies. */
export type RateUsed = { type: string; date: string; base: string; rate: string; source: string };

/** Why an amount could not be converted; never taken for nothing. */
export type MissingRate = { currency: string; date: string; reason: 'no-rate' | 'too-old'; message: string };

/** A converted amount with the rate that it went by; no rate where the currency is already the one asked for. */
export type Conversion = { ok: true; amount: Money; used: RateUsed | null } | ({ ok: false } & MissingRate);

const DECIMAL = /^(\d{1,20})(?:\.(\d{1,12}))?$/;
/** Decimals of a shown cross rate; amounts are computed from the two rates themselves. */
const SHOWN_DECIMALS = 8;
const MS_PER_DAY = 86_400_000;

/** True for the decimal text of a rate above zero. */
export function isRate(text: string): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && /[1-9]/.test(text);
}

/**
 * Converts at the last rates of a type at or before a date, over their base currency, and rounds once, half-even to minor units.
 */
export function convertMoney(amount: Money, to: string, type: string, date: string, rateOf: RateLookup): Conversion {
  if (amount.currency === to) return { ok: true, amount, used: null };
  const from = rateOf(amount.currency, date);
  const target = rateOf(to, date);
  const base = from?.base ?? target?.base;
  if (base === undefined) return missing(amount.currency, date, type, to);
  const fromLeg = legOf(amount.currency, from, base);
  const toLeg = legOf(to, target, base);
  if (fromLeg === null) return missing(amount.currency, date, type);
  if (toLeg === null) return missing(to, date, type);
  for (const leg of [fromLeg, toLeg]) {
    if (leg.date !== null && daysBetween(leg.date, date) > longestAgeOf(type)) {
      const age = `The last ${type} rate of ${leg.currency} at or before ${date} is of ${leg.date}: too old`;
      return { ok: false, currency: leg.currency, date, reason: 'too-old', message: age };
    }
  }
  const dates = [fromLeg.date, toLeg.date].filter((each) => each !== null).sort();
  const numerator = toLeg.units * 10n ** BigInt(fromLeg.scale);
  const denominator = fromLeg.units * 10n ** BigInt(toLeg.scale);
  return {
    ok: true,
    amount: times(amount, numerator, denominator, to),
    used: {
      type,
      date: dates[0] ?? date,
      base,
      rate: decimalText(rounded(numerator * 10n ** BigInt(SHOWN_DECIMALS), denominator)),
      source: (from ?? target)?.source ?? '',
    },
  };
}

type Leg = { currency: string; date: string | null; units: bigint; scale: number };

/** Units of a currency for one of the base; null when there is no rate, or one of another base. */
function legOf(currency: string, rate: ReturnType<RateLookup>, base: string): Leg | null {
  if (currency === base) return { currency, date: null, units: 1n, scale: 0 };
  const match = rate === null || rate.base !== base ? null : DECIMAL.exec(rate.rate);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  const units = BigInt(`${whole}${fraction}`);
  return units === 0n ? null : { currency, date: rate!.date, units, scale: fraction.length };
}

function missing(currency: string, date: string, type: string, or?: string): Conversion {
  return {
    ok: false,
    currency,
    date,
    reason: 'no-rate',
    message: `There is no ${type} rate of ${currency}${or === undefined ? '' : ` or ${or}`} at or before ${date}`,
  };
}

function times({ amount, currency }: Money, numerator: bigint, denominator: bigint, to: string): Money {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  const digits = minorDigitsOf(to);
  if (match === null) throw new MoneyError(`amount of ${currency} is not a decimal number`);
  if (digits === undefined) throw new MoneyError(`currency "${to}" is not an ISO 4217 currency code`);
  const [, sign, whole = '', fraction = ''] = match;
  const minor = rounded(
    BigInt(`${whole}${fraction}`) * numerator * 10n ** BigInt(digits),
    denominator * 10n ** BigInt(fraction.length),
  );
  return fromMinorUnits(sign === '-' ? -minor : minor, to);
}

/** Half-even, of two numbers above or at zero. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const doubled = (numerator % denominator) * 2n;
  return doubled > denominator || (doubled === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function decimalText(units: bigint): string {
  const text = units.toString().padStart(SHOWN_DECIMALS + 1, '0');
  const fraction = text.slice(-SHOWN_DECIMALS).replace(/0+$/, '');
  const whole = text.slice(0, -SHOWN_DECIMALS);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function daysBetween(earlier: string, later: string): number {
  return (Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / MS_PER_DAY;
}
