import { CODES_WITHOUT_MINOR_UNIT, minorDigitsOf } from './currencies.js';
import { type Parsed, accepted, quoted, refused } from './parsed.js';

/** Decimal text and ISO 4217 code, e.g. { amount: "1234.50", currency: "EUR" }. Never a binary float. */
export type Money = { amount: string; currency: string };

/** How an amount finer than its currency's minor unit becomes whole minor units. */
export type MinorUnitRounding = 'half-even' | 'reject';

/** Two amounts of different currencies met in one sum, or an amount could not be read where it had to be. */
export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

const DECIMAL_TEXT = /^(-?)(\d{1,30})(?:\.(\d{1,12}))?$/;

/** Largest count of minor units that a single amount may have: the signed 64-bit column it is sorted by. */
const MOST_MINOR_UNITS = 2n ** 63n - 1n;

/** An exact decimal: units × 10^-scale. */
type Exact = { units: bigint; scale: number };

function readExact(amount: string): Exact | undefined {
  const match = DECIMAL_TEXT.exec(amount);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const units = BigInt(`${whole}${fraction}`);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

function exactly(amount: string): Exact {
  const value = readExact(amount);
  if (!value) throw new MoneyError(`amount ${quoted(amount)} is not a decimal number`);
  return value;
}

function atScale(value: Exact, scale: number): bigint {
  if (scale === value.scale) return value.units;
  return value.units * 10n ** BigInt(scale - value.scale);
}

/** Decimal text with at least `digits` decimals; further ones only as far as they are not zero. */
function decimalText(value: Exact, digits: number): string {
  const scale = Math.max(value.scale, digits);
  const units = atScale(value, scale);
  const text = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  let fraction = text.slice(text.length - scale);
  while (fraction.length > digits && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function added(left: Exact, right: Exact): Exact {
  const scale = Math.max(left.scale, right.scale);
  return { units: atScale(left, scale) + atScale(right, scale), scale };
}

function digitsOf(currency: string): number {
  const digits = minorDigitsOf(currency);
  if (digits === undefined) throw new MoneyError(`currency ${quoted(currency)} is not an ISO 4217 currency code`);
  return digits;
}

function currencyReason(currency: unknown): string | undefined {
  if (typeof currency !== 'string') return `currency must be a three-letter ISO 4217 code, got ${quoted(currency)}`;
  if (CODES_WITHOUT_MINOR_UNIT.has(currency))
    return `currency ${quoted(currency)} has no minor unit and cannot be the currency of an amount`;
  if (minorDigitsOf(currency) === undefined) return `currency ${quoted(currency)} is not an ISO 4217 currency code`;
  return undefined;
}

/**
 * Reads an amount and its currency as they come from outside. Amounts are text ("1234.50", a point, no grouping);
 * a JSON number is refused because it went through a binary float. The result has the currency's own number of
 * decimals at least, finer ones kept ("0.12345" EUR stays, "5" EUR becomes "5.00").
 */
export function parseMoney(amount: unknown, currency: unknown): Parsed<Money> {
  const reasons: string[] = [];
  const wrongCurrency = currencyReason(currency);
  if (wrongCurrency !== undefined) reasons.push(wrongCurrency);
  const value = typeof amount === 'string' ? readExact(amount) : undefined;
  if (typeof amount === 'number') {
    reasons.push(
      `amount must be decimal text such as "1234.50", got the number ${String(amount)} (a number loses digits)`,
    );
  } else if (!value) {
    reasons.push(`amount must be decimal text such as "1234.50", got ${quoted(amount)}`);
  }
  if (!value || typeof currency !== 'string' || reasons.length > 0) return { ok: false, reasons };
  const digits = digitsOf(currency);
  const minor = roundHalfEven(value, digits);
  if (minor > MOST_MINOR_UNITS || minor < -MOST_MINOR_UNITS) {
    return refused(`amount ${quoted(amount)} is larger than any single amount can be`);
  }
  return accepted({ amount: decimalText(value, digits), currency });
}

/** An amount that the caller knows to be right; throws MoneyError with the reason when it is not. */
export function money(amount: string, currency: string): Money {
  const parsed = parseMoney(amount, currency);
  if (!parsed.ok) throw new MoneyError(parsed.reasons.join('; '));
  return parsed.value;
}

/** Nothing, in a currency. */
export function zeroMoney(currency: string): Money {
  return fromMinorUnits(0n, currency);
}

function sameCurrency(left: Money, right: Money): string {
  if (left.currency !== right.currency) {
    throw new MoneyError(`${left.currency} and ${right.currency} cannot be calculated with each other without a rate`);
  }
  return left.currency;
}

function combined(left: Money, right: Money, combine: (a: bigint, b: bigint) => bigint): Money {
  const currency = sameCurrency(left, right);
  const a = exactly(left.amount);
  const b = exactly(right.amount);
  const scale = Math.max(a.scale, b.scale);
  return {
    amount: decimalText({ units: combine(atScale(a, scale), atScale(b, scale)), scale }, digitsOf(currency)),
    currency,
  };
}

/** Exact sum of two amounts of one currency; throws MoneyError when the currencies differ. */
export function addMoney(left: Money, right: Money): Money {
  return combined(left, right, (a, b) => a + b);
}

/** Exact difference of two amounts of one currency, negative when the right one is larger. */
export function subtractMoney(left: Money, right: Money): Money {
  return combined(left, right, (a, b) => a - b);
}

/** Exact sum of amounts of one currency; of none it is zero in that currency. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  const zero = zeroMoney(currency);
  if (amounts.length === 0) return zero;
  // Added up as exact numbers: the text of each sum on the way is what costs.
  let sum: Exact = { units: 0n, scale: digitsOf(currency) };
  for (const amount of amounts) {
    sameCurrency(zero, amount);
    sum = added(sum, exactly(amount.amount));
  }
  return { amount: decimalText(sum, digitsOf(currency)), currency };
}

/** -1, 0 or 1 as left is less than, equal to or more than right; "5" and "5.00" are equal. */
export function compareMoney(left: Money, right: Money): -1 | 0 | 1 {
  sameCurrency(left, right);
  const a = exactly(left.amount);
  const b = exactly(right.amount);
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** True for amounts below zero; canonical amounts are positive with their direction in a field of its own. */
export function isNegative(value: Money): boolean {
  return exactly(value.amount).units < 0n;
}

/** True for an amount of nothing. */
export function isZero(value: Money): boolean {
  return exactly(value.amount).units === 0n;
}

function roundHalfEven(value: Exact, digits: number): bigint {
  if (value.scale <= digits) return atScale(value, digits);
  const divisor = 10n ** BigInt(value.scale - digits);
  const isBelowZero = value.units < 0n;
  const units = isBelowZero ? -value.units : value.units;
  const quotient = units / divisor;
  const doubled = (units % divisor) * 2n;
  const rounded = doubled > divisor || (doubled === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
  return isBelowZero ? -rounded : rounded;
}

/**
 * Whole minor units (cents, yen, fils): the form in which amounts are sorted and compared in the database. A finer
 * amount is rounded half-even, or refused with `reject`; the exact amount stays in the numeric column beside it.
 */
export function toMinorUnits(value: Money, rounding: MinorUnitRounding = 'half-even'): bigint {
  const digits = digitsOf(value.currency);
  const exact = exactly(value.amount);
  const minor = roundHalfEven(exact, digits);
  if (
    rounding === 'reject' &&
    atScale({ units: minor, scale: digits }, Math.max(digits, exact.scale)) !==
      atScale(exact, Math.max(digits, exact.scale))
  ) {
    throw new MoneyError(`amount ${quoted(value.amount)} is finer than the minor unit of ${value.currency}`);
  }
  return minor;
}

/** Money of a count of minor units, as text when it comes from a bigint column. */
export function fromMinorUnits(minorUnits: bigint | string, currency: string): Money {
  const digits = digitsOf(currency);
  return { amount: decimalText({ units: BigInt(minorUnits), scale: digits }, digits), currency };
}

/** Amount text as it is shown and sent: at least the decimals of its currency, finer ones kept ("1234.5" EUR → "1234.50"). */
export function formatAmount(amount: string, currency: string): string {
  return decimalText(exactly(amount), minorDigitsOf(currency) ?? 0);
}

/** For people, in messages: "EUR 1,234.50". Code first, comma grouping, point; not localised. */
export function formatMoney(value: Money): string {
  const [whole = '', fraction] = formatAmount(value.amount, value.currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${value.currency} ${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
