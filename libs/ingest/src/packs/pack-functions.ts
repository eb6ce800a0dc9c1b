import { fromMinorUnits, minorDigitsOf, parseMoney, type Money } from '@throughline/canonical';
import { classifyFailure } from './classify-failure.js';
import { matchesGlob } from './glob.js';
import { salesforceId18 } from './salesforce-id.js';
import { readAnyDate, readAnyInstant } from './vendor-times.js';

type PackFunction = (...values: unknown[]) => unknown;

/**
 * What expressions may call besides JSONata's own functions. Each answers undefined (never throws) for what it cannot
 * read, so that an absent member stays absent. Amounts come out positive: the sign is told by $isNegative and direction.
 *
 * - `$money(amount, currency)` decimal text or number → money; `$minor(units, currency)` whole minor units → money
 * - `$decimalComma("1.234,56")` → "1234.56"; `$isNegative(amount)`
 * - `$instant(value, zone?)` any vendor's form of an instant → canonical instant; `$date(value, form?)` → "2026-09-30"
 * - `$text(value)` → trimmed text of a text, number or boolean; undefined when blank or null
 * - `$withoutZeros("0000100234")` → "100234"; `$sf18(id)` → 18-character Salesforce id
 * - `$parsed(text)` → one level of JSON within a text
 * - `$classify(text, ...)` → taxonomy code of a technical failure, from what its texts say
 * - `$matches(text, "sales*order?")` → glob, case-insensitive
 */
export const PACK_FUNCTIONS: Readonly<Record<string, PackFunction>> = {
  money: (amount, currency) => positive(decimalText(amount), currency),
  minor: (units, currency) => minorUnits(units, currency),
  decimalComma: (value) =>
    typeof value === 'string' ? decimalText(value.replaceAll('.', '').replace(',', '.')) : undefined,
  isNegative: (value) => decimalText(value)?.startsWith('-') ?? false,
  instant: (value, zone) => readAnyInstant(value, typeof zone === 'string' ? zone : 'UTC'),
  date: (value, form) => readAnyDate(value, typeof form === 'string' ? form : undefined),
  text: plainText,
  withoutZeros: (value) => plainText(value)?.replace(/^0+(?=.)/, ''),
  sf18: (value) => (typeof value === 'string' ? salesforceId18(value.trim()) : undefined),
  parsed: parsedText,
  classify: (...texts) => classifyFailure(texts.map(plainText).filter((text) => text !== undefined)),
  matches: (value, pattern) => {
    const text = plainText(value);
    return text !== undefined && typeof pattern === 'string' && matchesGlob(text, pattern);
  },
};

function plainText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** Decimal text of a number or text; an exponent is written out, as JSON may carry 1E+2. */
function decimalText(value: unknown): string | undefined {
  const text = plainText(value)?.replace(/^\+/, '');
  if (text === undefined) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? [];
  if (whole === '' && fraction === '') return undefined;
  if (exponent === undefined) return `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padEnd(Math.max(point, 0), '0');
  const shifted = point <= 0 ? `0.${'0'.repeat(-point)}${digits}` : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return sign + shifted.replace(/\.$/, '');
}

function positive(amount: string | undefined, currency: unknown): Money | undefined {
  const parsed = parseMoney(
    amount?.replace(/^-/, ''),
    typeof currency === 'string' ? currency.trim().toUpperCase() : '',
  );
  return parsed.ok ? parsed.value : undefined;
}

function minorUnits(units: unknown, currency: unknown): Money | undefined {
  const text = plainText(units)?.replace(/^-/, '');
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
  if (text === undefined || !/^\d{1,18}$/.test(text) || minorDigitsOf(code) === undefined) return undefined;
  const value = fromMinorUnits(text, code);
  return parseMoney(value.amount, value.currency).ok ? value : undefined;
}

function parsedText(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
