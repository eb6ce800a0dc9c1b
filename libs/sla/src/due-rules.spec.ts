import { describe, expect, it } from '@jest/globals';
import type { BusinessCalendar } from './business-calendar.js';
import { type DueContext, type DueRule, allowedFrom, describeDueRule, dueAt, whyInvalidDueRule } from './due-rules.js';
import { calendarNamed, calendarOfCurrency } from './known-calendars.js';
import { monthAfter, monthOfPeriod } from './posting-periods.js';

const TARGET: BusinessCalendar = { ...calendarNamed('TARGET'), timeZone: 'Europe/Berlin' };
const BRAZIL = calendarNamed('BR');

describe('posting periods', () => {
  it.each([
    ['2026-09', 2026, 9],
    ['2026-09-30', 2026, 9],
    ['202609', 2026, 9],
    ['2026/009', 2026, 9],
    ['009/2026', 2026, 9],
    ['9.2026', 2026, 9],
    ['Sep-26', 2026, 9],
    [' SEPTEMBER 2026 ', 2026, 9],
  ])('read %s', (text, year, month) => expect(monthOfPeriod(text)).toEqual({ year, month }));

  it.each(['', '2026', '013/2026', '2026-00', 'Foo-26', 'Q3 2026', '2026-09-30T00:00'])('do not read "%s"', (text) =>
    expect(monthOfPeriod(text)).toBeUndefined(),
  );

  it('end a year with its December', () =>
    expect(monthAfter({ year: 2026, month: 12 })).toEqual({ year: 2027, month: 1 }));
});

const closeDay = (businessDay: number, more: Partial<DueRule> = {}): DueRule =>
  ({ kind: 'close-day', commitment: 'service', after: 'scheduled', businessDay, ...more }) as DueRule;

describe('due rules by a date', () => {
  it.each<{ name: string; rule: DueRule; context: DueContext; expected: string | undefined }>([
    {
      // 1 October 2026 is a Thursday; Berlin is two hours ahead until 25 October.
      name: 'the first business day of close ends with that day',
      rule: closeDay(1),
      context: { calendar: TARGET, startedAt: '2026-09-11T10:00:00.000Z' },
      expected: '2026-10-01T22:00:00.000Z',
    },
    {
      // 1 and 2 November 2026: a Sunday, then Finados in Brazil.
      name: 'it is counted on the business days of the calendar',
      rule: closeDay(2, { time: '18:00' }),
      context: { calendar: BRAZIL, startedAt: '2026-10-30T10:00:00.000Z' },
      expected: '2026-11-04T21:00:00.000Z',
    },
    {
      name: 'the stated period counts before the month in which the clock started',
      rule: closeDay(1, { period: 'postingPeriod' }),
      context: {
        calendar: TARGET,
        startedAt: '2026-10-02T10:00:00.000Z',
        statedDates: { postingPeriod: '009/2026' },
      },
      expected: '2026-10-01T22:00:00.000Z',
    },
    {
      name: 'a stated period needs no clock',
      rule: closeDay(1, { period: 'postingPeriod' }),
      context: { calendar: TARGET, statedDates: { postingPeriod: '2026-12' } },
      expected: '2027-01-04T23:00:00.000Z',
    },
    {
      name: 'the month is the local one: midnight in Berlin comes before that of Greenwich',
      rule: closeDay(1),
      context: { calendar: TARGET, startedAt: '2026-08-31T22:30:00.000Z' },
      expected: '2026-10-01T22:00:00.000Z',
    },
    {
      name: 'no period and no start, no due time',
      rule: closeDay(1),
      context: { calendar: TARGET },
      expected: undefined,
    },
    {
      // Friday 2 October + 1 business day = Monday the 5th, 07:00 in Berlin.
      name: 'business days after a stated date',
      rule: { kind: 'stated-date', commitment: 'service', date: 'closingDate', time: '07:00', businessDaysLater: 1 },
      context: { calendar: TARGET, statedDates: { closingDate: '2026-10-02' } },
      expected: '2026-10-05T05:00:00.000Z',
    },
  ])('$name', ({ rule, context, expected }) => expect(dueAt(rule, context)).toBe(expected));

  it.each<[DueRule, string]>([
    [closeDay(0), 'businessDay must be a whole number from 1 to 15'],
    [closeDay(16), 'businessDay must be a whole number from 1 to 15'],
    [closeDay(1, { time: '25:00' }), 'is not a time of day'],
    [
      { kind: 'stated-date', commitment: 'service', date: 'dueDate', businessDaysLater: -1 },
      'businessDaysLater must be a whole number from 0',
    ],
  ])('%j is refused', (rule, reason) => expect(whyInvalidDueRule(rule)).toContain(reason));

  it('are said in words', () => {
    expect(
      [
        closeDay(2, { time: '18:00' }),
        {
          kind: 'stated-date',
          commitment: 'service',
          date: 'closing date',
          time: '07:00',
          businessDaysLater: 1,
        } as const,
        { kind: 'stated-date', commitment: 'service', date: 'closing date', businessDaysLater: 3 } as const,
      ].map(describeDueRule),
    ).toEqual([
      'by business day 2 of close, 18:00 local time',
      'by the business day after closing date, 07:00 local time',
      'by 3 business days after closing date',
    ]);
  });
});

describe('time allowed', () => {
  const billing = { kind: 'stated-date', commitment: 'service', date: 'billingDate', time: '18:00' } as const;
  const planned = { calendar: TARGET, startedAt: '2026-08-24T08:30:00.000Z' };
  const on = (billingDate: string): DueContext => ({ ...planned, statedDates: { billingDate } });

  it.each<{ name: string; rule: DueRule; context: DueContext; expected: string | undefined }>([
    {
      // Midnight of 22 September in Berlin, in summer time.
      name: 'of a time of a stated day is counted from the beginning of that day',
      rule: billing,
      context: on('2026-09-22'),
      expected: '2026-09-21T22:00:00.000Z',
    },
    {
      name: 'is counted from its start where that comes on the day itself',
      rule: billing,
      context: on('2026-08-24'),
      expected: '2026-08-24T08:30:00.000Z',
    },
    {
      // Friday + 1 business day is Monday the 28th.
      name: 'is counted from the beginning of the business day that it is due on',
      rule: { ...billing, businessDaysLater: 1 },
      context: on('2026-09-25'),
      expected: '2026-09-27T22:00:00.000Z',
    },
    {
      name: 'until a date without a time is all of it',
      rule: { kind: 'stated-date', commitment: 'service', date: 'billingDate' },
      context: on('2026-09-22'),
      expected: '2026-08-24T08:30:00.000Z',
    },
    {
      name: 'of a duration is all of it',
      rule: { kind: 'business-duration', commitment: 'service', after: 'planned', duration: 'PT1H' },
      context: planned,
      expected: '2026-08-24T08:30:00.000Z',
    },
    {
      name: 'has no beginning where nothing starts it',
      rule: billing,
      context: { calendar: TARGET, statedDates: { billingDate: '2026-09-22' } },
      expected: undefined,
    },
  ])('$name', ({ rule, context, expected }) => expect(allowedFrom(rule, context)).toBe(expected));
});

it('a currency is paid on the days of its payment system', () => {
  expect(['EUR', 'USD', 'BRL', 'SGD', 'XXX'].map((currency) => calendarOfCurrency(currency)?.name)).toEqual([
    'TARGET',
    'US-FED',
    'BR',
    'SG',
    undefined,
  ]);
});
