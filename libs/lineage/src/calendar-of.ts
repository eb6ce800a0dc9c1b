import { type BusinessCalendar, calendarNamed } from '@throughline/sla';

/** The business calendar of a legal entity; null = the entity is not known. */
export type CalendarOf = (legalEntity: string | null) => BusinessCalendar;

/** What a legal entity says about its business time. */
export type EntityCalendar = { code: string; calendar: string; timeZone: string };

// An unknown entity must not postpone a due time: its clock runs always.
const CALENDAR_OF_UNKNOWN = '24x7';

// The arithmetic remembers what it worked out per calendar object, so one calendar has to stay one object.
const zoned = new Map<string, BusinessCalendar>();

function calendarInZone(name: string, timeZone: string): BusinessCalendar {
  const calendar = calendarNamed(name);
  if (calendar.timeZone === timeZone) return calendar;
  const key = `${name} ${timeZone}`;
  const known = zoned.get(key) ?? { ...calendar, timeZone };
  zoned.set(key, known);
  return known;
}

/** Calendars of legal entities, each in the entity's own time zone. Throws RangeError for a calendar nobody knows. */
export function calendarsOf(entities: readonly EntityCalendar[]): CalendarOf {
  const known = new Map(
    entities.map(({ code, calendar, timeZone }) => [code, calendarInZone(calendar, timeZone)] as const),
  );
  const fallback = calendarNamed(CALENDAR_OF_UNKNOWN);
  return (legalEntity) => (legalEntity === null ? fallback : (known.get(legalEntity) ?? fallback));
}
