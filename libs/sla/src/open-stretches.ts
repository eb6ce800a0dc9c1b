import { type Instant, instantFromMs, msOfInstant } from '@throughline/canonical';
import type { BusinessCalendar } from './business-calendar.js';
import { localYearOf, openYear } from './open-time.js';

/** A stretch of time in which a calendar is open or closed throughout. */
export type CalendarStretch = { from: Instant; until: Instant; isOpen: boolean };

/** The time between two instants, cut where the calendar opens or closes; without gap, empty when `until` is not later. */
export function openStretches(calendar: BusinessCalendar, from: Instant, until: Instant): CalendarStretch[] {
  const stretches: CalendarStretch[] = [];
  const end = msOfInstant(until);
  let at = msOfInstant(from);
  const advance = (to: number, isOpen: boolean): void => {
    const next = Math.min(to, end);
    if (next <= at) return;
    const last = stretches.at(-1);
    // open over New Year: two intervals of the arithmetic, one stretch of time
    if (last?.isOpen === isOpen) last.until = instantFromMs(next);
    else stretches.push({ from: instantFromMs(at), until: instantFromMs(next), isOpen });
    at = next;
  };
  for (let year = localYearOf(calendar, at); at < end; year += 1) {
    const { starts, ends, until: turn } = openYear(calendar, year);
    starts.forEach((opens, index) => {
      if (at >= end) return;
      advance(opens, false);
      advance(ends[index] ?? opens, true);
    });
    advance(turn, false);
  }
  return stretches;
}
