import { type BusinessCalendar, MONDAY_TO_FRIDAY } from '../business-calendar.js';

/**
 * Singapore: a public holiday on a Sunday makes the Monday one (Holidays Act, section 4). Those of lunar calendars are
 * announced a year ahead; the table has 2024 to 2026 as announced, 2027 and 2028 as the calendars give them: compare
 * them with the announcement before relying on them.
 */
export const SINGAPORE: BusinessCalendar = {
  name: 'SG',
  title: 'Singapore, dollar',
  timeZone: 'Asia/Singapore',
  coveredFrom: 2024,
  coveredUntil: 2028,
  hours: [{ validFrom: '2002-01-01', weekdays: MONDAY_TO_FRIDAY, opens: '09:00', closes: '18:00' }],
  holidays: [
    { kind: 'fixed', name: "New Year's Day", month: 1, day: 1, observance: 'sunday-to-monday' },
    {
      kind: 'dated',
      name: 'Chinese New Year',
      dates: [
        ...['2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26'],
        ...['2024-02-11', '2025-01-30', '2026-02-18', '2027-02-07', '2028-01-27'],
      ],
      observance: 'sunday-to-monday',
    },
    {
      kind: 'dated',
      name: 'Hari Raya Puasa',
      dates: ['2024-04-10', '2025-03-31', '2026-03-21', '2027-03-10', '2028-02-27'],
      observance: 'sunday-to-monday',
    },
    { kind: 'easter', name: 'Good Friday', offsetDays: -2 },
    { kind: 'fixed', name: 'Labour Day', month: 5, day: 1, observance: 'sunday-to-monday' },
    { kind: 'dated', name: 'Polling Day', dates: ['2025-05-03'], observance: 'as-is' },
    {
      kind: 'dated',
      name: 'Vesak Day',
      dates: ['2024-05-22', '2025-05-12', '2026-05-31', '2027-05-20', '2028-05-09'],
      observance: 'sunday-to-monday',
    },
    {
      kind: 'dated',
      name: 'Hari Raya Haji',
      dates: ['2024-06-17', '2025-06-07', '2026-05-27', '2027-05-16', '2028-05-05'],
      observance: 'sunday-to-monday',
    },
    { kind: 'fixed', name: 'National Day', month: 8, day: 9, observance: 'sunday-to-monday' },
    {
      kind: 'dated',
      name: 'Deepavali',
      dates: ['2024-10-31', '2025-10-20', '2026-11-08', '2027-10-28', '2028-10-17'],
      observance: 'sunday-to-monday',
    },
    { kind: 'fixed', name: 'Christmas Day', month: 12, day: 25, observance: 'sunday-to-monday' },
  ],
};
