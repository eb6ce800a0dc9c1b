import type { Direction } from '@throughline/canonical';

/**
 * What a link says about money, by its qualifier (docs/money-on-the-graph.md). A link reads "`to` qualifier `from`", and its
 * amount is positive. Every other qualifier names two objects together and moves nothing.
 */
export type MoneyRole =
  /** Money leaves `from` and arrives at `to`. */
  | 'passes'
  /** Came back: `from` stays what it was, what it had taken from upstream is open there again. */
  | 'returns'
  /** Never was: `from` counts for less, and what it had taken from upstream is open there again. */
  | 'reverses'
  /** The same document in the books of the other side: the two must agree, nothing moves. */
  | 'mirrors'
  /** The amount of the flow beside it in the other of the two currencies. */
  | 'converts'
  /** Leaves `from` and does not arrive at `to`. */
  | 'less'
  /** Arrives at `to` and did not leave `from`. */
  | 'more';

/** Why an amount differs between the two ends of a flow. */
export type ExplanationKind =
  'cash-discount' | 'withholding-tax' | 'fee' | 'fx-loss' | 'fx-gain' | 'rounding' | 'write-off';

const ROLES: ReadonlyMap<string, MoneyRole> = new Map<string, MoneyRole>([
  ['fulfils', 'passes'],
  ['delivers', 'passes'],
  ['plans', 'passes'],
  ['receives', 'passes'],
  ['bills', 'passes'],
  ['prepays', 'passes'],
  ['settles', 'passes'],
  ['nets', 'passes'],
  ['credits', 'passes'],
  ['refunds', 'passes'],
  ['batches', 'passes'],
  ['books', 'passes'],
  ['returns', 'returns'],
  ['charges-back', 'returns'],
  ['reverses', 'reverses'],
  ['mirrors', 'mirrors'],
  ['converts', 'converts'],
  ['discounts', 'less'],
  ['withholds', 'less'],
  ['charges', 'less'],
  ['loses-on-exchange', 'less'],
  ['rounds-down', 'less'],
  ['writes-off', 'less'],
  ['gains-on-exchange', 'more'],
  ['rounds-up', 'more'],
]);

const EXPLANATIONS: ReadonlyMap<string, ExplanationKind> = new Map<string, ExplanationKind>([
  ['discounts', 'cash-discount'],
  ['withholds', 'withholding-tax'],
  ['charges', 'fee'],
  ['loses-on-exchange', 'fx-loss'],
  ['gains-on-exchange', 'fx-gain'],
  ['rounds-down', 'rounding'],
  ['rounds-up', 'rounding'],
  ['writes-off', 'write-off'],
]);

/** All qualifiers that say something about money. */
export const MONEY_QUALIFIERS: readonly string[] = [...ROLES.keys()];

/**
 * Links to the next document. An attempt to make one that failed holds the money up at that document, where it counts once; an attempt
 * to pay, credit, give back or explain that failed did nothing.
 */
export const LEADING_QUALIFIERS: readonly string[] = [
  'fulfils',
  'delivers',
  'plans',
  'receives',
  'bills',
  'batches',
  'books',
];

/** Qualifiers of links by which an object's amount is taken: paid, credited, explained away or undone. */
export const TAKING_QUALIFIERS: readonly string[] = [...ROLES].flatMap(([qualifier, role]) =>
  role === 'passes' || role === 'less' || role === 'reverses' ? [qualifier] : [],
);

/** What a link does to money; null = nothing. A payment that is refunded came back, a credit memo that is refunded is paid out. */
export function moneyRoleOf(qualifier: string, fromType: string): MoneyRole | null {
  if (qualifier === 'refunds' && fromType === 'payment') return 'returns';
  return ROLES.get(qualifier) ?? null;
}

/** A fee on money that goes out comes on top of it: more is debited than was paid. All others do what their qualifier says. */
export function explainingRoleOf(qualifier: string, fromDirection: Direction | null): MoneyRole | null {
  if (qualifier === 'charges' && fromDirection === 'outflow') return 'more';
  return ROLES.get(qualifier) ?? null;
}

/** What an explaining link explains; null for every other qualifier. */
export function explanationOf(qualifier: string): ExplanationKind | null {
  return EXPLANATIONS.get(qualifier) ?? null;
}

/** Attribute by which a source says that nothing more is to come: an open rest is then a break. */
export const IS_SETTLED_ATTRIBUTE = 'isSettled';

/** Types whose amount is meant to go on downstream: what has not gone on is open. */
export const PASSING_ON: ReadonlySet<string> = new Set([
  'contract',
  'sales-order',
  'delivery',
  'billing-schedule',
  'invoice',
  'purchase-order',
  'goods-receipt',
  'supplier-invoice',
  'expense-report',
  'settlement',
  'payment',
  'payment-batch',
]);

/** Types that are money itself: what no document explains is unapplied, not wrong. */
export const CASH_TYPES: ReadonlySet<string> = new Set(['payment', 'settlement', 'bank-entry']);

/** Balances and totals, whose amount is no sum of what is linked to them. */
export const TOTAL_TYPES: ReadonlySet<string> = new Set([
  'bank-statement',
  'cash-position',
  'cash-forecast',
  'actuals-batch',
  'forecast-version',
  'report',
]);
