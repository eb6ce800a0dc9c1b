import { formatMoney } from '../../shared/format/money.js';
import type { ToleranceSetting } from './legal-entity-documents.js';

/** "EUR 1.00", "EUR 5.00, at most 0.5 % of the amount" */
export function toleranceWords({ amount, currency, basisPoints }: ToleranceSetting): string {
  const money = formatMoney({ amount, currency });
  return basisPoints === null ? money : `${money}, at most ${basisPoints / 100} % of the amount`;
}

/** "0.5" → 50; null where nothing is entered, undefined where it is no share up to 100. */
export function basisPointsOf(percent: string): number | null | undefined {
  const entered = percent.trim();
  if (entered === '') return null;
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(entered)) return undefined;
  const points = Math.round(Number(entered) * 100);
  return points > 10_000 ? undefined : points;
}
