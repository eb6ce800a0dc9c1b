import { type BusinessCalendar, calendarNamed } from '@throughline/sla';

/** The business calendar of a legal entity; null = the entity is not known. */
export type CalendarOf = (legalEntity: string | null) => BusinessCalendar;

/** What a legal entity says about its business time. */
export type EntityCalendar = { code: string; calendar: string; timeZone: string };

// An unknown entity must not postpone a due time: its clock runs always.
const CALENDAR_OF_UNKNOWN = '24x7';

/** Calendars of legal entities, each in the entity's own time zone. Throws RangeError for a calendar nobody knows. */
export function calendarsOf(entities: readonly EntityCalendar[]): CalendarOf {
  const known = new Map(
    entities.map(({ code, calendar, timeZone }) => [code, { ...calendarNamed(calendar), timeZone }] as const),
  );
  const fallback = calendarNamed(CALENDAR_OF_UNKNOWN);
  return (legalEntity) => (legalEntity === null ? fallback : (known.get(legalEntity) ?? fallback));
}
