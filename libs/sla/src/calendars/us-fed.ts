import { type BusinessCalendar, MONDAY_TO_FRIDAY } from '../business-calendar.js';

/**
 * Holidays of the Federal Reserve Banks: one on a Saturday is not moved to the Friday before it (civil calendars do
 * that), one on a Sunday is kept on the Monday. Hours are those of a payments desk on the East Coast; the Fedwire day
 * itself is longer and nobody works its night.
 */
export const US_FED: BusinessCalendar = {
  name: 'US-FED',
  title: 'Federal Reserve, US dollar',
  timeZone: 'America/New_York',
  hours: [{ validFrom: '1971-01-01', weekdays: MONDAY_TO_FRIDAY, opens: '09:00', closes: '18:00' }],
  holidays: [
    { kind: 'fixed', name: "New Year's Day", month: 1, day: 1, observance: 'sunday-to-monday' },
    { kind: 'nth-weekday', name: 'Martin Luther King Jr. Day', month: 1, weekday: 1, nth: 3, since: 1986 },
    { kind: 'nth-weekday', name: "Presidents' Day", month: 2, weekday: 1, nth: 3 },
    { kind: 'nth-weekday', name: 'Memorial Day', month: 5, weekday: 1, nth: -1 },
    { kind: 'fixed', name: 'Juneteenth', month: 6, day: 19, observance: 'sunday-to-monday', since: 2021 },
    { kind: 'fixed', name: 'Independence Day', month: 7, day: 4, observance: 'sunday-to-monday' },
    { kind: 'nth-weekday', name: 'Labor Day', month: 9, weekday: 1, nth: 1 },
    { kind: 'nth-weekday', name: 'Columbus Day', month: 10, weekday: 1, nth: 2 },
    { kind: 'fixed', name: 'Veterans Day', month: 11, day: 11, observance: 'sunday-to-monday' },
    { kind: 'nth-weekday', name: 'Thanksgiving', month: 11, weekday: 4, nth: 4 },
    { kind: 'fixed', name: 'Christmas Day', month: 12, day: 25, observance: 'sunday-to-monday' },
  ],
};
