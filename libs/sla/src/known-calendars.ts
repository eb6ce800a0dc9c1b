import type { BusinessCalendar } from './business-calendar.js';
import { AROUND_THE_CLOCK } from './calendars/around-the-clock.js';
import { BRAZIL } from './calendars/brazil.js';
import { SINGAPORE } from './calendars/singapore.js';
import { TARGET } from './calendars/target.js';
import { US_FED } from './calendars/us-fed.js';

/** The calendars that come with the product, by name: TARGET, US-FED, BR, SG, 24x7. */
export const KNOWN_CALENDARS: ReadonlyMap<string, BusinessCalendar> = new Map(
  [TARGET, US_FED, BRAZIL, SINGAPORE, AROUND_THE_CLOCK].map((calendar) => [calendar.name, calendar]),
);

/** A calendar by name; undefined when none has it. */
export function findCalendar(name: string): BusinessCalendar | undefined {
  return KNOWN_CALENDARS.get(name);
}

/** A calendar by name; throws RangeError naming the known ones when none has it. */
export function calendarNamed(name: string): BusinessCalendar {
  const calendar = KNOWN_CALENDARS.get(name);
  if (!calendar)
    throw new RangeError(`no calendar ${JSON.stringify(name)}; known are ${[...KNOWN_CALENDARS.keys()].join(', ')}`);
  return calendar;
}

// The payment system's days decide when money of a currency moves.
const CALENDAR_OF_CURRENCY: ReadonlyMap<string, BusinessCalendar> = new Map([
  ['EUR', TARGET],
  ['USD', US_FED],
  ['BRL', BRAZIL],
  ['SGD', SINGAPORE],
]);

/** The calendar on whose business days a currency is paid and booked; undefined when none is known for it. */
export function calendarOfCurrency(currency: string): BusinessCalendar | undefined {
  return CALENDAR_OF_CURRENCY.get(currency);
}
