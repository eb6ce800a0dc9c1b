import type { ExceptionFacetName } from '../../gql/graphql.js';
import type { AgeName, CutOffName, MarkName } from '../../shared/url-exceptions.js';

export const AGE_WORDS: Record<AgeName, string> = {
  UNDER_1_HOUR: 'under 1 h',
  HOURS_1_TO_24: '1–24 h',
  DAYS_1_TO_3: '1–3 days',
  DAYS_3_TO_7: '3–7 days',
  DAYS_7_TO_30: '7–30 days',
  OVER_30_DAYS: 'over 30 days',
};

export const CUT_OFF_WORDS: Record<CutOffName, string> = {
  OVERDUE: 'overdue',
  WITHIN_1_HOUR: 'within 1 h',
  HOURS_1_TO_4: '1–4 h left',
  HOURS_4_TO_24: '4–24 h left',
  LATER: 'later',
  NONE: 'nothing due',
};

export const MARK_WORDS: Record<MarkName, string> = {
  escalated: 'Escalated',
  statutory: 'Statutory',
  recurring: 'Came again',
  known: 'Known error',
};

/** A range as facets name it, "1..30", in two bounds. */
export function boundsOf(value: string): { from: string | undefined; to: string | undefined } {
  const [from = '', to = ''] = value.split('..');
  return { from: from === '' ? undefined : from, to: to === '' ? undefined : to };
}

/** Cents as text → decimal text. */
export function fromCents(cents: string): string {
  const digits = cents.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Decimal text → cents as text; nothing stays nothing. */
export function toCents(amount: string): string {
  const [whole = '', cents = ''] = amount.split('.');
  return amount === '' ? '' : `${whole}${cents.padEnd(2, '0').slice(0, 2)}`.replace(/^(-?)0+(?=\d)/, '$1');
}

/** "100 k", "1 m": bounds of buckets are round. */
function inShort(amount: number): string {
  return amount >= 1_000_000 ? `${amount / 1_000_000} m` : amount >= 1_000 ? `${amount / 1_000} k` : String(amount);
}

/** A range of money at risk in words; the upper bound is told as what it stays under. */
export function amountWords(value: string): string {
  const { from, to } = boundsOf(value);
  const lower = from === undefined ? undefined : inShort(Number(from) / 100);
  const upper = to === undefined ? undefined : inShort((Number(to) + 1) / 100);
  if (lower === undefined) return `under ${upper ?? ''}`;
  return upper === undefined ? `${lower} and more` : `${lower} to ${upper}`;
}

export function pastDueWords(value: string): string {
  const { from, to } = boundsOf(value);
  if (from === undefined) return 'not past due';
  return to === undefined ? `over ${Number(from) - 1} days` : `${from}–${to} days`;
}

/** What stands before the values of a facet. */
export const FACET_TITLES: Record<Exclude<ExceptionFacetName, 'STATE'>, string> = {
  QUEUE: 'Queue',
  OWNER: 'Owner',
  PRIORITY: 'Priority',
  CUT_OFF: 'Cut-off',
  AGE: 'Age',
  AMOUNT: 'EUR at risk',
  PAST_DUE: 'Past due',
  LEGAL_ENTITY: 'Entity',
  PROBLEM: 'Problem',
  INTEGRATION: 'Integration',
  POSTING_PERIOD: 'Period',
  // one group of what an exception has or has not
  ESCALATED: 'Marked',
  STATUTORY: 'Marked',
  RECURRING: 'Marked',
};
