import type { ControlLedger } from '../control-ledger.js';
import { addExact, negated, ZERO, type Exact } from '../exact-decimal.js';
import { inCurrency, kindOfTypeCode, minorUnitsOf, type Bai2Detail, type Bai2Summary } from './bai2-fields.js';

type Side = { sum: Exact; count: number };

/** What the transactions of an account come to, by side. */
export type Bai2Entries = { credit: Side; debit: Side };

/** No transactions yet. */
export function noEntries(): Bai2Entries {
  return { credit: { sum: ZERO, count: 0 }, debit: { sum: ZERO, count: 0 } };
}

/** Adds a transaction to its side; loans and the like are on none. */
export function addEntry(entries: Bai2Entries, { typeCode, amount }: Bai2Detail): void {
  const kind = kindOfTypeCode(typeCode);
  if (kind !== 'credit' && kind !== 'debit') return;
  const side = entries[kind];
  side.sum = addExact(side.sum, minorUnitsOf(amount) ?? ZERO);
  side.count += 1;
}

/** What is checked of an account. */
type Subject = { account: string; currency: string };

/**
 * Opening ledger (010) + credits - debits = closing ledger (015), with the totals (100, 400) where the account states them, else
 * with its transactions; and a stated total against its transactions where it counts as many of them as there are: a bank
 * may leave some out.
 */
export function checkAccount(
  ledger: ControlLedger,
  subject: Subject,
  summaries: readonly Bai2Summary[],
  entries: Bai2Entries,
): void {
  const summaryOf = (code: string): Bai2Summary | undefined =>
    summaries.find(({ typeCode, amount }) => typeCode === code && amount !== '');
  const amountOf = (code: string): Exact | undefined => minorUnitsOf(summaryOf(code)?.amount ?? 'none');
  const [opening, closing, credits, debits] = ['010', '015', '100', '400'].map(amountOf);
  const { account, currency } = subject;
  const check = (name: string, kind: 'balance' | 'amount', stated: Exact, found: Exact): void => {
    const [expected, actual] = [inCurrency(stated, currency), inCurrency(found, currency)];
    ledger.check({ name, kind, scope: `account ${account}`, account, currency, expected, actual });
  };
  const hasEntries = entries.credit.count + entries.debit.count > 0;
  const areTotalsStated = credits !== undefined && debits !== undefined;
  if (opening && closing && (areTotalsStated || (hasEntries && credits === undefined && debits === undefined))) {
    const moved = addExact(credits ?? entries.credit.sum, negated(debits ?? entries.debit.sum));
    check('closing-balance', 'balance', closing, addExact(opening, moved));
  }
  for (const [name, code, side] of [
    ['total-credits', '100', entries.credit],
    ['total-debits', '400', entries.debit],
  ] as const) {
    const stated = summaryOf(code);
    const expected = amountOf(code);
    if (expected === undefined || side.count === 0 || Number(stated?.itemCount || -1) !== side.count) continue;
    check(name, 'amount', expected, side.sum);
  }
}
