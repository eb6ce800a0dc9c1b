import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BusinessCalendar, EVERY_DAY, MONDAY_TO_FRIDAY } from './business-calendar.js';
import {
  addBusinessDays,
  addBusinessDuration,
  businessMinutesBetween,
  businessMsBetween,
  instantOfLocalTime,
  isOpen,
  localDateOf,
  nextBusinessDay,
} from './business-time.js';
import { durationInWords, durationMs } from './durations.js';
import { KNOWN_CALENDARS, calendarNamed } from './known-calendars.js';

const TARGET = calendarNamed('TARGET');

describe('adding business time', () => {
  it.each([
    ['within a day', 'TARGET', '2026-11-18T09:00:00.000Z', 'PT4H', '2026-11-18T13:00:00.000Z'],
    ['over a night', 'TARGET', '2026-11-18T15:00:00.000Z', 'PT4H', '2026-11-19T08:00:00.000Z'],
    ['over a weekend', 'TARGET', '2026-11-20T15:00:00.000Z', 'PT4H', '2026-11-23T08:00:00.000Z'],
    [
      'ending at closing, not at the next opening',
      'TARGET',
      '2026-11-20T15:00:00.000Z',
      'PT2H',
      '2026-11-20T17:00:00.000Z',
    ],
    ['from the closing instant', 'TARGET', '2026-11-20T17:00:00.000Z', 'PT1M', '2026-11-23T06:01:00.000Z'],
    ['from a closed Sunday', 'TARGET', '2026-11-22T12:00:00.000Z', 'PT4H', '2026-11-23T10:00:00.000Z'],
    ['over Easter', 'TARGET', '2026-04-02T14:00:00.000Z', 'PT4H', '2026-04-07T07:00:00.000Z'],
    ['over the turn of the year', 'TARGET', '2026-12-31T16:30:00.000Z', 'PT1H', '2027-01-04T06:30:00.000Z'],
    ['of a year and more', 'TARGET', '2026-01-02T06:00:00.000Z', 'PT2816H', '2026-12-31T17:00:00.000Z'],
    ['over Thanksgiving', 'US-FED', '2026-11-25T21:00:00.000Z', 'PT4H', '2026-11-27T16:00:00.000Z'],
    ['over Carnival', 'BR', '2026-02-13T20:00:00.000Z', 'PT4H', '2026-02-18T15:00:00.000Z'],
    ['over Chinese New Year', 'SG', '2026-02-16T09:00:00.000Z', 'PT4H', '2026-02-19T04:00:00.000Z'],
    ['around the clock', '24x7', '2026-12-31T23:00:00.000Z', 'PT25H', '2027-01-02T00:00:00.000Z'],
    ['of nothing while open', 'TARGET', '2026-11-18T09:00:00.000Z', 'PT0S', '2026-11-18T09:00:00.000Z'],
    ['of nothing while closed', 'TARGET', '2026-12-31T20:00:00.000Z', 'PT0S', '2027-01-04T06:00:00.000Z'],
  ])('%s', (_name, calendar, from, duration, due) => {
    expect(addBusinessDuration(calendarNamed(calendar), from, duration)).toBe(due);
  });

  it('follows the clocks of the calendar: summer and winter time change the UTC hour, not the local one', () => {
    // Friday 16:00 CET + 4 h, clocks go forward on Sunday 29 March: Monday 09:00 CEST.
    expect(addBusinessDuration(TARGET, '2026-03-27T15:00:00.000Z', 'PT4H')).toBe('2026-03-30T07:00:00.000Z');
    // Friday 16:00 CEST + 4 h, clocks go back on Sunday 25 October: Monday 09:00 CET.
    expect(addBusinessDuration(TARGET, '2026-10-23T14:00:00.000Z', 'PT4H')).toBe('2026-10-26T08:00:00.000Z');
    // In New York the clocks change on other Sundays.
    expect(addBusinessDuration(calendarNamed('US-FED'), '2026-03-06T22:00:00.000Z', 'PT2H')).toBe(
      '2026-03-09T14:00:00.000Z',
    );
  });

  it('counts the hours that a day with a clock change really has', () => {
    const nights: BusinessCalendar = {
      name: 'NIGHTS',
      title: 'Open over the change',
      timeZone: 'Europe/Berlin',
      hours: [{ validFrom: '2020-01-01', weekdays: EVERY_DAY, opens: '00:00', closes: '06:00' }],
      holidays: [],
    };
    expect(businessMinutesBetween(nights, '2026-03-28T22:00:00.000Z', '2026-03-29T12:00:00.000Z')).toBe(300);
    expect(businessMinutesBetween(nights, '2026-10-24T20:00:00.000Z', '2026-10-25T12:00:00.000Z')).toBe(420);
  });

  it('follows dated opening hours', () => {
    const changing: BusinessCalendar = {
      ...TARGET,
      name: 'CHANGING',
      hours: [
        { validFrom: '2026-01-01', weekdays: MONDAY_TO_FRIDAY, opens: '09:00', closes: '17:00' },
        { validFrom: '2026-11-19', weekdays: MONDAY_TO_FRIDAY, opens: '08:00', closes: '20:00' },
      ],
    };
    expect(addBusinessDuration(changing, '2026-11-18T15:00:00.000Z', 'PT3H')).toBe('2026-11-19T09:00:00.000Z');
    expect(() => addBusinessDuration(changing, '1900-01-01T00:00:00.000Z', 'PT1H')).toThrow('is not open long enough');
  });

  it('says when it is open: opening inclusive, closing not', () => {
    const open = (time: string): boolean => isOpen(TARGET, `2026-11-20T${time}.000Z`);
    expect(['05:59:59', '06:00:00', '16:59:59', '17:00:00'].map(open)).toEqual([false, true, true, false]);
    expect(isOpen(TARGET, '2026-12-25T10:00:00.000Z')).toBe(false);
    expect(isOpen(calendarNamed('24x7'), '2027-01-01T00:00:00.000Z')).toBe(true);
  });

  it('knows days', () => {
    expect(nextBusinessDay(TARGET, '2026-04-02')).toBe('2026-04-07');
    expect(addBusinessDays(TARGET, '2026-04-07', -1)).toBe('2026-04-02');
    expect(addBusinessDays(calendarNamed('BR'), '2026-02-13', 2)).toBe('2026-02-19');
    expect(() => addBusinessDays(TARGET, '2026-04-02', 0)).toThrow(RangeError);
    expect(localDateOf('2026-11-20T23:30:00.000Z', 'Asia/Singapore')).toBe('2026-11-21');
    expect(localDateOf('2026-11-20T02:30:00.000Z', 'America/Sao_Paulo')).toBe('2026-11-19');
    expect(instantOfLocalTime('2026-07-01', '18:00', 'Europe/Berlin')).toBe('2026-07-01T16:00:00.000Z');
    expect(instantOfLocalTime('2026-12-31', '24:00', 'UTC')).toBe('2027-01-01T00:00:00.000Z');
    expect(() => instantOfLocalTime('2026-12-31', '24:01', 'UTC')).toThrow('is not a time of day');
  });
});

describe('durations', () => {
  it.each([
    ['PT4H', 14_400_000, '4 h'],
    ['PT1H30M', 5_400_000, '1 h 30 min'],
    ['PT90M', 5_400_000, '1 h 30 min'],
    ['PT45S', 45_000, '45 s'],
    ['PT0S', 0, '0 min'],
  ])('%s', (duration, milliseconds, words) => {
    expect(durationMs(duration)).toBe(milliseconds);
    expect(durationInWords(duration)).toBe(words);
  });

  it.each(['', 'PT', 'P1D', '4h', 'PT-1H', 'PT1.5H'])('%j is refused', (duration) => {
    expect(() => durationMs(duration)).toThrow('is not a duration of hours, minutes and seconds');
  });
});

describe('properties of every calendar', () => {
  const calendars = fc.constantFrom(...KNOWN_CALENDARS.values());
  const instant = fc
    .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) })
    .map((milliseconds) => new Date(milliseconds).toISOString());
  const seconds = fc.integer({ min: 0, max: 400_000 });
  const after = (calendar: BusinessCalendar, from: string, count: number): string =>
    addBusinessDuration(calendar, from, `PT${count}S`);

  it('adding is monotone in the start and in the duration', () => {
    fc.assert(
      fc.property(calendars, instant, instant, seconds, seconds, (calendar, one, other, few, more) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        expect(after(calendar, early, few) <= after(calendar, late, few)).toBe(true);
        expect(after(calendar, one, Math.min(few, more)) <= after(calendar, one, Math.max(few, more))).toBe(true);
      }),
    );
  });

  it('adding twice is adding the sum', () => {
    fc.assert(
      fc.property(calendars, instant, seconds, seconds, (calendar, from, first, second) => {
        expect(after(calendar, after(calendar, from, first), second)).toBe(after(calendar, from, first + second));
      }),
    );
  });

  it('what was added is the open time between, and its end is open or a closing', () => {
    fc.assert(
      fc.property(calendars, instant, seconds, (calendar, from, count) => {
        const end = after(calendar, from, count);
        expect(businessMsBetween(calendar, from, end)).toBe(count * 1_000);
        expect(businessMsBetween(calendar, end, from)).toBe(0 - count * 1_000);
        const justBefore = new Date(Date.parse(end) - 1).toISOString();
        expect(isOpen(calendar, end) || isOpen(calendar, justBefore)).toBe(true);
      }),
    );
  });

  it('open time between is additive over any instant in the middle', () => {
    fc.assert(
      fc.property(calendars, instant, instant, instant, (calendar, a, b, c) => {
        const [first = '', middle = '', last = ''] = [a, b, c].sort();
        expect(businessMsBetween(calendar, first, middle) + businessMsBetween(calendar, middle, last)).toBe(
          businessMsBetween(calendar, first, last),
        );
      }),
    );
  });

  it('is fast: ten thousand due times well under a second', () => {
    const started = performance.now();
    for (let index = 0; index < 10_000; index += 1) {
      addBusinessDuration(TARGET, new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString(), 'PT4H');
    }
    expect(performance.now() - started).toBeLessThan(900);
  });
});
