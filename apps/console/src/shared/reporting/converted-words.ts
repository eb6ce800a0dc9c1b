import { joinWords, sumMoney, type Money } from '../format/money.js';
import { calendarDay } from '../format/time.js';
import { plainWords } from '../format/words.js';

export type Converted = {
  amount: Money | null;
  rateType: string;
  rateDate: string | null;
  rate: string | null;
  source: string | null;
  missing: string | null;
};

/** "ecb-reference" → "ECB reference" */
export function rateTypeWords(type: string): string {
  return plainWords(type).replace(/^ecb\b/, 'ECB');
}

/** "ECB reference of Fri 27 Nov 2026, 1.085"; undefined where no rate was used. */
export function rateWords({ rateType, rateDate, rate }: Converted): string | undefined {
  if (rateDate === null || rate === null) return undefined;
  return `${rateTypeWords(rateType)} of ${calendarDay(rateDate)} ${rateDate.slice(0, 4)}, ${rate}`;
}

/** All of them together, and the currencies that are not in it because there is no rate. */
export function convertedTotal(totals: readonly { open: Money; converted: Pick<Converted, 'amount'> | null }[]): {
  sum: Money | undefined;
  without: string[];
} {
  const [sum] = sumMoney(totals.map(({ converted }) => converted?.amount));
  const without = totals.filter(({ converted }) => converted?.amount === null).map(({ open }) => open.currency);
  return { sum, without };
}

/** "without BRL and SGD, of which there is no rate"; undefined where none is missing. */
export function withoutWords(currencies: readonly string[]): string | undefined {
  return currencies.length === 0 ? undefined : `without ${joinWords(currencies)}, of which there is no rate`;
}
