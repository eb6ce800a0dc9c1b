import { describe, expect, it } from '@jest/globals';
import { daysBetween, prepareSla, slaAnswer } from './prepare-sla.js';

const ROWS = [
  { day: '2026-11-18', legalEntity: 'US01', onTime: 3, late: 1, open: 0 },
  { day: '2026-11-20', legalEntity: 'US01', onTime: 0, late: 0, open: 2 },
  { day: '2026-11-18', legalEntity: 'DE01', onTime: 5, late: 0, open: 0 },
];

describe('share on time', () => {
  const [de, us] = prepareSla(ROWS, '2026-11-18', '2026-11-20');

  it('has the same days for every entity', () => {
    expect(daysBetween('2026-11-29', '2026-12-01')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01']);
    expect(de?.days.map((day) => day.day)).toEqual(us?.days.map((day) => day.day));
  });

  it('leaves a gap where nothing was due or decided, never zero', () => {
    expect(us?.days.map((day) => day.share)).toEqual([75, null, null]);
  });

  it('gives the answer as title and in a sentence', () => {
    expect(de?.title).toBe('DE01: 100 % on time');
    expect(us?.title).toBe('US01: 75 % on time');
    expect(us?.summary).toBe('US01: 3 of 4 on time over 1 day with due times. The worst day was 2026-11-18 with 75 %.');
  });

  it('answers for all of them', () => {
    expect(slaAnswer({ onTime: 308, late: 12, open: 4 }, 14)).toBe(
      '96.2 % were on time over the last 14 days: 12 of 320 missed; 4 more still within their time.',
    );
    expect(slaAnswer({ onTime: 0, late: 0, open: 0 }, 7)).toBe('Nothing was due in the last 7 days.');
  });
});
