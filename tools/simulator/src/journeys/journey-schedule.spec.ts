import { describe, expect, it } from '@jest/globals';
import type { Journey } from '@throughline/scenarios';
import { FIRST_LIVE_NUMBER, journeyAt, pastJourneys } from './journey-schedule.js';

const named = (name: string, share: number): Journey => ({ name, share, play: () => [] });
const JOURNEYS = [named('usual', 900), named('rare', 100)];
const NOW = Date.parse('2026-11-20T15:20:00Z');

describe('the past journeys of the estate', () => {
  const past = pastJourneys(JOURNEYS, 'nordhafen', NOW, 35);

  it('are the same for the same seed and moment', () => {
    expect(pastJourneys(JOURNEYS, 'nordhafen', NOW, 35)).toEqual(past);
  });

  it('lie in office hours of business days, one an hour, all in the past', () => {
    // From 19 October to 19 November, and eight hours of the 20th.
    expect(past.length).toBe(24 * 9 + 8);
    for (const { startsAt } of past) {
      const [weekday, hour] = [new Date(startsAt).getUTCDay(), new Date(startsAt).getUTCHours()];
      expect([weekday >= 1 && weekday <= 5, hour >= 7 && hour < 16, startsAt < NOW]).toEqual([true, true, true]);
    }
  });

  it('are drawn by their shares', () => {
    const rare = past.filter(({ name }) => name === 'rare').length;
    expect(rare / past.length).toBeGreaterThan(0.04);
    expect(rare / past.length).toBeLessThan(0.17);
  });

  it('have numbers of their own, below those of live ones', () => {
    const numbers = past.map(({ number }) => Number(number));
    expect(new Set(numbers).size).toBe(past.length);
    expect(Math.max(...numbers)).toBeLessThan(FIRST_LIVE_NUMBER);
  });
});

describe('a journey that starts now', () => {
  it('is none where there is none to draw from', () => {
    expect(journeyAt([], 'nordhafen', '1000001', NOW)).toBeUndefined();
  });
});
