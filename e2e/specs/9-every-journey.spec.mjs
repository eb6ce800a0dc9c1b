import assert from 'node:assert/strict';
import { calendarsOf, loadMasterDataRules, loadWorkflows, projectAll } from '@throughline/lineage';
import { ALL_JOURNEYS, STORY_ENTITIES, mapAllSignals, summarizeLineage } from '@throughline/scenarios';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

const DAY_MS = 86_400_000;
/** Long enough ago for all of a journey to have happened. */
const STARTED_BEFORE_MS = 100 * DAY_MS;
const [WORKFLOWS, RULES] = [loadWorkflows(), loadMasterDataRules()];
const CALENDAR_OF = calendarsOf(STORY_ENTITIES);

/** What must come of a journey, by "workflow key-of-the-anchor": members, hubs, and milestones with their times. */
async function expectedOf({ journey, start: { number, startsAt } }) {
  const signals = journey.play(number, startsAt).map(({ signal }) => signal);
  const activities = await mapAllSignals(signals);
  const { transactions } = summarizeLineage(projectAll(activities, WORKFLOWS, CALENDAR_OF, RULES));
  const isOfFiles = signals.some(({ protocol }) => protocol === 'file');
  return Object.fromEntries(
    Object.entries(transactions).map(([name, transaction]) => [name, comparable(transaction, isOfFiles)]),
  );
}

/** A file arrives now, whatever its story says: what it tells has the time of its receipt, and it an id of its own. */
function comparable({ progress, members, hubs, milestones }, isOfFiles) {
  if (!isOfFiles) return { progress, members, hubs, milestones };
  const isNoFile = (name) => !name.startsWith('file ');
  return { members: members.filter(isNoFile), hubs: hubs.filter(isNoFile), milestones: Object.keys(milestones).sort() };
}

/** The transactions as the API tells them, in the same words. */
async function toldOf(auditor, names, isOfFiles) {
  const told = {};
  for (const key of new Set(names.map((name) => name.split(' ').slice(1).join(' ')))) {
    const found = await auditor.all('transactions', {
      filter: `, filter: { text: ${JSON.stringify(key)} }`,
      nodes: `workflow state anchor { key } milestones { name reachedAt dueAt object { key } } objects { type key isHub }`,
    });
    for (const transaction of found.filter(({ anchor }) => anchor.key === key)) {
      told[`${transaction.workflow} ${key}`] = comparable(inWords(transaction), isOfFiles);
    }
  }
  return told;
}

function inWords({ state, milestones, objects }) {
  const named = (isHub) =>
    objects
      .filter((object) => object.isHub === isHub)
      .map(({ type, key }) => `${type} ${key}`)
      .sort();
  return {
    progress: { COMPLETED: 'completed', CANCELLED: 'cancelled' }[state] ?? 'running',
    members: named(false),
    hubs: named(true),
    milestones: Object.fromEntries(
      milestones.map(({ name, reachedAt, dueAt, object }) => {
        const reached = reachedAt ?? 'pending';
        return [object === null ? name : `${name} ${object.key}`, dueAt === null ? reached : [reached, dueAt]];
      }),
    ),
  };
}

story(
  'Every journey of the simulated estate comes to the lineage that its story has',
  async ({ check, consoleUrl, estate }) => {
    const auditor = await new ApiClient(consoleUrl).signIn('auditor@demo.example');
    const told = [];
    for (const journey of ALL_JOURNEYS) {
      const startsAt = new Date(Date.now() - STARTED_BEFORE_MS).toISOString();
      told.push({ journey, start: await estate.beginJourney(journey.name, startsAt) });
    }
    for (const { journey, start } of told) {
      await check(journey.name, async () => {
        const expected = await expectedOf({ journey, start });
        const isOfFiles = Object.values(expected).some(({ progress }) => progress === undefined);
        assert.notDeepEqual(expected, {});
        let found = {};
        await eventually(
          `the lineage of ${journey.name} is there`,
          async () => {
            found = await toldOf(auditor, Object.keys(expected), isOfFiles);
            assert.deepEqual(found, expected);
            return true;
          },
          30_000,
        ).catch(() => assert.deepEqual(found, expected));
      });
    }
  },
);
