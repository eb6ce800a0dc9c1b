import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AGE_BUCKETS,
  ageBucketOf,
  AMOUNT_BUCKETS,
  CUT_OFF_BUCKETS,
  cutOffBucketOf,
  dueOnOf,
  dueWithin,
  openedWithin,
  openedWithinAny,
  PAST_DUE_BUCKETS,
  type AgeBucket,
  type CutOffBucket,
  type OpenedSpan,
} from './inbox-buckets.js';

const AT = new Date('2026-11-30T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const isIn = ({ after, until }: OpenedSpan, openedAt: Date) =>
  (after === null || openedAt > after) && (until === null || openedAt <= until);

describe('the age of an exception', () => {
  it.each<[string, number, AgeBucket]>([
    ['just now', 0, 'UNDER_1_HOUR'],
    ['a clock that runs ahead', -5 * MINUTE, 'UNDER_1_HOUR'],
    ['59 minutes', 59 * MINUTE, 'UNDER_1_HOUR'],
    ['an hour to the millisecond', HOUR, 'HOURS_1_TO_24'],
    ['a day less a millisecond', DAY - 1, 'HOURS_1_TO_24'],
    ['a day', DAY, 'DAYS_1_TO_3'],
    ['three days', 3 * DAY, 'DAYS_3_TO_7'],
    ['a week', 7 * DAY, 'DAYS_7_TO_30'],
    ['thirty days', 30 * DAY, 'OVER_30_DAYS'],
    ['a year', 365 * DAY, 'OVER_30_DAYS'],
  ])('%s', (_name, age, bucket) => {
    const openedAt = new Date(AT.getTime() - age);
    expect(ageBucketOf(openedAt, AT)).toBe(bucket);
    expect(AGE_BUCKETS.filter((one) => isIn(openedWithin(one, AT), openedAt))).toEqual([bucket]);
  });

  it('lies in the spans of several ages when it lies in one of them', () => {
    fc.assert(
      fc.property(fc.subarray([...AGE_BUCKETS]), fc.integer({ min: -DAY, max: 60 * DAY }), (buckets, age) => {
        const openedAt = new Date(AT.getTime() - age);
        const isWanted = buckets.includes(ageBucketOf(openedAt, AT));
        expect(openedWithinAny(buckets, AT).some((span) => isIn(span, openedAt))).toBe(isWanted);
      }),
    );
  });

  it('is asked for in one span where ages are neighbours', () => {
    expect(openedWithinAny(['DAYS_3_TO_7', 'HOURS_1_TO_24', 'DAYS_1_TO_3'], AT)).toEqual([
      { after: new Date('2026-11-23T12:00:00Z'), until: new Date('2026-11-30T11:00:00Z') },
    ]);
    expect(openedWithinAny([...AGE_BUCKETS], AT)).toEqual([{ after: null, until: null }]);
    expect(openedWithinAny([], AT)).toEqual([]);
  });
});

describe('the time to the cut-off', () => {
  const later = (ms: number) => new Date(AT.getTime() + ms);

  it.each<[string, Date | null, Date | null, CutOffBucket]>([
    ['nothing is due', null, null, 'NONE'],
    ['a minute left', later(MINUTE), null, 'WITHIN_1_HOUR'],
    ['an hour to the millisecond', later(HOUR), null, 'WITHIN_1_HOUR'],
    ['a little more than an hour', later(HOUR + 1), null, 'HOURS_1_TO_4'],
    ['four hours', later(4 * HOUR), null, 'HOURS_1_TO_4'],
    ['a day', later(DAY), null, 'HOURS_4_TO_24'],
    ['a week', later(7 * DAY), null, 'LATER'],
    ['due this moment', AT, null, 'OVERDUE'],
    ['passed since it was last looked at', later(-MINUTE), null, 'OVERDUE'],
    ['missed, with nothing more to meet', null, later(-DAY), 'OVERDUE'],
    ['missed, with something that can still be met', later(2 * HOUR), later(-DAY), 'HOURS_1_TO_4'],
  ])('%s', (_name, nextDueAt, missedDueAt, bucket) => {
    expect(cutOffBucketOf({ nextDueAt, missedDueAt }, AT)).toBe(bucket);
  });

  it('is in the span of its bucket alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 * DAY }), (left) => {
        const dueAt = later(left);
        const within = CUT_OFF_BUCKETS.filter((bucket) => {
          const span = dueWithin(bucket, AT);
          return span !== null && dueAt > span.after && (span.until === null || dueAt <= span.until);
        });
        expect(within).toEqual([cutOffBucketOf({ nextDueAt: dueAt, missedDueAt: null }, AT)]);
      }),
    );
  });
});

describe('ranges of amounts and of days past due', () => {
  it('hold every amount and every day once', () => {
    const isWithin = <T extends bigint | number>(value: T, { from, to }: { from: T | null; to: T | null }) =>
      (from === null || value >= from) && (to === null || value <= to);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: -400, max: 400 }), (minor, days) => {
        expect(AMOUNT_BUCKETS.filter((bounds) => isWithin(minor, bounds))).toHaveLength(1);
        expect(PAST_DUE_BUCKETS.filter((bounds) => isWithin(days, bounds))).toHaveLength(1);
      }),
    );
  });

  it.each([
    [
      { from: 1, to: 30 },
      { from: '2026-10-31', to: '2026-11-29' },
    ],
    [
      { from: 91, to: null },
      { from: null, to: '2026-08-31' },
    ],
    [
      { from: null, to: 0 },
      { from: '2026-11-30', to: null },
    ],
    [
      { from: -7, to: -7 },
      { from: '2026-12-07', to: '2026-12-07' },
    ],
  ])('%j days past are due dates %j', (days, dates) => {
    expect(dueOnOf(days, '2026-11-30')).toEqual(dates);
  });
});
