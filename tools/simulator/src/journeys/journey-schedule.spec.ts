import { describe, expect, it } from '@jest/globals';
import { calendarsOf, loadMasterDataRules, loadWorkflows, projectAll } from '@throughline/lineage';
import { ALL_JOURNEYS, type Journey, STORY_ENTITIES, mapAllSignals, meetsFault } from '@throughline/scenarios';
import { FIRST_LIVE_NUMBER, type JourneyStart, journeyAt, pastJourneys } from './journey-schedule.js';

const NOW = Date.parse('2026-11-20T15:20:00Z');
const SEED = 'nordhafen';
const ORDINARY = ALL_JOURNEYS.filter(({ name }) => !meetsFault(name));
const FAULTS = ALL_JOURNEYS.filter(({ name }) => meetsFault(name));

const liveJourneys = (count: number): JourneyStart[] =>
  Array.from(
    { length: count },
    (_, index) => journeyAt(ALL_JOURNEYS, SEED, String(FIRST_LIVE_NUMBER + index), NOW) ?? [],
  ).flat();
const faultsAmong = (starts: readonly JourneyStart[]) => starts.filter(({ name }) => meetsFault(name));

/** How many transactions come of each journey that was told. */
async function transactionsOf(starts: readonly JourneyStart[]): Promise<ReadonlyMap<string, number>> {
  const [workflows, calendarOf, rules] = [loadWorkflows(), calendarsOf(STORY_ENTITIES), loadMasterDataRules()];
  const count = async ({ play }: Journey) => {
    const activities = await mapAllSignals(play('8101', NOW).map(({ signal }) => signal));
    return projectAll(activities, workflows, calendarOf, rules).transactions.length;
  };
  const told = ALL_JOURNEYS.filter(({ name }) => starts.some((start) => start.name === name));
  return new Map(await Promise.all(told.map(async (journey) => [journey.name, await count(journey)] as const)));
}

describe('the past journeys of the estate', () => {
  const past = pastJourneys(ALL_JOURNEYS, SEED, NOW, 35);

  it('are the same for the same seed and moment', () => {
    expect(pastJourneys(ALL_JOURNEYS, SEED, NOW, 35)).toEqual(past);
  });

  it('are others for another seed', () => {
    expect(pastJourneys(ALL_JOURNEYS, 'another', NOW, 35)).not.toEqual(past);
  });

  it('lie in office hours of business days, one each half-hour, all in the past', () => {
    // The last half-hour of 16 October, whole days from the 19th to 19 November, and those of the 20th that are over.
    expect(past.length).toBe(1 + 24 * 18 + 16);
    for (const { startsAt } of past) {
      const [weekday, hour] = [new Date(startsAt).getUTCDay(), new Date(startsAt).getUTCHours()];
      expect([weekday >= 1 && weekday <= 5, hour >= 7 && hour < 16, startsAt < NOW]).toEqual([true, true, true]);
    }
  });

  it('have numbers without a gap, below those of live ones', () => {
    const numbers = past.map(({ number }) => Number(number));
    expect(numbers).toEqual(past.map((_, index) => (numbers[0] ?? 0) + index));
    expect(Math.max(...numbers)).toBeLessThan(FIRST_LIVE_NUMBER);
  });

  it('begin where the past does', () => {
    const [first] = pastJourneys(ALL_JOURNEYS, SEED, NOW, 1);
    expect(first?.startsAt).toBeGreaterThanOrEqual(NOW - 24 * 3_600_000);
    expect(pastJourneys(ALL_JOURNEYS, SEED, NOW, 0)).toEqual([]);
  });

  it('meet a dozen faults of many kinds', () => {
    const faults = faultsAmong(past);
    expect(faults.length).toBeGreaterThanOrEqual(12);
    expect(new Set(faults.map(({ name }) => name)).size).toBeGreaterThanOrEqual(10);
  });
});

describe('the journeys of a day', () => {
  const day = liveJourneys(24 * 60);

  it('are faulty for about 2 % of their transactions', async () => {
    const made = await transactionsOf(day);
    const sum = (starts: readonly JourneyStart[]) =>
      starts.reduce((total, { name }) => total + (made.get(name) ?? 0), 0);
    const share = sum(faultsAmong(day)) / sum(day);
    expect(share).toBeGreaterThan(0.015);
    expect(share).toBeLessThan(0.025);
  });

  it('meet exactly one fault in each thirty-five', () => {
    const first = Math.ceil(FIRST_LIVE_NUMBER / 35) * 35 - FIRST_LIVE_NUMBER;
    for (let block = first; block + 35 <= day.length; block += 35)
      expect(faultsAmong(day.slice(block, block + 35))).toHaveLength(1);
  });

  it('tell the usual course of business most often', () => {
    const told = (journey: string) => day.filter(({ name }) => name === journey).length;
    expect(told('order-to-cash/long-form')).toBeGreaterThan(200);
    expect(told('order-to-cash/brazil-legacy-erp')).toBeGreaterThan(100);
  });
});

describe('journeys told for long', () => {
  const told = new Set(liveJourneys(20_000).map(({ name }) => name));

  it('leave out no fault and nothing ordinary', () => {
    expect([...ORDINARY, ...FAULTS].map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
  });
});

describe('a journey that starts now', () => {
  it('is none where there is none to draw from', () => {
    expect(journeyAt([], SEED, '1000001', NOW)).toBeUndefined();
  });
});
