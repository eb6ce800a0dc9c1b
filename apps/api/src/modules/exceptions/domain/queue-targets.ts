import { durationMs } from '@throughline/sla';
import { CLOCK_TARGETS, type ClockTargets } from './clock.js';
import { PRIORITY_BANDS, type PriorityBand } from './priority.js';

/** What a tenant says of one band of a queue. */
export type StatedTarget = ClockTargets & { band: PriorityBand };

/** What holds in a queue for each band, and whether the tenant said so. */
export type QueueTarget = StatedTarget & { isOwn: boolean };

/** A target that is longer is none. */
const LONGEST_HOURS = 1_000;
const MS_PER_HOUR = 3_600_000;

/** The targets of a queue, the most urgent band first: those that were stated, else those shipped. */
export function targetsInForce(stated: readonly StatedTarget[]): QueueTarget[] {
  return PRIORITY_BANDS.map((band) => {
    const own = stated.find((one) => one.band === band);
    return own === undefined ? { band, ...CLOCK_TARGETS[band], isOwn: false } : { ...own, isOwn: true };
  });
}

/** Why targets cannot be taken as they are, in words; nothing where they can. */
export function targetProblems(stated: readonly StatedTarget[]): string[] {
  return [
    ...PRIORITY_BANDS.filter((band) => stated.filter((one) => one.band === band).length > 1).map(
      (band) => `${band} is there twice`,
    ),
    ...stated.flatMap(problemsOf),
  ];
}

function problemsOf({ band, response, resolution }: StatedTarget): string[] {
  const [first, last] = [lengthOf(response), lengthOf(resolution)];
  if (first === null || last === null) {
    return [`${band}: times are hours and minutes such as PT1H30M, up to ${LONGEST_HOURS} hours, and never none`];
  }
  return first > last ? [`${band}: it cannot be over before somebody has it in hand`] : [];
}

function lengthOf(duration: string): number | null {
  try {
    const length = durationMs(duration);
    return length > 0 && length <= LONGEST_HOURS * MS_PER_HOUR ? length : null;
  } catch {
    return null;
  }
}
