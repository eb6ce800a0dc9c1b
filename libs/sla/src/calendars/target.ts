import { type BusinessCalendar, MONDAY_TO_FRIDAY } from '../business-calendar.js';

/**
 * T2, the euro's settlement system (formerly TARGET2): six closing days, and the customer payment day 07:00 to 18:00
 * Central European Time. Holidays on a weekend are not moved.
 */
export const TARGET: BusinessCalendar = {
  name: 'TARGET',
  title: 'T2 (TARGET), euro',
  timeZone: 'Europe/Berlin',
  hours: [{ validFrom: '2002-01-01', weekdays: MONDAY_TO_FRIDAY, opens: '07:00', closes: '18:00' }],
  holidays: [
    { kind: 'fixed', name: "New Year's Day", month: 1, day: 1, observance: 'as-is' },
    { kind: 'easter', name: 'Good Friday', offsetDays: -2 },
    { kind: 'easter', name: 'Easter Monday', offsetDays: 1 },
    { kind: 'fixed', name: 'Labour Day', month: 5, day: 1, observance: 'as-is' },
    { kind: 'fixed', name: 'Christmas Day', month: 12, day: 25, observance: 'as-is' },
    { kind: 'fixed', name: 'Christmas Holiday', month: 12, day: 26, observance: 'as-is' },
  ],
};
