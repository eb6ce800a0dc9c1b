// Addresses of the screens about lineage itself: what is wrong with it, what is declared, where its time went, and what is owed.
import { type RawSearch, href, list, matching, text } from './url-search.js';
import { parseTransactionsSearch, type TransactionsSearch } from './url.js';

export const FINDING_KINDS = [
  'SEGREGATION_OF_DUTIES',
  'OWNERSHIP_CONFLICT',
  'MASTER_DATA_DRIFT',
  'CONTRADICTORY_ALIAS',
  'TOO_MANY_ALIASES',
  'MORE_THAN_EXPECTED',
  'OUT_OF_SEQUENCE',
  'LINK_CYCLE',
  'SELF_LINK',
  'IMPLAUSIBLE_TIME',
  'UNUSABLE_AMOUNT',
  'DIFFERING_CONTENT',
  'TRANSACTION_TRUNCATED',
] as const;
export type FindingKindName = (typeof FINDING_KINDS)[number];

/** `open`: the finding that is open beside the list */
export type FindingsSearch = { kind: readonly FindingKindName[]; open: string | undefined };

export function parseFindingsSearch(raw: RawSearch): FindingsSearch {
  return { kind: FINDING_KINDS.filter((kind) => list(raw, 'kind').includes(kind)), open: text(raw, 'open') };
}

export function findingsHref(search: Partial<FindingsSearch> = {}): string {
  return href('/findings', search);
}

/** `open`: the workflow that is open beside the list */
export type WorkflowsSearch = { open: string | undefined };

export function parseWorkflowsSearch(raw: RawSearch): WorkflowsSearch {
  return { open: text(raw, 'open') };
}

export function workflowsHref(search: Partial<WorkflowsSearch> = {}): string {
  return href('/workflows', search);
}

export function workflowHref(name: string): string {
  return `/workflows/${encodeURIComponent(name)}`;
}

export const DELAY_DIMENSIONS = ['KIND', 'SYSTEM', 'INTEGRATION', 'HOP', 'REGION', 'LEGAL_ENTITY'] as const;
export type DelayDimensionName = (typeof DELAY_DIMENSIONS)[number];

/** Time that has one name in a dimension; the name is empty where nobody says whose it was. */
export type DelayName = { dimension: DelayDimensionName; key: string };

/** The filters are those of the list of transactions. */
export type DelaysSearch = TransactionsSearch & {
  /** id of the part whose transactions are shown beside the others */
  part: string | undefined;
  /** the dimension of which every part is shown, not only the longest */
  whole: DelayDimensionName | undefined;
};

/** "SYSTEM:kyriba" */
export function delayId({ dimension, key }: DelayName): string {
  return `${dimension}:${key}`;
}

export function delayOf(id: string | undefined): DelayName | undefined {
  const at = id?.indexOf(':') ?? -1;
  const dimension = DELAY_DIMENSIONS.find((one) => one === id?.slice(0, at));
  return dimension && { dimension, key: id?.slice(at + 1) ?? '' };
}

export function parseDelaysSearch(raw: RawSearch): DelaysSearch {
  return {
    ...parseTransactionsSearch(raw),
    part: delayOf(text(raw, 'part')) && text(raw, 'part'),
    whole: DELAY_DIMENSIONS.find((one) => one === text(raw, 'whole')),
  };
}

export function delaysHref(search: Partial<DelaysSearch> = {}): string {
  return href('/delays', search, { order: 'activity', standing: 'WAITING' });
}

export type ReceivablesSearch = {
  entity: string | undefined;
  /** the line whose invoices are shown */
  line: string | undefined;
  /** reporting currency, or `none`; without it the one that this person likes */
  in: string | undefined;
  rate: string | undefined;
};

export function parseReceivablesSearch(raw: RawSearch): ReceivablesSearch {
  return {
    entity: text(raw, 'entity'),
    line: text(raw, 'line'),
    in: matching(raw, 'in', /^([A-Z]{3}|none)$/),
    rate: matching(raw, 'rate', /^[a-z][a-z0-9-]{0,39}$/),
  };
}

export function receivablesHref(search: Partial<ReceivablesSearch> = {}): string {
  return href('/receivables', search);
}
