import { describe, expect, it } from '@jest/globals';
import { ALL_JOURNEYS, mapAllSignals } from '@throughline/scenarios';
import { DEMO_INTEGRATIONS } from './demo-estate.js';
import { JOURNEY_INTEGRATIONS } from './journey-integrations.js';

describe('integrations of the demo', () => {
  const names = [...DEMO_INTEGRATIONS, ...JOURNEY_INTEGRATIONS].map(({ name }) => name);

  it('are each named once', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it('are all that journeys run through, so that none is left unclaimed', async () => {
    const used = new Set<string>();
    for (const journey of ALL_JOURNEYS) {
      const signals = journey.play('8101', Date.parse('2026-08-03T07:00:00Z')).map(({ signal }) => signal);
      for (const { integration } of await mapAllSignals(signals)) if (integration !== '') used.add(integration);
    }
    expect([...used].filter((name) => !names.includes(name)).sort()).toEqual([]);
  });
});
