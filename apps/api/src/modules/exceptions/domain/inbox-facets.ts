import {
  AGE_BUCKETS,
  AMOUNT_BUCKETS,
  CUT_OFF_BUCKETS,
  PAST_DUE_BUCKETS,
  type AgeBucket,
  type CutOffBucket,
} from './inbox-buckets.js';
import type { ExceptionState } from './life-cycle.js';
import { PRIORITY_BANDS } from './priority.js';

/** What the inbox is counted by, beside the list. */
export const INBOX_FACETS = [
  'STATE',
  'QUEUE',
  'OWNER',
  'PRIORITY',
  'CUT_OFF',
  'AGE',
  'AMOUNT',
  'PAST_DUE',
  'LEGAL_ENTITY',
  'PROBLEM',
  'INTEGRATION',
  'POSTING_PERIOD',
  'ESCALATED',
  'STATUTORY',
  'RECURRING',
] as const;

export type InboxFacet = (typeof INBOX_FACETS)[number];

/** One value, and how many there would be if it alone were chosen in its facet while everything else stays chosen. */
export type FacetBucket = { value: string; count: number };

export type FacetCounts = { facet: InboxFacet; buckets: FacetBucket[] };

/** A count as the store tells it. */
export type CountedValue = { facet: InboxFacet; value: string; count: number };

/** What an exception has or has not: only those that have it are told. */
const MARKED = ['true'];

/** Values of facets that have a fixed order, in it; those that nothing matches are told as well. */
const FIXED: Partial<Record<InboxFacet, readonly string[]>> = {
  OWNER: ['me', 'none'],
  PRIORITY: PRIORITY_BANDS,
  CUT_OFF: CUT_OFF_BUCKETS,
  AGE: AGE_BUCKETS,
  AMOUNT: AMOUNT_BUCKETS.map(nameOfBounds),
  PAST_DUE: PAST_DUE_BUCKETS.map(nameOfBounds),
  ESCALATED: MARKED,
  STATUTORY: MARKED,
  RECURRING: MARKED,
};

/** "1..30", "91..", "..0". */
export function nameOfBounds({ from, to }: { from: bigint | number | null; to: bigint | number | null }): string {
  return `${from ?? ''}..${to ?? ''}`;
}

/**
 * All facets, each with its buckets: in their own order where they have one, else the most frequent first. Of the states only
 * `states` were looked at.
 */
export function arrangeFacets(counted: readonly CountedValue[], states: readonly ExceptionState[]): FacetCounts[] {
  const fixed: Partial<Record<InboxFacet, readonly string[]>> = { ...FIXED, STATE: states };
  const byFacet = new Map<InboxFacet, Map<string, number>>(
    INBOX_FACETS.map((facet) => [facet, new Map((fixed[facet] ?? []).map((value) => [value, 0]))]),
  );
  for (const { facet, value, count } of counted) {
    const values = byFacet.get(facet)!;
    // what is in no queue, has no period or no known amount has no filter to find it by
    if (value !== '' && (fixed[facet] === undefined || values.has(value))) {
      values.set(value, (values.get(value) ?? 0) + count);
    }
  }
  return INBOX_FACETS.map((facet) => {
    const buckets = [...byFacet.get(facet)!].map(([value, count]) => ({ value, count }));
    return { facet, buckets: fixed[facet] ? buckets : buckets.sort(byCount) };
  });
}

function byCount(left: FacetBucket, right: FacetBucket): number {
  return right.count - left.count || (left.value < right.value ? -1 : 1);
}

/** What the rows tell that facets do not: how many there are of each age, time left, days past due, and whether they are the viewer's. */
export type TimedCount = {
  /** Positions of the buckets; past due -1 = no due date. */
  age: number;
  cutOff: number;
  pastDue: number;
  isMine: boolean;
  isOwned: boolean;
  /** The owner that is asked for. */
  isChosen: boolean;
  /** Within the days past due that are asked for. */
  isPastDue: boolean;
  count: number;
};

/** What of them is chosen; null = nothing. */
export type TimedChoice = {
  ages: readonly AgeBucket[] | null;
  cutOffs: readonly CutOffBucket[] | null;
  isOfOwner: (count: TimedCount) => boolean;
};

/** Counts of the facets that rows tell, each without what is chosen in itself; and how many match everything. */
export function countTimed(
  rows: readonly TimedCount[],
  choice: TimedChoice,
): { total: number; counted: CountedValue[] } {
  const counted: CountedValue[] = [];
  let total = 0;
  for (const row of rows) {
    const age = AGE_BUCKETS[row.age]!;
    const cutOff = CUT_OFF_BUCKETS[row.cutOff]!;
    const chosen: Record<'AGE' | 'CUT_OFF' | 'PAST_DUE' | 'OWNER', boolean> = {
      AGE: choice.ages === null || choice.ages.includes(age),
      CUT_OFF: choice.cutOffs === null || choice.cutOffs.includes(cutOff),
      PAST_DUE: row.isPastDue,
      OWNER: choice.isOfOwner(row),
    };
    const missing = Object.entries(chosen).filter(([, is]) => !is);
    const add = (facet: keyof typeof chosen, value: string) => {
      if (missing.every(([name]) => name === facet)) counted.push({ facet, value, count: row.count });
    };
    add('AGE', age);
    add('CUT_OFF', cutOff);
    const bounds = PAST_DUE_BUCKETS[row.pastDue];
    if (bounds) add('PAST_DUE', nameOfBounds(bounds));
    if (row.isMine) add('OWNER', 'me');
    if (!row.isOwned) add('OWNER', 'none');
    if (missing.length === 0) total += row.count;
  }
  return { total, counted };
}
