import { type BusinessCalendar, EVERY_DAY } from '../business-calendar.js';

/** Never closed: clocks of systems rather than of people and banks. */
export const AROUND_THE_CLOCK: BusinessCalendar = {
  name: '24x7',
  title: 'Around the clock',
  timeZone: 'UTC',
  hours: [{ validFrom: '1970-01-01', weekdays: EVERY_DAY, opens: '00:00', closes: '24:00' }],
  holidays: [],
};
