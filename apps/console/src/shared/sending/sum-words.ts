import { compactMoney, formatMoney, joinWords, sumMoney, type Money } from '../format/money.js';

/** Money of a part of a plan, each document once: inflow and outflow apart, never netted. */
export type PlanSum = { legalEntity: string | null; count: number; inflow: Money; outflow: Money };

/** "EUR 120.00 in". */
export function sumWords({ inflow, outflow }: Pick<PlanSum, 'inflow' | 'outflow'>): string {
  const parts = [
    ...(isNone(inflow) ? [] : [`${formatMoney(inflow)} in`]),
    ...(isNone(outflow) ? [] : [`${formatMoney(outflow)} out`]),
  ];
  return parts.length === 0 ? 'none' : joinWords(parts);
}

/** "EUR 1.84 m in and USD 310 k out", over all entities; empty where no money is told. */
export function totalWords(sums: readonly PlanSum[]): string {
  const words = (of: 'inflow' | 'outflow', way: string) =>
    sumMoney(sums.map((sum) => sum[of]).filter((money) => !isNone(money))).map(
      (money) => `${compactMoney(money)} ${way}`,
    );
  return joinWords([...words('inflow', 'in'), ...words('outflow', 'out')]);
}

function isNone({ amount }: Money): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}
