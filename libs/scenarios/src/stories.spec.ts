import { describe, expect, it } from '@jest/globals';
import type { Activity } from '@throughline/canonical';
import {
  FINDING_KINDS,
  type Projection,
  calendarsOf,
  loadMasterDataRules,
  loadValidationRules,
  loadWorkflows,
  projectAll,
} from '@throughline/lineage';
import { inDisorder, seededNumbers } from './disorder.js';
import { drawFindings, drawLinks, drawMoney } from './draw-lineage.js';
import { drawViolations } from './draw-violations.js';
import { summarizeLineage } from './lineage-summary.js';
import { type ScenarioSignal, mapAllSignals } from './scenario-signal.js';
import { ALL_JOURNEYS, ALL_STORIES } from './stories/all-stories.js';
import { type Story, STORY_ENTITIES } from './story.js';

const workflows = loadWorkflows();
const calendarOf = calendarsOf(STORY_ENTITIES);
const rules = loadMasterDataRules();
const activitiesOf = new Map(
  await Promise.all(ALL_STORIES.map(async (story) => [story, await mapAllSignals(story.signals)] as const)),
);
const projected = new Map<Story, Projection>();
function projectStory(story: Story): Projection {
  const known = projected.get(story) ?? projectAll(activitiesOf.get(story) ?? [], workflows, calendarOf, rules);
  projected.set(story, known);
  return known;
}

/** A story of batches names thousands of objects in few activities: a few orders of arrival show as much, in seconds. */
function ordersOf(activities: readonly Activity[]): number {
  return activities.reduce((sum, { objects }) => sum + objects.length, 0) > 1_500 ? 3 : 20;
}

describe.each(ALL_STORIES.map((story) => [story.name, story] as const))('%s', (_name, story) => {
  it('gives the lineage worked out by hand', () => {
    const { transactions, problems } = summarizeLineage(projectStory(story));
    expect({ transactions, problems }).toEqual(story.expected);
  });

  it('gives the same lineage in any order with any repetition', () => {
    const expected = projectStory(story);
    const activities = activitiesOf.get(story) ?? [];
    for (let seed = 1; seed <= ordersOf(activities); seed += 1) {
      const projection = projectAll(inDisorder(activities, seededNumbers(seed)), workflows, calendarOf, rules);
      expect({ seed, projection }).toEqual({ seed, projection: expected });
    }
  });

  it('has no findings but those that it is about', () => {
    expect(drawFindings(projectStory(story))).toEqual([...(story.findings ?? [])].sort());
  });
});

describe.each(ALL_STORIES.filter(({ lineage }) => lineage !== undefined).map((story) => [story.name, story] as const))(
  'the links of %s',
  (_name, story) => {
    it('are those that are drawn', () => {
      expect(drawLinks(projectStory(story))).toEqual([...(story.lineage ?? [])].sort());
    });
  },
);

describe.each(ALL_STORIES.filter(({ money }) => money !== undefined).map((story) => [story.name, story] as const))(
  'the money of %s',
  (_name, story) => {
    it('is what was worked out by hand', () => {
      expect(drawMoney(projectStory(story), activitiesOf.get(story) ?? [], story.tolerances)).toEqual(story.money);
    });
  },
);

describe('all stories at once', () => {
  it('do not touch one another', () => {
    const activities = ALL_STORIES.flatMap((story) => activitiesOf.get(story) ?? []);
    const together = summarizeLineage(projectAll(activities, workflows, calendarOf, rules));
    expect(together.transactions).toEqual(
      Object.assign({}, ...ALL_STORIES.map((story) => story.expected.transactions)),
    );
    const bySubject = ALL_STORIES.flatMap((story) => story.expected.problems).map((problem) => JSON.stringify(problem));
    expect(together.problems.map((problem) => JSON.stringify(problem)).sort()).toEqual(bySubject.sort());
  });

  it('have names of their own', () => {
    expect(new Set(ALL_STORIES.map(({ name }) => name)).size).toBe(ALL_STORIES.length);
    expect(new Set(ALL_JOURNEYS.map(({ name }) => name)).size).toBe(ALL_JOURNEYS.length);
  });

  it('state findings in the words of the product', () => {
    const kinds = ALL_STORIES.flatMap(({ findings = [] }) => findings.map((finding) => finding.split(' ')[0]));
    expect(kinds.filter((kind) => !FINDING_KINDS.some((known) => known === kind))).toEqual([]);
  });
});

describe('the shipped validation rules', () => {
  it('find in the stories what is wrong there, and nothing else', () => {
    const shipped = loadValidationRules().map(({ rule }) => rule);
    const found = ALL_STORIES.flatMap((story) =>
      drawViolations(projectStory(story), shipped).map((violation) => `${violation} (${story.name})`),
    );
    expect(found.sort()).toEqual([
      'billed-above-ordered of purchase-order PO-PRO0 (a purchase that is billed for more than it was ordered for)',
      'billed-in-another-currency of invoice 9015015 (an invoice in another currency than its order)',
      'credit-over-limit of sales-order SO-15021 (a credit exposure over the limit)',
      'credit-over-limit of sales-order SO-15024 (a credit exposure over the limit, released by finance operations)',
      'credit-over-limit of sales-order SO-15027 (a credit exposure over the limit, refused)',
    ]);
  });
});

describe('lines of scenarios that wait for what is not built yet', () => {
  const pending = ALL_STORIES.flatMap(({ name, pending: lines = [] }) =>
    lines.map(({ line, needs }) => `${name}: ${line} (needs ${needs})`),
  );

  it('are listed, each once', () => {
    if (pending.length > 0) process.stdout.write(`pending:\n${pending.map((line) => `  ${line}\n`).join('')}`);
    expect(new Set(pending).size).toBe(pending.length);
  });
});

describe.each(ALL_JOURNEYS.map((journey) => [journey.name, journey] as const))('the journey %s', (_name, journey) => {
  const startsAt = Date.parse('2026-09-28T07:00:00Z');
  const first = journey.play('8101', startsAt);

  it('is sent in the order of time, nothing before its start, the same each time', () => {
    const times = first.map(({ at }) => at);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(times[0]).toBeGreaterThanOrEqual(startsAt);
    expect(journey.play('8101', startsAt)).toEqual(first);
  });

  it('shares no transaction with its next telling', async () => {
    const transactionsOf = async (signals: readonly ScenarioSignal[]) => {
      const activities = await mapAllSignals(signals);
      return Object.keys(summarizeLineage(projectAll(activities, workflows, calendarOf, rules)).transactions);
    };
    const second = journey.play('8102', startsAt + 60_000);
    const [one, other, both] = await Promise.all(
      [first, second, [...first, ...second]].map((told) => transactionsOf(told.map(({ signal }) => signal))),
    );
    expect(one?.length).toBeGreaterThan(0);
    expect([...(both ?? [])].sort()).toEqual([...(one ?? []), ...(other ?? [])].sort());
  });
});
