import { describe, expect, it } from '@jest/globals';
import { addBusinessDuration, businessMinutesBetween, isBusinessDay, isOpen } from './business-time.js';
import type { IsoWeekday } from './holiday-rules.js';
import { nextOpenDays, ownCalendar, ownHoursProblems, type OwnHours } from './own-hours.js';

const windows = (text: string) =>
  text === ''
    ? []
    : text.split(' ').map((one) => {
        const [opens = '', closes = ''] = one.split('-');
        return { opens, closes };
      });

/** "1-5 08:00-12:00 13:00-17:00" on Mondays to Fridays, and so on. */
function weekly(...lines: string[]): OwnHours['weekly'] {
  return lines.flatMap((line) => {
    const [days = '', ...times] = line.split(' ');
    const [first = 0, last = first] = days.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((weekday) =>
      windows(times.join(' ')).map((window) => ({ ...window, weekday: weekday as IsoWeekday })),
    );
  });
}

const OFFICE: OwnHours = {
  timeZone: 'Europe/Berlin',
  holidays: 'TARGET',
  weekly: weekly('1-5 08:00-12:00 13:00-17:00'),
  days: [],
};
const NIGHTS: OwnHours = { ...OFFICE, holidays: null, weekly: weekly('1-7 00:00-04:00') };
const ALL: OwnHours = { ...OFFICE, holidays: null, weekly: weekly('1-7 00:00-24:00') };

describe('own hours', () => {
  it.each<[name: string, hours: OwnHours, from: string, duration: string, until: string]>([
    ['within a window', OFFICE, '2026-11-18T08:00:00.000Z', 'PT2H', '2026-11-18T10:00:00.000Z'],
    ['over the pause at noon', OFFICE, '2026-11-18T10:00:00.000Z', 'PT2H', '2026-11-18T13:00:00.000Z'],
    ['until the pause at noon', OFFICE, '2026-11-18T10:00:00.000Z', 'PT1H', '2026-11-18T11:00:00.000Z'],
    ['over a weekend', OFFICE, '2026-11-20T15:30:00.000Z', 'PT1H', '2026-11-23T07:30:00.000Z'],
    ['over a holiday of the calendar', OFFICE, '2026-12-24T15:30:00.000Z', 'PT1H', '2026-12-28T07:30:00.000Z'],
    [
      'over a closed day of its own',
      { ...OFFICE, days: [{ date: '2026-11-19', windows: [] }] },
      '2026-11-18T15:30:00.000Z',
      'PT1H',
      '2026-11-20T07:30:00.000Z',
    ],
    [
      'over a day with other hours',
      { ...OFFICE, days: [{ date: '2026-11-19', windows: windows('10:00-10:15') }] },
      '2026-11-18T16:00:00.000Z',
      'PT1H',
      '2026-11-20T07:45:00.000Z',
    ],
    [
      'on a holiday that is worked',
      { ...OFFICE, days: [{ date: '2026-12-25', windows: windows('09:00-11:00') }] },
      '2026-12-24T16:00:00.000Z',
      'PT1H',
      '2026-12-25T09:00:00.000Z',
    ],
    [
      'over midnight, in two windows that touch',
      { ...OFFICE, weekly: weekly('3 22:00-24:00', '4 00:00-02:00') },
      '2026-11-18T21:30:00.000Z',
      'PT3H',
      '2026-11-19T00:30:00.000Z',
    ],
    [
      'over New Year, in two windows that touch',
      { ...ALL, weekly: weekly('4 22:00-24:00', '5 00:00-02:00') },
      '2026-12-31T21:30:00.000Z',
      'PT3H',
      '2027-01-01T00:30:00.000Z',
    ],
    [
      'around the clock through the gap of spring',
      ALL,
      '2026-03-28T23:00:00.000Z',
      'PT23H',
      '2026-03-29T22:00:00.000Z',
    ],
  ])('%s', (_, hours, from, duration, until) => {
    expect(addBusinessDuration(ownCalendar(hours), from, duration)).toBe(until);
  });

  it.each<[name: string, weekly: string, day: string, minutes: number]>([
    ['a night in which the clocks skip an hour is shorter', '7 00:00-04:00', '2026-03-29', 180],
    ['a window that the clocks skip whole is not open', '7 02:00-03:00', '2026-03-29', 0],
    ['a window that begins in what is skipped begins after it', '7 02:30-03:30', '2026-03-29', 30],
    ['a window that ends in what is skipped ends where it begins', '7 01:30-02:30', '2026-03-29', 30],
    ['a night in which an hour comes twice is longer', '7 00:00-04:00', '2026-10-25', 300],
    ['an hour that comes twice is open twice', '7 02:00-03:00', '2026-10-25', 120],
    ['a time that comes twice is the first, as opening', '7 02:30-04:00', '2026-10-25', 150],
    ['a time that comes twice is the first, as closing', '7 01:00-02:30', '2026-10-25', 90],
  ])('%s', (_, line, day, minutes) => {
    const calendar = ownCalendar({ ...NIGHTS, weekly: weekly(line) });
    const until = `${day}T23:00:00.000Z`;
    expect(businessMinutesBetween(calendar, new Date(Date.parse(until) - 26 * 3_600_000).toISOString(), until)).toBe(
      minutes,
    );
  });

  it('are closed at noon and on holidays, and count a short day as one', () => {
    const calendar = ownCalendar({ ...OFFICE, days: [{ date: '2026-12-25', windows: windows('09:00-11:00') }] });
    expect(isOpen(calendar, '2026-11-18T11:30:00.000Z')).toBe(false);
    expect(isOpen(calendar, '2026-11-18T12:00:00.000Z')).toBe(true);
    expect(isBusinessDay(calendar, '2026-12-25')).toBe(true);
    expect(isBusinessDay(calendar, '2027-01-01')).toBe(false);
  });

  it('are the same calendar as long as they say the same', () => {
    expect(ownCalendar({ ...OFFICE })).toBe(ownCalendar({ ...OFFICE, weekly: [...OFFICE.weekly] }));
  });

  it('say what the next days look like, today included', () => {
    const calendar = ownCalendar({ ...OFFICE, days: [{ date: '2026-11-19', windows: windows('10:00-11:00') }] });
    expect(nextOpenDays(calendar, '2026-11-18T20:00:00.000Z', 4).map(({ date }) => date)).toEqual([
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-23',
    ]);
    expect(nextOpenDays(calendar, '2026-11-19T06:00:00.000Z', 1)).toEqual([
      { date: '2026-11-19', stretches: [{ from: '2026-11-19T09:00:00.000Z', until: '2026-11-19T10:00:00.000Z' }] },
    ]);
    expect(nextOpenDays(ownCalendar(ALL), '2026-03-29T06:00:00.000Z', 1)).toEqual([
      { date: '2026-03-29', stretches: [{ from: '2026-03-28T23:00:00.000Z', until: '2026-03-29T22:00:00.000Z' }] },
    ]);
  });

  it.each<[name: string, hours: Partial<OwnHours>, problem: string]>([
    ['an empty week', { weekly: [] }, 'weekly: a week without any open time would stop every clock'],
    ['an unknown time zone', { timeZone: 'Mars/Base' }, 'timeZone: "Mars/Base" is no time zone such as Europe/Berlin'],
    ['an offset as time zone', { timeZone: '+02:00' }, 'timeZone: "+02:00" is no time zone such as Europe/Berlin'],
    ['unknown holidays', { holidays: 'XX' }, 'holidays: must be one of TARGET, US-FED, BR, SG, 24x7, or none'],
    [
      'over midnight',
      { weekly: weekly('1 22:00-06:00') },
      'Monday: 22:00–06:00 does not end after it begins; over midnight, state until 24:00 and from 00:00',
    ],
    ['no times', { weekly: weekly('2 8-17:00') }, 'Tuesday: 8–17:00 are no times such as 08:30'],
    [
      'overlapping windows',
      { weekly: weekly('3 13:00-17:00 08:00-13:30') },
      'Wednesday: 08:00–13:30 and 13:00–17:00 overlap',
    ],
    ['no weekday', { weekly: weekly('8 08:00-09:00') }, 'weekly: weekdays are from 1 for Monday to 7 for Sunday'],
    ['no date', { days: [{ date: '2026-02-30', windows: [] }] }, 'days: "2026-02-30" is no date such as 2026-12-24'],
    [
      'a day twice',
      {
        days: [
          { date: '2026-12-24', windows: [] },
          { date: '2026-12-24', windows: windows('08:00-09:00') },
        ],
      },
      'days: 2026-12-24 is stated twice',
    ],
  ])('are refused: %s', (_, over, problem) => {
    expect(ownHoursProblems({ ...OFFICE, ...over })).toEqual([problem]);
    expect(() => ownCalendar({ ...OFFICE, ...over })).toThrow(problem);
  });

  it('are taken as they are where nothing is wrong', () => {
    for (const hours of [OFFICE, NIGHTS, ALL]) expect(ownHoursProblems(hours)).toEqual([]);
  });
});
