import { convertedTotal, rateTypeWords, withoutWords, type Converted } from '../../shared/reporting/converted-words.js';
import { compactMoney, isZero, joinWords, type Money } from '../../shared/format/money.js';

type Total = { open: Money; high: Money; medium: Money; low: Money };

const FLAGS: Record<string, string> = {
  'open-exception': 'open exception',
  disputed: 'disputed',
  'payment-undone': 'payment voided, reversed or rejected',
  'payment-returned': 'payment came back',
  'credit-undone': 'credit memo cancelled',
  overdue: 'overdue',
  'beyond-habit': 'later than it ever pays',
  'no-due-date': 'no due date',
  'no-history': 'no payment seen yet',
  'amount-unknown': 'amount not known',
};

/** What speaks against a date, in words. */
export function flagWord(flag: string): string {
  return FLAGS[flag] ?? flag;
}

/** "Customers owe EUR 1.84 m and USD 310 k; EUR 120 k of it cannot be counted on yet." */
export function receivablesAnswer(totals: readonly Total[]): string {
  if (totals.length === 0) return 'Customers owe nothing that is known of.';
  const owed = `Customers owe ${joinWords(totals.map(({ open }) => compactMoney(open)))}`;
  const doubtful = totals.filter(({ low }) => !isZero(low.amount));
  if (doubtful.length === 0) return `${owed}.`;
  if (totals.every(({ open, low }) => open.amount === low.amount)) return `${owed}; none of it can be counted on yet.`;
  return `${owed}; ${joinWords(doubtful.map(({ low }) => compactMoney(low)))} of it cannot be counted on yet.`;
}

/** "4 days after, by 20 payments", "when it is due, by 3 payments". */
export function habitWords(usualDelayDays: number | null, paymentsSeen: number): string {
  if (usualDelayDays === null) return 'no payment seen yet';
  const days = Math.abs(usualDelayDays);
  const when =
    days === 0 ? 'when it is due' : `${days} ${days === 1 ? 'day' : 'days'} ${usualDelayDays < 0 ? 'before' : 'after'}`;
  return `${when}, by ${paymentsSeen} ${paymentsSeen === 1 ? 'payment' : 'payments'}`;
}

/** "Together EUR 1.84 m by ECB reference rates, without BRL, of which there is no rate."; undefined where one currency is all. */
export function togetherWords(
  totals: readonly (Pick<Total, 'open'> & { converted: Pick<Converted, 'amount'> | null })[],
  { currency, rateType }: { currency: string; rateType: string },
): string | undefined {
  const isForeign = totals.some(({ open, converted }) => converted !== null && open.currency !== currency);
  if (!isForeign) return undefined;
  const { sum, without } = convertedTotal(totals);
  const missing = withoutWords(without);
  if (sum === undefined)
    return `Nothing of it can be converted to ${currency}: there is no ${rateTypeWords(rateType)} rate.`;
  return `Together ${compactMoney(sum)} by ${rateTypeWords(rateType)} rates${missing === undefined ? '' : `, ${missing}`}.`;
}
