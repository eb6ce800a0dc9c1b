import { monthOfPeriod } from '@throughline/sla';
import type { PeriodFact, StoredException } from '../../exceptions/index.js';

/** Past participles of activities that make a newer version of a document: what failed is then an old one. */
export const NEWER_PARTICIPLES: readonly string[] = ['changed', 'updated', 'amended', 'revised', 'corrected'];

/** "invoice.changed" → "changed". */
export function participleOf(activityType: string): string {
  return activityType.slice(activityType.indexOf('.') + 1).replaceAll('-', ' ');
}

/** Account types in which a document is posted, besides the general ledger. */
const ACCOUNT_TYPES: Readonly<Record<string, string>> = {
  invoice: 'receivables',
  'credit-memo': 'receivables',
  payment: 'receivables',
  'supplier-invoice': 'payables',
};

/** "2026-09 of DE01" where the document's posting period is closed for what it posts; null = open, or nobody told. */
export function closedPeriodOf(
  { objectType, legalEntity, postingPeriod }: Pick<StoredException, 'objectType' | 'legalEntity' | 'postingPeriod'>,
  periods: readonly PeriodFact[],
): string | null {
  const month = typeof postingPeriod === 'string' ? monthOfPeriod(postingPeriod) : undefined;
  if (legalEntity === null || month === undefined) return null;
  const isClosed = periods.some((one) => {
    const found = monthOfPeriod(one.period);
    if (one.legalEntity !== legalEntity || found?.year !== month.year || found.month !== month.month) return false;
    const own = one.standings.find(({ accountType }) => accountType === ACCOUNT_TYPES[objectType]);
    const standing = own ?? one.standings.find(({ accountType }) => accountType === '');
    return standing?.state === 'closed';
  });
  return isClosed ? `${postingPeriod} of ${legalEntity}` : null;
}
