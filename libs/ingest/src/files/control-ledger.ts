import { exactText, isSameNumber, type Exact } from './exact-decimal.js';

/** One check of a total that the file states against what it holds. */
export type ControlResult = {
  /** What was checked, e.g. "closing-balance", "group-count". */
  name: string;
  /** balance = opening + entries = closing; amount and count = a stated sum or number of records. */
  kind: 'balance' | 'amount' | 'count';
  /** Which part of the file: account and statement, group, batch, entry. */
  scope: string;
  /** What the file states, and what its records come to: decimal text. */
  expected: string;
  actual: string;
  isMet: boolean;
  account?: string;
  /** ISO 4217 code; absent for counts and for sums over several currencies. */
  currency?: string;
};

/** A check to make; figures are compared as numbers. */
export type Control = Omit<ControlResult, 'expected' | 'actual' | 'isMet'> & { expected: Exact; actual: Exact };

/** Most results that are kept: a file of a million statements has a million checks. */
const MOST_KEPT = 500;

/** Makes the checks of a file and remembers the broken ones before the others. */
export class ControlLedger {
  checked = 0;
  broken = 0;
  private readonly kept: { met: ControlResult[]; unmet: ControlResult[] } = { met: [], unmet: [] };

  check({ expected, actual, ...control }: Control): void {
    const isMet = isSameNumber(expected, actual);
    this.keep({ ...control, expected: exactText(expected), actual: exactText(actual), isMet });
  }

  /** A check that cannot be met whatever the figures say, such as two currencies in one balance. */
  fail(control: Omit<ControlResult, 'isMet'>): void {
    this.keep({ ...control, isMet: false });
  }

  /** A stated number of records; a statement that is no number is not met. */
  checkCount(
    control: Omit<ControlResult, 'expected' | 'actual' | 'isMet' | 'kind'>,
    stated: string,
    count: number,
  ): void {
    const expected = /^\d{1,15}$/.test(stated) ? String(Number(stated)) : stated;
    this.keep({ ...control, kind: 'count', expected, actual: String(count), isMet: expected === String(count) });
  }

  results(): ControlResult[] {
    const room = MOST_KEPT - this.kept.unmet.length;
    return [...this.kept.unmet, ...this.kept.met.slice(0, room)];
  }

  private keep(result: ControlResult): void {
    this.checked += 1;
    if (!result.isMet) this.broken += 1;
    const list = result.isMet ? this.kept.met : this.kept.unmet;
    if (list.length < MOST_KEPT) list.push(result);
  }
}
