// Buckets by which people narrow the inbox. Those of one kind never overlap, and leave no gap between them.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long ago an exception was opened, in hours that have gone by and not in days of a calendar: it is the same in every zone. */
export const AGE_BUCKETS = [
  'UNDER_1_HOUR',
  'HOURS_1_TO_24',
  'DAYS_1_TO_3',
  'DAYS_3_TO_7',
  'DAYS_7_TO_30',
  'OVER_30_DAYS',
] as const;

export type AgeBucket = (typeof AGE_BUCKETS)[number];

/** Age from which each bucket begins, in the order of the buckets; it ends where the next begins. */
const AGE_FROM_MS: readonly number[] = [0, HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS];

/** Time left to the first due time that can still be met; OVERDUE = what was due was missed and nothing is left to be met. */
export const CUT_OFF_BUCKETS = ['OVERDUE', 'WITHIN_1_HOUR', 'HOURS_1_TO_4', 'HOURS_4_TO_24', 'LATER', 'NONE'] as const;

export type CutOffBucket = (typeof CUT_OFF_BUCKETS)[number];

/** More time than this is left; a bucket reaches to where the next begins, that moment included, and the last has no end. */
const LEFT_OVER_MS: readonly (readonly [CutOffBucket, number])[] = [
  ['WITHIN_1_HOUR', 0],
  ['HOURS_1_TO_4', HOUR_MS],
  ['HOURS_4_TO_24', 4 * HOUR_MS],
  ['LATER', DAY_MS],
];

/** A range of a number; null = no end on that side. Its ends belong to it. */
export type Bounds<T> = { from: T | null; to: T | null };

/** Money at risk in the reporting currency, in minor units. */
export const AMOUNT_BUCKETS: readonly Bounds<bigint>[] = [
  { from: 100_000_000n, to: null },
  { from: 10_000_000n, to: 99_999_999n },
  { from: 1_000_000n, to: 9_999_999n },
  { from: 100_000n, to: 999_999n },
  { from: null, to: 99_999n },
];

/** Days since the due date of the document; 0 and less = not past due. */
export const PAST_DUE_BUCKETS: readonly Bounds<number>[] = [
  { from: null, to: 0 },
  { from: 1, to: 30 },
  { from: 31, to: 60 },
  { from: 61, to: 90 },
  { from: 91, to: null },
];

/** Opened later than `after` and not later than `until`; null = no end on that side. */
export type OpenedSpan = { after: Date | null; until: Date | null };

/** When exceptions of an age were opened. What seems to come from the future is as young as can be. */
export function openedWithin(bucket: AgeBucket, at: Date): OpenedSpan {
  const position = AGE_BUCKETS.indexOf(bucket);
  const from = AGE_FROM_MS[position] ?? 0;
  const to = AGE_FROM_MS[position + 1];
  return {
    after: to === undefined ? null : new Date(at.getTime() - to),
    until: from === 0 ? null : new Date(at.getTime() - from),
  };
}

/** The spans of several ages; neighbours become one, so that a database is asked for few. */
export function openedWithinAny(buckets: readonly AgeBucket[], at: Date): OpenedSpan[] {
  const spans: OpenedSpan[] = [];
  // from the youngest on: each span ends where an older one may begin
  for (const bucket of AGE_BUCKETS.filter((one) => buckets.includes(one))) {
    const span = openedWithin(bucket, at);
    const last = spans.at(-1);
    if (last?.after && span.until && last.after.getTime() === span.until.getTime()) last.after = span.after;
    else spans.push(span);
  }
  return spans;
}

export function ageBucketOf(openedAt: Date, at: Date): AgeBucket {
  const age = at.getTime() - openedAt.getTime();
  const position = AGE_FROM_MS.findLastIndex((from) => age >= from);
  return AGE_BUCKETS[Math.max(0, position)]!;
}

/** Due later than `after` and not later than `until`. */
export type DueSpan = { after: Date; until: Date | null };

/** When what an exception can still meet is due; null for buckets that are not about time left. */
export function dueWithin(bucket: CutOffBucket, at: Date): DueSpan | null {
  const position = LEFT_OVER_MS.findIndex(([name]) => name === bucket);
  const [begins, ends] = [LEFT_OVER_MS[position], LEFT_OVER_MS[position + 1]];
  if (begins === undefined) return null;
  return {
    after: new Date(at.getTime() + begins[1]),
    until: ends === undefined ? null : new Date(at.getTime() + ends[1]),
  };
}

/** As the priority tells it: what can still be met goes before what was missed. */
export function cutOffBucketOf(
  { nextDueAt, missedDueAt }: { nextDueAt: Date | null; missedDueAt: Date | null },
  at: Date,
): CutOffBucket {
  if (nextDueAt !== null && nextDueAt > at) {
    const left = nextDueAt.getTime() - at.getTime();
    return LEFT_OVER_MS.findLast(([, over]) => left > over)![0];
  }
  return nextDueAt === null && missedDueAt === null ? 'NONE' : 'OVERDUE';
}

/** Due dates that are so many days past on a day; dates as text, 2026-09-30. */
export function dueOnOf({ from, to }: Bounds<number>, today: string): Bounds<string> {
  return { from: to === null ? null : daysBefore(today, to), to: from === null ? null : daysBefore(today, from) };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
