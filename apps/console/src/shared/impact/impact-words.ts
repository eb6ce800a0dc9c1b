import { compactMoney, joinWords, sumMoney, type Money } from '../format/money.js';
import { count } from '../format/words.js';

export type AffectedRow = {
  kind: string;
  inflow: readonly Money[];
  outflow: readonly Money[];
  documents: number;
  isComplete: boolean;
};

/** Open documents that name master data, an account or a period. */
export type WaitingRow = {
  documents: number;
  inflow: readonly Money[];
  outflow: readonly Money[];
  isComplete: boolean;
  isTruncated: boolean;
};

const KINDS: Record<string, [one: string, many: string]> = {
  'cash-forecast': ['cash forecast', 'cash forecasts'],
  'forecast-version': ['forecast version', 'forecast versions'],
  report: ['report', 'reports'],
  'cash-position': ['cash position', 'cash positions'],
  receivable: ['receivable', 'receivables'],
  payable: ['payable', 'payables'],
};

/** In the order in which treasury asks for them. */
export const KIND_ORDER = Object.keys(KINDS);

/** "Cash forecast" */
export function kindWord(kind: string): string {
  const [one] = KINDS[kind] ?? [kind];
  return one.charAt(0).toUpperCase() + one.slice(1);
}

/**
 * "2 cash forecasts and 1 receivable are affected; EUR 590 of inflow hangs on it." The money is that of the forecasts, or of
 * the receivables where there is no forecast: plans that count on the same money are not added up.
 */
export function impactSentence(affected: readonly AffectedRow[]): string {
  if (affected.length === 0) return 'No forecast, receivable or report downstream counts on its money.';
  const words = KIND_ORDER.flatMap((kind) => {
    const rows = affected.filter((row) => row.kind === kind).length;
    return rows === 0 ? [] : [count(rows, ...KINDS[kind]!)];
  });
  const forecasts = affected.filter((row) => row.kind === 'cash-forecast');
  const told =
    forecasts.length === 1 ? forecasts : affected.filter((row) => row.kind === 'receivable' || row.kind === 'payable');
  const affectedWords = `${joinWords(words)} ${affected.length === 1 ? 'is' : 'are'} affected`;
  return withMoney(affectedWords, told);
}

/** "12 open documents wait for it: EUR 590 of inflow." */
export function waitingSentence(waiting: WaitingRow): string {
  const { documents, isTruncated } = waiting;
  if (documents === 0)
    return isTruncated ? 'No open document was found to wait for it.' : 'No open document waits for it.';
  const verb = documents === 1 ? 'waits' : 'wait';
  return withMoney(`${isTruncated ? 'At least ' : ''}${count(documents, 'open document')} ${verb} for it`, [waiting]);
}

type Directed = Pick<AffectedRow, 'inflow' | 'outflow' | 'isComplete'>;

function withMoney(words: string, told: readonly Directed[]): string {
  const phrase = (side: 'inflow' | 'outflow') => {
    const sums = sumMoney(told.flatMap((row) => row[side]));
    return sums.length === 0 ? [] : [`${joinWords(sums.map(compactMoney))} of ${side}`];
  };
  const money = [...phrase('inflow'), ...phrase('outflow')];
  const least = told.some(({ isComplete }) => !isComplete) ? 'at least ' : '';
  return money.length === 0 ? `${words}.` : `${words}: ${least}${joinWords(money)}.`;
}
