import { fromMinorUnits, minorDigitsOf, parseMoney, type Money } from '@throughline/canonical';
import { parseExactJson } from '../exact-json.js';
import { amountTextOf } from '../files/csv/csv-values.js';
import { withoutAvroUnions } from './avro-unions.js';
import { classifyFailure } from './classify-failure.js';
import { matchesGlob } from './glob.js';
import { salesforceId18 } from './salesforce-id.js';
import { namedObjects, objectsOfRun, trackedObject } from './tracked-object.js';
import { unmistakableAmount } from './unmistakable-amount.js';
import { readAnyDate, readAnyInstant } from './vendor-times.js';

/** More decimals than any currency or unit price has come from binary arithmetic. */
const MOST_DECIMALS = 12;
const FLOAT_DECIMALS = 8;

type PackFunction = (...values: unknown[]) => unknown;

/**
 * What expressions may call besides JSONata's own functions. Each answers undefined (never throws) for what it cannot
 * read, so that an absent member stays absent; an XML element with attributes counts as its text. Amounts come out positive: the sign is told by $isNegative and direction.
 *
 * - `$money(amount, currency)` decimal text or number → money; `$minor(units, currency)` whole minor units → money
 * - `$decimalComma("1.234,56")` → "1234.56"; `$isNegative(amount)`
 * - `$instant(value, zone?)` any vendor's form of an instant → canonical instant; `$date(value, form?)` → "2026-09-30"
 * - `$firstOf(a, b, …)` → the first that is neither absent, null nor blank
 * - `$text(value)` → trimmed text of a text, number, boolean or XML element; undefined when blank or null
 * - `$withoutZeros("0000100234")` → "100234", "00AB" stays; `$sf18(id)` → 18-character Salesforce id
 * - `$flat(value)` → the value without the wrappers of Avro unions, `{"string": "Hot"}` → "Hot"
 * - `$foldedNames(object)` → the object with its member names in lower case, for systems that write them in several ways
 * - `$plainNames(object)` → the object with its member names in lower case without separators, a dotted or nested one with
 *   its noun before it: invoice_number, Invoice.InvoiceNumber and { invoice: { number } } are all invoicenumber; blank ones go
 * - `$parsed(text)` → one level of JSON within a text
 * - `$trackedObject("order-00000101")` → the object that a tracking id names by convention; `$namedObjects(payload)` →
 *   objects that members such as orderNumber or invoiceId name
 * - `$objectsOfRun(run, documents, hasFailed)` → the run and its documents; what failed is the first document
 * - `$documentNumber(text)` → the text when it looks like a document number (R000000001, 00000101), else undefined
 * - `$classify(text, ...)` → taxonomy code of a technical failure, from what its texts say
 * - `$startsWith(text, start)`, `$endsWith(text, end)`; false for what is no text
 * - `$matches(text, "sales*order?")` → glob, case-insensitive
 */
export const PACK_FUNCTIONS: Readonly<Record<string, PackFunction>> = Object.fromEntries(
  Object.entries(plainFunctions()).map(([name, plain]) => [name, (...values) => plain(...values.map(xmlText))]),
);

/** An XML element with attributes stands for its text (`<date type="datetime">…</date>`); without text for nothing. */
function xmlText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('#' in value) return value['#'];
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => name.startsWith('@')) ? undefined : value;
}

function plainFunctions(): Record<string, PackFunction> {
  return {
    money: (amount, currency) => positive(decimalText(amount), currency),
    minor: (units, currency) => minorUnits(units, currency),
    decimalComma: (value) => (typeof value === 'string' ? amountTextOf(value, 'comma') : undefined),
    isNegative: (value) => decimalText(value)?.startsWith('-') ?? false,
    instant: (value, zone) => readAnyInstant(value, typeof zone === 'string' ? zone : 'UTC'),
    date: (value, form) => readAnyDate(value, typeof form === 'string' ? form : undefined),
    firstOf: (...values) => values.find((value) => value !== undefined && value !== null && value !== ''),
    text: plainText,
    // As SAP pads: numbers alone. A key of digits and letters keeps its zeros.
    withoutZeros: (value) => plainText(value)?.replace(/^0+(?=\d+$)/, ''),
    flat: withoutAvroUnions,
    foldedNames,
    plainNames,
    sf18: (value) => (typeof value === 'string' ? salesforceId18(value.trim()) : undefined),
    parsed: parsedText,
    trackedObject: (value) => (typeof value === 'string' ? trackedObject(value) : undefined),
    documentNumber: (value) =>
      /^[A-Za-z]{0,4}[-_]?\d{5,20}$/.test(plainText(value) ?? '') ? plainText(value) : undefined,
    namedObjects: (value) => namedObjects(value),
    objectsOfRun: (run, documents, hasFailed) => objectsOfRun(run, documents, hasFailed),
    classify: (...texts) => classifyFailure(texts.map(plainText).filter((text) => text !== undefined)),
    startsWith: (value, start) => typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
    endsWith: (value, end) => typeof value === 'string' && typeof end === 'string' && value.endsWith(end),
    matches: (value, pattern) => {
      const text = plainText(value);
      return text !== undefined && typeof pattern === 'string' && matchesGlob(text, pattern);
    },
  };
}

function foldedNames(value: unknown): unknown {
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
}

function plainNames(value: unknown): unknown {
  if (!isMembers(value)) return value;
  const named = Object.entries(value).flatMap(([name, member]): [string, unknown][] =>
    isMembers(member)
      ? Object.entries(member).map(([inner, nested]) => [plainName(`${name}.${inner}`), nested])
      : [[plainName(name), member]],
  );
  return Object.fromEntries(named.filter(([, member]) => member !== null && member !== ''));
}

function plainName(name: string): string {
  const [last = '', noun = ''] = name
    .split('.')
    .map((part) => part.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase())
    .reverse();
  return last.startsWith(noun) ? last : noun + last;
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plainText(value: unknown): string | undefined {
  // An XML element with attributes has its text under "#".
  if (typeof value === 'object' && value !== null && '#' in value) return plainText(value['#']);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/**
 * Decimal text of a number or text: an exponent is written out (JSON may carry 1E+2), a sign behind (SAP: "21.00-") comes to
 * the front. Vendors that calculate in binary floats send 0.30000000000000004: further digits than money can have are rounded.
 * What is written for people ("1,234.50", "99,5") is taken where it can be read in one way only.
 */
function decimalText(value: unknown): string | undefined {
  const text = plainText(value)
    ?.replace(/^\+/, '')
    .replace(/^([\d.]+)-$/, '-$1');
  if (text === undefined) return undefined;
  const decimal = writtenOut(text) ?? unmistakableAmount(text);
  const digits = decimal?.split('.')[1]?.length ?? 0;
  return decimal !== undefined && digits > MOST_DECIMALS ? Number(decimal).toFixed(FLOAT_DECIMALS) : decimal;
}

function writtenOut(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? [];
  if (whole === '' && fraction === '') return undefined;
  if (exponent === undefined) return `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padEnd(Math.max(point, 0), '0');
  const shifted = point <= 0 ? `0.${'0'.repeat(-point)}${digits}` : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return sign + shifted.replace(/^\./, '0.').replace(/\.$/, '');
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
    return parseExactJson(value);
  } catch {
    return undefined;
  }
}
