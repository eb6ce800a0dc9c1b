import { addBusinessDuration, type BusinessCalendar } from '@throughline/sla';

/** A shift that ends now, or about now, and the one that begins. */
export type Shift = { since: Date; until: Date; cutOffUntil: Date };

const MS_PER_HOUR = 3_600_000;

/** How long a shift is where nobody says otherwise, how far ahead cut-offs are looked for, and how far a shift may reach, in hours. */
export const SHIFT_HOURS = { length: 8, cutOffs: 12, longest: 7 * 24 };

/**
 * The shift that is handed over at a time, and the next one; or why it is none. The next shift of a queue is counted in the hours in
 * which it is worked: on a Friday evening it ends on the Monday.
 */
export function shiftOf(
  stated: { since: Date | null; until: Date | null },
  now: Date,
  calendar: BusinessCalendar | null = null,
): { shift: Shift } | { problem: string } {
  const at = now.getTime();
  const since = stated.since ?? new Date(at - SHIFT_HOURS.length * MS_PER_HOUR);
  const longest = SHIFT_HOURS.longest * MS_PER_HOUR;
  const until = stated.until ?? new Date(Math.min(nextEnd(now, calendar), at + longest));
  if (since >= now || at - since.getTime() > longest) {
    return { problem: `since must lie in the past, at most ${SHIFT_HOURS.longest} hours ago` };
  }
  if (until <= now || until.getTime() - at > longest) {
    return { problem: `until must lie in the future, at most ${SHIFT_HOURS.longest} hours ahead` };
  }
  return { shift: { since, until, cutOffUntil: new Date(at + SHIFT_HOURS.cutOffs * MS_PER_HOUR) } };
}

function nextEnd(now: Date, calendar: BusinessCalendar | null): number {
  if (calendar === null) return now.getTime() + SHIFT_HOURS.length * MS_PER_HOUR;
  return Date.parse(addBusinessDuration(calendar, now.toISOString(), `PT${SHIFT_HOURS.length}H`));
}
