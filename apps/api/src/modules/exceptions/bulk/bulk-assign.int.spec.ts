import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../../testing/api-harness.js';
import { at } from '../../../testing/story-facts.js';
import { LifeStory } from '../testing/life-story.js';
import { createBulkActStage } from './bulk-act-stage.js';

type Role = keyof LifeStory['people'];
type Answer = {
  warnings?: string[];
  deputyName?: string | null;
  forecast?: { outcome: string; count: number }[];
  code?: string;
};
type Item = { outcome: string; detail: string | null; exception: { owner: { displayName: string } | null } };

let story: LifeStory;
let keeper: Client;
const idOf: Partial<Record<Role, string>> = {};
const person = (role: Role) => idOf[role]!;
const ids: string[] = [];

const AWAY = 'Test approver is away until 2026-10-04';

beforeAll(async () => {
  story = await LifeStory.start();
  const { api } = story;
  await api.addPerson(api.test.tenantId, 'engineer@test.example', 'engineer');
  keeper = await api.signIn('engineer@test.example');
  for (const [role, client] of Object.entries(story.people)) {
    idOf[role as Role] = (await client.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
  }
  for (const key of ['B-1', 'B-2', 'B-3']) ids.push(await story.fail(key));
  await story.people.analyst.ask(
    'mutation ($ids: [ID!]!) { moveToQueue(ids: $ids, queue: "tax", reason: "It is about VAT") { __typename } }',
    { ids: ids.slice(0, 1) },
  );
  await members('tax', 'analyst');
});

afterAll(() => story.api.close());

const members = (queue: string, ...roles: Role[]) =>
  keeper.ask(
    `mutation { setQueueMembers(queue: "${queue}", personIds: ${JSON.stringify(roles.map(person))}) { __typename } }`,
  );

async function selection() {
  const seen = await Promise.all(ids.map((id) => story.show(id)));
  return { exceptions: seen.map(({ id, version }) => ({ id, version })) };
}

async function preview(role: Role, isForwarded = false): Promise<Answer> {
  const { previewBulkAct } = await story.people.analyst.ask<{ previewBulkAct: Answer }>(
    `query ($selection: BulkSelection!, $act: BulkActInput!) { previewBulkAct(selection: $selection, act: $act) {
       ... on BulkActPreview { warnings deputyName forecast { outcome count } } ... on BulkActFailure { code } } }`,
    { selection: await selection(), act: { kind: 'ASSIGN', ownerId: person(role), isForwarded } },
  );
  return previewBulkAct;
}

async function assignAll(role: Role, isForwarded = false): Promise<Map<string, Item>> {
  const { submitBulkAct } = await story.people.analyst.ask<{ submitBulkAct: { bulkAct: { id: string } } }>(
    `mutation ($selection: BulkSelection!, $act: BulkActInput!) { submitBulkAct(selection: $selection, act: $act, acceptChanged: true) {
       ... on BulkActAccepted { bulkAct { id } } } }`,
    { selection: await selection(), act: { kind: 'ASSIGN', ownerId: person(role), isForwarded } },
  );
  const { database, tenantId } = story.api.test;
  const stage = createBulkActStage({ database, clock: () => at(40), log: { error: () => undefined } });
  while (await stage.run(tenantId));
  const { bulkActItems } = await story.people.analyst.ask<{
    bulkActItems: { edges: { node: Item & { exceptionId: string } }[] };
  }>(
    `query ($id: ID!) { bulkActItems(id: $id) { edges { node { exceptionId outcome detail exception { owner { displayName } } } } } }`,
    submitBulkAct.bulkAct,
  );
  return new Map(bulkActItems.edges.map(({ node: { exceptionId, ...item } }) => [exceptionId, item]));
}

const stated = async (from: number, until: number) =>
  story.people.approver.ask(`mutation ($input: AbsenceInput!) { stateAbsence(input: $input) { __typename } }`, {
    input: { from: at(from).toISOString(), until: at(until).toISOString(), deputyId: person('analyst') },
  });

describe('assigning many', () => {
  it('says nothing where there is nothing to say', async () => {
    expect(await preview('analyst')).toEqual({
      warnings: [],
      deputyName: null,
      forecast: [{ outcome: 'DONE', count: 3 }],
    });
  });

  it('says beforehand and beside each that the person is no member of its queue', async () => {
    expect(await preview('approver')).toMatchObject({
      warnings: ['Test approver is no member of the queue Tax: 1 exception.'],
      deputyName: null,
    });
    const items = await assignAll('approver');
    expect(ids.map((id) => items.get(id))).toEqual([
      {
        outcome: 'DONE',
        detail: 'Test approver is no member of the queue Tax.',
        exception: { owner: { displayName: 'Test approver' } },
      },
      { outcome: 'DONE', detail: null, exception: { owner: { displayName: 'Test approver' } } },
      { outcome: 'DONE', detail: null, exception: { owner: { displayName: 'Test approver' } } },
    ]);
    // of what is there already nothing is done, so nothing is to be said
    expect(await preview('approver')).toEqual({
      warnings: [],
      deputyName: null,
      forecast: [{ outcome: 'ALREADY_SO', count: 3 }],
    });
  });

  it('names the deputy of who is away, and gives it to that one where asked', async () => {
    await stated(0, 6000);
    expect(await preview('approver')).toMatchObject({
      warnings: [`${AWAY}: Test analyst stands in and is told as well.`],
      deputyName: 'Test analyst',
    });
    // the absent person has them, and who stands in has not
    expect(await preview('approver', true)).toEqual({
      warnings: [`${AWAY}: Test analyst gets it.`],
      deputyName: 'Test analyst',
      forecast: [{ outcome: 'DONE', count: 3 }],
    });
    const items = await assignAll('approver', true);
    expect([...items.values()]).toEqual(
      ids.map(() => ({
        outcome: 'DONE',
        detail: `${AWAY}: Test analyst got it.`,
        exception: { owner: { displayName: 'Test analyst' } },
      })),
    );
    expect((await story.show(ids[0]!)).events.at(-1)?.details).toMatchObject({ insteadOf: 'Test approver' });
    expect((await preview('approver', true)).forecast).toEqual([{ outcome: 'ALREADY_SO', count: 3 }]);
  });

  it('is warned of where one is assigned as well', async () => {
    await members('tax', 'approver');
    const { assignExceptions } = await story.people.analyst.ask<{ assignExceptions: Answer }>(
      `mutation ($ids: [ID!]!, $ownerId: ID) { assignExceptions(ids: $ids, ownerId: $ownerId, isForwarded: true) {
         ... on ExceptionsChanged { warnings } } }`,
      { ids: ids.slice(0, 1), ownerId: person('approver') },
    );
    expect(assignExceptions.warnings).toEqual([
      `${AWAY}: Test analyst got it.`,
      'Test analyst is no member of the queue Tax.',
    ]);
  });
});
