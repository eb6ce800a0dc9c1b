import { type BusinessCalendar, calendarNamed, calendarOfCurrency } from '@throughline/sla';
import type { MilestoneDueRule } from './workflow.js';

/**
 * The business calendar of a legal entity; null = the entity is not known. With a currency the days on which that currency is
 * paid, in the time zone of the entity; a currency that no calendar is known for keeps the entity's own.
 */
export type CalendarOf = (legalEntity: string | null, currency?: string | null) => BusinessCalendar;

/** What a legal entity says about its business time. */
export type EntityCalendar = { code: string; calendar: string; timeZone: string };

/** The calendar of a due rule at an object of this entity and currency. */
export function calendarOfRule(
  { calendar }: Pick<MilestoneDueRule, 'calendar'>,
  legalEntity: string | null,
  currency: string | null,
  calendarOf: CalendarOf,
): BusinessCalendar {
  if (calendar === 'around-the-clock') return calendarNamed(AROUND_THE_CLOCK);
  return calendarOf(legalEntity, calendar === 'currency' ? currency : null);
}

// An unknown entity must not postpone a due time: its clock runs always.
const AROUND_THE_CLOCK = '24x7';

// The arithmetic remembers what it worked out per calendar object, so one calendar has to stay one object.
const zoned = new Map<string, BusinessCalendar>();

function calendarInZone(calendar: BusinessCalendar, timeZone: string): BusinessCalendar {
  if (calendar.timeZone === timeZone) return calendar;
  const key = `${calendar.name} ${timeZone}`;
  const known = zoned.get(key) ?? { ...calendar, timeZone };
  zoned.set(key, known);
  return known;
}

/** Calendars of legal entities, each in the entity's own time zone. Throws RangeError for a calendar nobody knows. */
export function calendarsOf(entities: readonly EntityCalendar[]): CalendarOf {
  const known = new Map(
    entities.map(({ code, calendar, timeZone }) => [code, calendarInZone(calendarNamed(calendar), timeZone)] as const),
  );
  const fallback = calendarNamed(AROUND_THE_CLOCK);
  return (legalEntity, currency = null) => {
    const entity = legalEntity === null ? undefined : known.get(legalEntity);
    const paid = currency === null ? undefined : calendarOfCurrency(currency);
    if (paid === undefined) return entity ?? fallback;
    return entity === undefined ? paid : calendarInZone(paid, entity.timeZone);
  };
}
