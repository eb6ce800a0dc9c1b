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

type Posted = Pick<StoredException, 'objectType' | 'legalEntity' | 'postingPeriod'>;

/** "2026-09 of DE01" where the document's posting period is closed for what it posts; null = open, or nobody told. */
export function closedPeriodOf(posted: Posted, periods: readonly PeriodFact[]): string | null {
  return standingOfPeriod(posted, periods) === 'closed' ? `${posted.postingPeriod} of ${posted.legalEntity}` : null;
}

/** Where a posting period stands for what a document posts: closed as soon as one ledger says so; null = nobody told. */
export function standingOfPeriod(
  { objectType, legalEntity, postingPeriod }: Posted,
  periods: readonly PeriodFact[],
): 'open' | 'closed' | null {
  const month = typeof postingPeriod === 'string' ? monthOfPeriod(postingPeriod) : undefined;
  if (legalEntity === null || month === undefined) return null;
  const told = periods.flatMap((one) => {
    const found = monthOfPeriod(one.period);
    if (one.legalEntity !== legalEntity || found?.year !== month.year || found.month !== month.month) return [];
    const own = one.standings.find(({ accountType }) => accountType === ACCOUNT_TYPES[objectType]);
    return own ?? one.standings.find(({ accountType }) => accountType === '') ?? [];
  });
  if (told.length === 0) return null;
  return told.some(({ state }) => state === 'closed') ? 'closed' : 'open';
}
