import { minorDigitsOf } from '@throughline/canonical';
import { readExact, type Exact } from '../exact-decimal.js';

/** What a funds type says of when money is there. */
export type FundsAvailability = {
  /** 0, 1, 2 days; S split in three; V value dated; D distributed; Z unknown; "" = not stated. */
  type: string;
  /** S: immediate, one day, two and more days; D: by days. In minor units as written. */
  parts?: { days: string; amount: string }[];
  /** V: YYMMDD and HHMM. */
  valueDate?: string;
  valueTime?: string;
};

/** A summary or status item of an account (record 03 and its continuations). */
export type Bai2Summary = { typeCode: string; amount: string; itemCount: string; funds: FundsAvailability };

/** A transaction (record 16). */
export type Bai2Detail = {
  typeCode: string;
  amount: string;
  funds: FundsAvailability;
  bankReference: string;
  customerReference: string;
  text: string;
};

/** Reads fields one after another. */
class FieldReader {
  private at = 0;

  constructor(private readonly fields: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.at >= this.fields.length;
  }

  next(): string {
    const field = this.fields[this.at] ?? '';
    this.at += 1;
    return field.trim();
  }

  rest(): string {
    const rest = this.fields.slice(this.at).join(',');
    this.at = this.fields.length;
    return rest.trim();
  }

  funds(): FundsAvailability {
    const type = this.next().toUpperCase();
    if (type === 'S') {
      return { type, parts: ['0', '1', '2'].map((days) => ({ days, amount: this.next() })) };
    }
    if (type === 'V') return { type, valueDate: this.next(), valueTime: this.next() };
    if (type !== 'D') return { type };
    const count = Math.min(Number(this.next()) || 0, 100);
    return { type, parts: Array.from({ length: count }, () => ({ days: this.next(), amount: this.next() })) };
  }
}

/** Account number, currency and summaries of a record 03 whose continuations were joined to it by commas. */
export function readAccountFields(content: string): { account: string; currency: string; summaries: Bai2Summary[] } {
  const reader = new FieldReader(content.split(','));
  const [account, currency] = [reader.next(), reader.next()];
  const summaries: Bai2Summary[] = [];
  while (!reader.isAtEnd) {
    const typeCode = reader.next();
    if (typeCode === '') continue;
    summaries.push({ typeCode, amount: reader.next(), itemCount: reader.next(), funds: reader.funds() });
  }
  return { account, currency, summaries };
}

/** The fields of a record 16; the text is the last one, with all commas and slashes it holds. */
export function readDetailFields(content: string): Bai2Detail {
  const reader = new FieldReader(content.split(','));
  const [typeCode, amount, funds] = [reader.next(), reader.next(), reader.funds()];
  const [bankReference, customerReference] = [reader.next(), reader.next()];
  return { typeCode, amount, funds, bankReference, customerReference, text: reader.rest() };
}

/** An amount in minor units without a decimal point, as a whole number; undefined when it is none. Blank is zero. */
export function minorUnitsOf(text: string): Exact | undefined {
  if (text === '') return { units: 0n, scale: 0 };
  return /^[+-]?\d{1,24}$/.test(text) ? readExact(text) : undefined;
}

/** Minor units as an amount of their currency: 4350000 USD is 43500.00. */
export function inCurrency(units: Exact, currency: string): Exact {
  return { units: units.units, scale: minorDigitsOf(currency) ?? 2 };
}

/** Minor units as decimal text of the currency, without sign: "4350000" USD is "43500.00". */
export function decimalOfMinorUnits(text: string, currency: string): string | undefined {
  const units = minorUnitsOf(text);
  if (units === undefined) return undefined;
  const digits = minorDigitsOf(currency) ?? 2;
  const plain = (units.units < 0n ? -units.units : units.units).toString().padStart(digits + 1, '0');
  return digits === 0 ? plain : `${plain.slice(0, -digits)}.${plain.slice(-digits)}`;
}

/** What a type code means, by its range: status (balances), credit, debit; 700 to 799 are of loans. */
export function kindOfTypeCode(code: string): 'status' | 'credit' | 'debit' | 'loan' | 'other' {
  const number = /^\d{3}$/.test(code) ? Number(code) : Number.NaN;
  if (number < 100 || (number >= 900 && number <= 919)) return 'status';
  if ((number >= 100 && number <= 399) || (number >= 920 && number <= 959)) return 'credit';
  if ((number >= 400 && number <= 699) || (number >= 960 && number <= 999)) return 'debit';
  return number >= 700 && number <= 799 ? 'loan' : 'other';
}
