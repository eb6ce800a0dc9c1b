import { describe, expect, it } from '@jest/globals';
import { loadWorkflows } from '@throughline/lineage';
import { addBusinessDuration, milestoneState } from '@throughline/sla';
import fc from 'fast-check';
import { workflowClock } from './workflow-clock.js';

const ENTITIES = [
  { code: 'DE01', calendar: 'TARGET', timeZone: 'Europe/Berlin' },
  { code: 'US01', calendar: 'US-FED', timeZone: 'America/New_York' },
  { code: 'BR01', calendar: 'BR', timeZone: 'America/Sao_Paulo' },
  { code: 'SG01', calendar: 'SG', timeZone: 'Asia/Singapore' },
];

const loaded = loadWorkflows();

describe('risk horizons', () => {
  it('say of every due time what the milestone state says', () => {
    const minute = fc.integer({ min: Date.UTC(2026, 2, 20) / 60_000, max: Date.UTC(2026, 11, 31) / 60_000 });
    fc.assert(
      fc.property(
        minute,
        fc.integer({ min: -60 * 100, max: 60 * 100 }),
        fc.constantFrom(...ENTITIES.map(({ code }) => code), 'FR01', '', null),
        (at, offset, entity) => {
          const now = new Date(at * 60_000);
          const startedAt = new Date((at + offset) * 60_000).toISOString();
          const clock = workflowClock(loaded, ENTITIES, now);
          const calendar = clock.calendarOf(entity);
          // As SQL looks it up: one that is not configured is as none.
          const known = ENTITIES.find(({ code }) => code === entity)?.code ?? null;
          const dueAt = addBusinessDuration(calendar, startedAt, 'PT4H');
          fc.pre(dueAt >= clock.now);
          const horizon = clock.horizons.find(
            (each) => each.milestone === 'payment-applied' && each.legalEntity === known,
          );
          expect(dueAt < (horizon?.horizon ?? '')).toBe(
            milestoneState({ startedAt, dueAt }, clock.now, calendar) === 'AT_RISK',
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
