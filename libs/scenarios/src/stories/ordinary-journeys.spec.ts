import { describe, expect, it } from '@jest/globals';
import { calendarsOf, loadMasterDataRules, loadWorkflows, projectAll } from '@throughline/lineage';
import { mapAllSignals } from '../scenario-signal.js';
import { STORY_ENTITIES } from '../story.js';
import { ALL_JOURNEYS } from './all-stories.js';
import { ORDINARY_JOURNEYS, meetsFault } from './ordinary-journeys.js';

const [WORKFLOWS, CALENDAR_OF, RULES] = [loadWorkflows(), calendarsOf(STORY_ENTITIES), loadMasterDataRules()];
const MONDAY = Date.parse('2026-09-28T07:00:00Z');

/** What the lineage of a journey shows as wrong once all of it has happened. */
async function wrongWith(name: string): Promise<string[]> {
  const signals = ALL_JOURNEYS.find((journey) => journey.name === name)?.play('8101', MONDAY) ?? [];
  const activities = await mapAllSignals(signals.map(({ signal }) => signal));
  const { problems, findings, milestones } = projectAll(activities, WORKFLOWS, CALENDAR_OF, RULES);
  const late = milestones.filter(
    ({ ruleKind, dueAt, reachedAt }) =>
      ruleKind === 'service' && dueAt !== null && (reachedAt === null || reachedAt > dueAt),
  );
  return [
    ...problems.map(({ signature }) => signature),
    ...findings.map(({ kind }) => kind),
    ...late.map((milestone) => `late: ${milestone.name}`),
  ];
}

describe('ordinary journeys', () => {
  it('are journeys that are told', () => {
    expect(ORDINARY_JOURNEYS.filter((name) => !ALL_JOURNEYS.some((journey) => journey.name === name))).toEqual([]);
  });

  it('are there for every process, so that none is known by its faults alone', () => {
    const processOf = (name: string) => name.split('/')[0];
    const ordinary = new Set(ORDINARY_JOURNEYS.map(processOf));
    expect(ALL_JOURNEYS.map(({ name }) => processOf(name)).filter((process) => !ordinary.has(process))).toEqual([]);
  });

  it.each(ORDINARY_JOURNEYS)('%s meets no problem, no finding and no breach', async (name) => {
    expect({ isFault: meetsFault(name), wrong: await wrongWith(name) }).toEqual({ isFault: false, wrong: [] });
  });
});
