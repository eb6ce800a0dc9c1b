import { describe, expect, it } from '@jest/globals';
import { calendarNamed, ownCalendar, type IsoWeekday } from '@throughline/sla';
import { shiftOf } from './hand-over.js';

const NOW = new Date('2026-11-30T14:00:00.000Z');
const at = (text: string) => new Date(`2026-11-${text}:00.000Z`);

describe('shiftOf', () => {
  it('is eight hours back, eight ahead, and twelve for cut-offs, where nothing else is said', () => {
    expect(shiftOf({ since: null, until: null }, NOW)).toEqual({
      shift: { since: at('30T06:00'), until: at('30T22:00'), cutOffUntil: new Date('2026-12-01T02:00:00.000Z') },
    });
  });

  const mornings = ownCalendar({
    timeZone: 'UTC',
    holidays: null,
    weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday: weekday as IsoWeekday, opens: '08:00', closes: '12:00' })),
    days: [],
  });
  const once = ownCalendar({
    timeZone: 'UTC',
    holidays: null,
    weekly: [{ weekday: 1, opens: '08:00', closes: '09:00' }],
    days: [],
  });

  it.each([
    ['that is always worked', calendarNamed('24x7'), NOW, at('30T22:00')],
    ['that is worked in the morning: two mornings', mornings, NOW, new Date('2026-12-02T12:00:00.000Z')],
    ['on a Friday: those of the week after', mornings, at('27T13:00'), new Date('2026-12-01T12:00:00.000Z')],
    ['that is hardly ever worked: at most a week', once, at('30T14:00'), new Date('2026-12-07T14:00:00.000Z')],
  ])('is eight open hours ahead of a queue %s', (_name, calendar, now, until) => {
    expect(shiftOf({ since: null, until: null }, now, calendar)).toMatchObject({ shift: { until } });
  });

  it('is as it is said', () => {
    const said = { since: at('29T20:00'), until: at('30T18:00') };
    expect(shiftOf(said, NOW)).toMatchObject({ shift: said });
  });

  it.each([
    ['that begins now', { since: NOW, until: null }, /^since/],
    ['that began long ago', { since: at('23T13:59'), until: null }, /^since/],
    ['that ends now', { since: null, until: NOW }, /^until/],
    ['that never ends', { since: null, until: new Date('2026-12-07T14:00:01.000Z') }, /^until/],
  ])('is none %s', (_name, stated, problem) => {
    const shift = shiftOf(stated, NOW);
    expect('problem' in shift && shift.problem).toMatch(problem);
  });
});
