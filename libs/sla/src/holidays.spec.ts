import { describe, expect, it } from '@jest/globals';
import { holidaysOf, isBusinessDay, nthBusinessDayOfMonth } from './business-time.js';
import { easterSunday, isoDateOf, weekdayOf, dayNumberOf } from './holiday-rules.js';
import { calendarNamed, findCalendar } from './known-calendars.js';

/** Days of a year, "MM-DD", on which a Monday-to-Friday calendar is closed though it is no weekend. */
function closedWeekdays(calendar: string, year: number): string {
  const dates = holidaysOf(calendarNamed(calendar), year).map(({ date }) => date);
  return [...new Set(dates)]
    .filter((date) => weekdayOf(dayNumberOf(date)) <= 5)
    .map((date) => date.slice(5))
    .join(' ');
}

describe('Easter', () => {
  it.each(
    '2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25 2038-04-25 1818-03-22'
      .split(' ')
      .map((date) => [date]),
  )('is on %s', (date) => {
    expect(isoDateOf(easterSunday(Number(date.slice(0, 4))))).toBe(date);
  });
});

describe('T2 (TARGET) closes on', () => {
  it.each([
    [2024, '01-01 03-29 04-01 05-01 12-25 12-26'],
    [2025, '01-01 04-18 04-21 05-01 12-25 12-26'],
    [2026, '01-01 04-03 04-06 05-01 12-25'],
    [2027, '01-01 03-26 03-29'],
    [2028, '04-14 04-17 05-01 12-25 12-26'],
    [2029, '01-01 03-30 04-02 05-01 12-25 12-26'],
    [2030, '01-01 04-19 04-22 05-01 12-25 12-26'],
    [2031, '01-01 04-11 04-14 05-01 12-25 12-26'],
    [2032, '01-01 03-26 03-29'],
    [2033, '04-15 04-18 12-26'],
    [2034, '04-07 04-10 05-01 12-25 12-26'],
    [2035, '01-01 03-23 03-26 05-01 12-25 12-26'],
  ])('%i: %s', (year, days) => {
    expect(closedWeekdays('TARGET', year)).toBe(days);
  });
});

describe('the Federal Reserve closes on', () => {
  it.each([
    [2024, '01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25'],
    [2025, '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25'],
    // 4 July 2026 is a Saturday: open on Friday the 3rd.
    [2026, '01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25'],
    // 19 June and 25 December 2027 are Saturdays, 4 July a Sunday.
    [2027, '01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25'],
    [2028, '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-23 12-25'],
    [2029, '01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25'],
    [2030, '01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25'],
    [2031, '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25'],
    [2032, '01-01 01-19 02-16 05-31 07-05 09-06 10-11 11-11 11-25'],
    [2033, '01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26'],
    [2034, '01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-23 12-25'],
    [2035, '01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25'],
  ])('%i: %s', (year, days) => {
    expect(closedWeekdays('US-FED', year)).toBe(days);
  });

  it('is open on the Friday before a Saturday holiday', () => {
    expect(isBusinessDay(calendarNamed('US-FED'), '2026-07-03')).toBe(true);
    expect(isBusinessDay(calendarNamed('US-FED'), '2027-12-24')).toBe(true);
    expect(isBusinessDay(calendarNamed('US-FED'), '2021-06-18')).toBe(true);
  });
});

describe('Brazil closes on', () => {
  it.each([
    [2023, '02-20 02-21 04-07 04-21 05-01 06-08 09-07 10-12 11-02 11-15 12-25'],
    [2024, '01-01 02-12 02-13 03-29 05-01 05-30 11-15 11-20 12-25'],
    [2025, '01-01 03-03 03-04 04-18 04-21 05-01 06-19 11-20 12-25'],
    [2026, '01-01 02-16 02-17 04-03 04-21 05-01 06-04 09-07 10-12 11-02 11-20 12-25'],
    [2027, '01-01 02-08 02-09 03-26 04-21 05-27 09-07 10-12 11-02 11-15'],
    [2028, '02-28 02-29 04-14 04-21 05-01 06-15 09-07 10-12 11-02 11-15 11-20 12-25'],
    [2029, '01-01 02-12 02-13 03-30 05-01 05-31 09-07 10-12 11-02 11-15 11-20 12-25'],
    [2030, '01-01 03-04 03-05 04-19 05-01 06-20 11-15 11-20 12-25'],
    [2031, '01-01 02-24 02-25 04-11 04-21 05-01 06-12 11-20 12-25'],
    [2032, '01-01 02-09 02-10 03-26 04-21 05-27 09-07 10-12 11-02 11-15'],
    [2033, '02-28 03-01 04-15 04-21 06-16 09-07 10-12 11-02 11-15'],
    [2034, '02-20 02-21 04-07 04-21 05-01 06-08 09-07 10-12 11-02 11-15 11-20 12-25'],
    [2035, '01-01 02-05 02-06 03-23 05-01 05-24 09-07 10-12 11-02 11-15 11-20 12-25'],
  ])('%i: %s', (year, days) => {
    expect(closedWeekdays('BR', year)).toBe(days);
  });
});

describe('Singapore closes on', () => {
  it.each([
    [2024, '01-01 02-12 03-29 04-10 05-01 05-22 06-17 08-09 10-31 12-25'],
    [2025, '01-01 01-29 01-30 03-31 04-18 05-01 05-12 10-20 12-25'],
    [2026, '01-01 02-17 02-18 04-03 05-01 05-27 06-01 08-10 11-09 12-25'],
    [2027, '01-01 02-08 03-10 03-26 05-17 05-20 08-09 10-28'],
    [2028, '01-26 01-27 02-28 04-14 05-01 05-05 05-09 08-09 10-17 12-25'],
  ])('%i: %s', (year, days) => {
    expect(closedWeekdays('SG', year)).toBe(days);
  });

  it('says for which years its announced days are known, and still keeps the computable ones after them', () => {
    expect(calendarNamed('SG')).toMatchObject({ coveredFrom: 2024, coveredUntil: 2028 });
    expect(closedWeekdays('SG', 2033)).toBe('04-15 05-02 08-09 12-26');
  });
});

describe('calendars', () => {
  it('are found by name, with a message that lists them', () => {
    expect(findCalendar('NOWHERE')).toBeUndefined();
    expect(() => calendarNamed('NOWHERE')).toThrow('no calendar "NOWHERE"; known are TARGET, US-FED, BR, SG, 24x7');
  });

  it('count business days of a month from both ends', () => {
    expect(nthBusinessDayOfMonth(calendarNamed('TARGET'), 2026, 5, 1)).toBe('2026-05-04');
    expect(nthBusinessDayOfMonth(calendarNamed('TARGET'), 2026, 12, -1)).toBe('2026-12-31');
    expect(nthBusinessDayOfMonth(calendarNamed('BR'), 2026, 2, 10)).toBe('2026-02-13');
    expect(nthBusinessDayOfMonth(calendarNamed('24x7'), 2026, 2, -1)).toBe('2026-02-28');
    expect(() => nthBusinessDayOfMonth(calendarNamed('TARGET'), 2026, 2, 25)).toThrow(
      '2026-02 has 20 business days in TARGET, not a number 25',
    );
    expect(() => nthBusinessDayOfMonth(calendarNamed('TARGET'), 2026, 2, 0)).toThrow(RangeError);
  });
});
