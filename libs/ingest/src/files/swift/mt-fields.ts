import { parseLocalDate } from '@throughline/canonical';
import { readExact, type Exact } from '../exact-decimal.js';

/** A date of six digits as it was written, and what it means; impossible ones (30 February) have no meaning. */
export type ShortDate = { text: string; date?: string };

/** Reads YYMMDD: 80 to 99 are of the last century. */
export function readShortDate(text: string): ShortDate {
  const [, year = '', month, day] = /^(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
  const date = `${Number(year) >= 80 ? '19' : '20'}${year}-${month}-${day}`;
  return parseLocalDate(date).ok ? { text, date } : { text };
}

/** An amount with a decimal comma as decimal text with a point: "1234," is "1234", ",5" is "0.5". Undefined when it is none. */
export function commaAmount(text: string): string | undefined {
  if (!/^(?:\d{1,24}(?:[,.]\d{0,9})?|[,.]\d{1,9})$/.test(text)) return undefined;
  return text.replace(',', '.').replace(/\.$/, '').replace(/^\./, '0.');
}

/** :60F:, :60M:, :62F:, :62M:, :64:, :65: */
export type MtBalance = {
  tag: string;
  side: 'C' | 'D';
  on: ShortDate;
  /** Absent where a bank leaves it out of a closing balance. */
  currency?: string;
  amount: string;
};

const BALANCE = /^([CD])(\d{6})([A-Z]{3})?([\d,.]+)\s*$/;

/** Reads a balance; undefined when it is none. */
export function readBalance(tag: string, text: string): MtBalance | undefined {
  const [, side, on = '', currency, written = ''] = BALANCE.exec(text.trim()) ?? [];
  const amount = commaAmount(written);
  if (amount === undefined || (side !== 'C' && side !== 'D')) return undefined;
  return { tag, side, on: readShortDate(on), ...(currency !== undefined && { currency }), amount };
}

/** The balance with its sign. */
export function signedBalance({ side, amount }: MtBalance): Exact {
  const value = readExact(amount)!;
  return side === 'D' ? { ...value, units: -value.units } : value;
}

/** Field 61. The mark as written; RC takes a credit back and lowers the balance, RD takes a debit back and raises it. */
export type MtEntryFields = {
  valueOn: ShortDate;
  bookedOn?: ShortDate;
  mark: 'C' | 'D' | 'RC' | 'RD' | 'EC' | 'ED';
  fundsCode?: string;
  amount: string;
  /** N, S or F and three more characters, e.g. NTRF, N102, S051. */
  typeCode: string;
  customerReference?: string;
  bankReference?: string;
  supplementary?: string;
};

// Banks put blanks for a missing entry date, more than the third letter of the currency behind the mark, references longer
// than 16 characters, and a point for the comma.
const ENTRY = /^(\d{6})(\d{4}| {4})?\s*(RC|RD|EC|ED|C|D)([A-Z]{1,3})?\s*([\d,.]+)([A-Z][A-Z0-9]{3})?(.*)$/;

/** Reads a statement line; undefined when it is none. `supplementary` is its second line. */
export function readEntry(text: string, supplementary: string): MtEntryFields | undefined {
  const match = ENTRY.exec(text.trimEnd());
  if (!match) return undefined;
  const [, value = '', entry, mark, fundsCode, written = '', typeCode = '', references = ''] = match;
  const amount = commaAmount(written);
  if (amount === undefined) return undefined;
  const slashes = references.indexOf('//');
  const customer = (slashes < 0 ? references : references.slice(0, slashes)).trim();
  const bank = slashes < 0 ? '' : references.slice(slashes + 2).trim();
  const valueOn = readShortDate(value);
  const hasEntryDate = entry !== undefined && entry.trim() !== '';
  return {
    valueOn,
    ...(hasEntryDate && { bookedOn: entryDate(entry, valueOn) }),
    mark: mark as MtEntryFields['mark'],
    ...(fundsCode !== undefined && { fundsCode }),
    amount,
    typeCode,
    ...(customer !== '' && { customerReference: customer }),
    ...(bank !== '' && { bankReference: bank }),
    ...(supplementary.trim() !== '' && { supplementary: supplementary.trim() }),
  };
}

/** Which way an entry moves the balance; expected ones (MT942) do not move it yet. */
export function sideOfMark(mark: MtEntryFields['mark']): 'C' | 'D' {
  return mark === 'C' || mark === 'RD' || mark === 'EC' ? 'C' : 'D';
}

const HALF_YEAR_MONTHS = 6;

/** The entry date has no year: it is that of the value date, or the one beside it when that is nearer. */
function entryDate(text: string, valueOn: ShortDate): ShortDate {
  if (valueOn.date === undefined) return { text };
  const month = Number(text.slice(0, 2));
  const [year, valueMonth] = [Number(valueOn.date.slice(0, 4)), Number(valueOn.date.slice(5, 7))];
  const shift = month - valueMonth > HALF_YEAR_MONTHS ? -1 : valueMonth - month > HALF_YEAR_MONTHS ? 1 : 0;
  const date = `${String(year + shift).padStart(4, '0')}-${text.slice(0, 2)}-${text.slice(2)}`;
  return parseLocalDate(date).ok ? { text, date } : { text };
}
