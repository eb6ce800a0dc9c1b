import { calendarDay, clockTime, OWN_ZONE } from '../format/time.js';
import type { Absence } from './absence-documents.js';

type Away = Pick<Absence, 'until' | 'noStandInReason'> & { standIn: { displayName: string } | null };

/** "away until Thu 3 Dec, deputy Kim Lee": what stands beside the name of who is not there. */
export function awayWords({ until, standIn, noStandInReason }: Away): string {
  const deputy =
    standIn !== null
      ? `deputy ${standIn.displayName}`
      : noStandInReason === 'circular'
        ? 'the deputies are away too'
        : 'no deputy';
  return `away until ${backOn(until)}, ${deputy}`;
}

/** "Thu 3 Dec", with the time where it is not the beginning of a day. */
export function backOn(until: string, zone: string = OWN_ZONE): string {
  // the midnight that ends the last day away begins the day of being back
  const day = calendarDay(new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(until)));
  const time = clockTime(until, zone);
  return time.startsWith('00:00') ? day : `${day} ${time}`;
}

/** What is away now, by person. */
export function awayNow(absences: readonly Absence[]): Map<string, Absence> {
  return new Map(absences.flatMap((one) => (one.isNow && one.person !== null ? [[one.person.id, one]] : [])));
}

/** The local midnights between which somebody is away who is away from one day to another, both included. */
export function daysAway(first: string, last: string): { from: string; until: string } | undefined {
  const from = new Date(`${first}T00:00`);
  const until = new Date(`${last}T00:00`);
  // the calendar's next day: it may begin 23 or 25 hours later
  until.setDate(until.getDate() + 1);
  if (Number.isNaN(from.getTime()) || Number.isNaN(until.getTime()) || until <= from) return undefined;
  return { from: from.toISOString(), until: until.toISOString() };
}
