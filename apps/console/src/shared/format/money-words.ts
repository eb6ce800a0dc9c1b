import { compactMoney, isZero, joinWords } from './money.js';

export type MoneyTotal = { currency: string; inflow: string; outflow: string; count: number };

/** "EUR 1.84 m and USD 310 k of inflow", "BRL 12 k of outflow": apart, never netted; undefined where no money hangs. */
export function moneyPhrases(totals: readonly MoneyTotal[]): string[] {
  const phrase = (side: 'inflow' | 'outflow') => {
    const sums = totals.filter((total) => !isZero(total[side]));
    if (sums.length === 0) return undefined;
    const words = sums.map((total) => compactMoney({ amount: total[side], currency: total.currency }));
    return `${joinWords(words)} of ${side}`;
  };
  return [phrase('inflow'), phrase('outflow')].filter((words) => words !== undefined);
}
