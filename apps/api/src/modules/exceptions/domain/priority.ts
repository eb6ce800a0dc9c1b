import type { StatutoryKind } from './statutory.js';

/** How urgent: P1 is worked before anything else. */
export const PRIORITY_BANDS = ['P1', 'P2', 'P3', 'P4'] as const;

export type PriorityBand = (typeof PRIORITY_BANDS)[number];

/** What everything is compared in: the base of the reference rates. */
export const REPORTING_CURRENCY = 'EUR';

/** What makes an exception urgent, as stored. */
export type UrgencyFacts = {
  /** Money at risk in minor units of the reporting currency, as text; null = there is none, or it is not known. */
  reportingMinor: string | null;
  /** There is money, or may be, and nobody can say how much: no rate, or a signal that could not be read. */
  isMoneyUnknown: boolean;
  /** Of what the subject still has to reach, the first due time that was still to come when this was read. */
  nextDueAt: Date | null;
  nextDueStep: string | null;
  /** The first that was missed and is still not reached. */
  missedDueAt: Date | null;
  missedDueStep: string | null;
  /** Running transactions that it holds up, its own included; counted to 1 000. */
  blocks: number;
  statutory: StatutoryKind | null;
};

export type Rating = { points: number; band: PriorityBand };

/** Points from this many minor units of the reporting currency on: cents, so EUR 10 m, 1 m, 100 k, 10 k, 1 k, anything. */
const MONEY_POINTS: readonly (readonly [bigint, number])[] = [
  [1_000_000_000n, 75],
  [100_000_000n, 60],
  [10_000_000n, 45],
  [1_000_000n, 30],
  [100_000n, 15],
  [1n, 5],
];
/** Unknown money is neither nothing nor a fortune. */
const UNKNOWN_MONEY_POINTS = 25;
const NEXT_DUE_POINTS = 20;
/** Less than what can still be met: the damage is done. */
const MISSED_DUE_POINTS = 15;
const BLOCKS_POINTS: readonly (readonly [number, number])[] = [
  [100, 15],
  [10, 10],
  [2, 5],
];
const OCCURRENCE_POINTS: readonly (readonly [number, number])[] = [
  [10, 10],
  [3, 5],
];
const MOST_POINTS = 100;

const BAND_FROM: readonly (readonly [number, PriorityBand])[] = [
  [70, 'P1'],
  [45, 'P2'],
  [20, 'P3'],
];

/** Points and band of an exception. What the law puts a date on is P1 whatever its amount. */
export function ratePriority(facts: UrgencyFacts, occurrences: number): Rating {
  if (facts.statutory !== null) return { points: MOST_POINTS, band: 'P1' };
  const points = Math.min(
    MOST_POINTS,
    moneyPoints(facts) +
      (facts.nextDueAt !== null ? NEXT_DUE_POINTS : facts.missedDueAt !== null ? MISSED_DUE_POINTS : 0) +
      pointsFrom(BLOCKS_POINTS, facts.blocks) +
      pointsFrom(OCCURRENCE_POINTS, occurrences),
  );
  return { points, band: BAND_FROM.find(([from]) => points >= from)?.[1] ?? 'P4' };
}

function moneyPoints({ reportingMinor, isMoneyUnknown }: UrgencyFacts): number {
  if (isMoneyUnknown) return UNKNOWN_MONEY_POINTS;
  const minor = BigInt(reportingMinor ?? '0');
  return MONEY_POINTS.find(([from]) => minor >= from)?.[1] ?? 0;
}

function pointsFrom(steps: readonly (readonly [number, number])[], value: number): number {
  return steps.find(([from]) => value >= from)?.[1] ?? 0;
}

const MS_PER_MINUTE = 60_000;
/** Minutes since 1970, until the year 2225. */
const MINUTES_BITS = 2 ** 27;
/** Magnitudes of money in minor units, see `magnitude`. */
const MAGNITUDES = 2 ** 12;

/**
 * One integer to sort by, largest first: what the law dates, then the band (a person's where one is stated), in it what can still
 * be met by its due time, the earliest first, then the larger amount.
 *
 * Time left is not in it, the due time is. Of two due times the earlier leaves less time at every moment, so their order never
 * changes while time passes and no row is rewritten for it; how much is left is told when the row is read. Only when a due time
 * passes does the row change, once, by the sweep of overdue milestones.
 */
export function priorityOrder(
  facts: Pick<UrgencyFacts, 'nextDueAt' | 'reportingMinor' | 'statutory'>,
  band: PriorityBand,
  isStated: boolean,
): number {
  const rank = PRIORITY_BANDS.length - PRIORITY_BANDS.indexOf(band) + (facts.statutory !== null && !isStated ? 1 : 0);
  const due =
    facts.nextDueAt === null
      ? 0
      : Math.max(1, MINUTES_BITS - 1 - Math.floor(facts.nextDueAt.getTime() / MS_PER_MINUTE));
  return (rank * MINUTES_BITS + due) * MAGNITUDES + magnitude(BigInt(facts.reportingMinor ?? '0'));
}

/** Twelve bits that grow with the amount: the length of its binary number, and the six digits after its first. */
function magnitude(minor: bigint): number {
  const length = minor <= 0n ? 0 : minor.toString(2).length;
  const following = length <= 7 ? (minor << BigInt(7 - length)) & 63n : (minor >> BigInt(length - 7)) & 63n;
  return length === 0 ? 0 : length * 64 + Number(following);
}
