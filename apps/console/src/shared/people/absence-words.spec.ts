import { describe, expect, it } from '@jest/globals';
import { awayNow, awayWords, backOn, daysAway } from './absence-words.js';

const UNTIL = '2026-12-03T00:00:00.000Z';

describe('an absence in words', () => {
  it.each([
    [{ until: UNTIL, standIn: { displayName: 'Kim Lee' }, noStandInReason: null }, 'deputy Kim Lee'],
    [{ until: UNTIL, standIn: null, noStandInReason: 'none-named' }, 'no deputy'],
    [{ until: UNTIL, standIn: null, noStandInReason: 'circular' }, 'the deputies are away too'],
  ])('says who stands in: %#', (absence, deputy) => {
    expect(awayWords(absence)).toBe(`away until ${backOn(UNTIL)}, ${deputy}`);
  });

  it('says the day of being back, and the time where a day does not begin then', () => {
    expect(backOn(UNTIL, 'UTC')).toBe('Thu 3 Dec');
    expect(backOn('2026-12-02T23:00:00.000Z', 'Europe/Berlin')).toBe('Thu 3 Dec');
    expect(backOn('2026-12-03T13:00:00.000Z', 'UTC')).toBe('Thu 3 Dec 13:00 UTC');
  });

  it('knows who is away now', () => {
    const absence = (id: string, isNow: boolean) => ({
      id: `absence of ${id}`,
      from: UNTIL,
      until: UNTIL,
      isNow,
      note: '',
      statedByName: '',
      noStandInReason: null,
      person: { id, displayName: id },
      deputy: null,
      standIn: null,
    });
    expect([...awayNow([absence('a', true), absence('b', false)]).keys()]).toEqual(['a']);
  });
});

describe('the days away', () => {
  it('end with the last one', () => {
    const days = daysAway('2026-12-01', '2026-12-02');
    expect(days?.from).toBe(new Date('2026-12-01T00:00').toISOString());
    expect(days?.until).toBe(new Date('2026-12-03T00:00').toISOString());
  });

  it.each([
    ['', '2026-12-02'],
    ['2026-12-03', '2026-12-02'],
    ['2026-12-03', 'soon'],
  ])('are none from %p to %p', (first, last) => {
    expect(daysAway(first, last)).toBeUndefined();
  });
});
