import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, storyObject, tell } from '../../../testing/story-facts.js';
import { LifeStory } from '../testing/life-story.js';
import { reconcileExceptions } from '../usecases/reconcile-exceptions.js';

type Role = keyof LifeStory['people'];
type News = {
  kind: string;
  count: number;
  title: string;
  actorName: string;
  details: Record<string, unknown>;
  forPerson: { email: string } | null;
  exceptions: { id: string }[];
};

const TITLE = 'No company code for DE01-BREMEN';

let story: LifeStory;
let groupId: string;
const idOf: Partial<Record<Role, string>> = {};

beforeAll(async () => {
  story = await LifeStory.start();
  for (const [role, client] of Object.entries(story.people)) {
    idOf[role as Role] = (await client.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
  }
  const id = await story.fail('G-1');
  const { exception } = await story.people.analyst.ask<{ exception: { group: { id: string } } }>(
    `{ exception(id: "${id}") { group { id } } }`,
  );
  groupId = exception.group.id;
});

afterAll(() => story.api.close());

/** What is unread, and read from then on. */
async function takeNews(role: Role): Promise<News[]> {
  const { myNotifications } = await story.people[role].ask<{ myNotifications: { edges: { node: News }[] } }>(
    `{ myNotifications(unreadOnly: true) { edges { node {
       kind count title actorName details forPerson { email } exceptions { id } } } } }`,
  );
  await story.people[role].ask(`mutation { markAllNotificationsRead(upTo: "2100-01-01T00:00:00.000Z") }`);
  return myNotifications.edges.map(({ node }) => node);
}

async function change(input: Record<string, unknown>, by: Role = 'analyst'): Promise<void> {
  const { exceptionGroup } = await story.people.analyst.ask<{ exceptionGroup: { version: number } }>(
    `{ exceptionGroup(id: "${groupId}") { version } }`,
  );
  const { result } = await story.people[by].ask<{ result: { __typename: string } }>(
    `mutation ($id: ID!, $version: Int!, $change: ChangeExceptionGroupInput!) {
       result: changeExceptionGroup(id: $id, version: $version, change: $change) { __typename } }`,
    { id: groupId, version: exceptionGroup.version, change: input },
  );
  expect(result.__typename).toBe('ExceptionGroupsChanged');
}

/** All that is open of the group is overcome. */
async function overcome(): Promise<void> {
  const { database, tenantId } = story.api.test;
  const rows = await database.withTenant(tenantId, async (tx) => {
    await tx.query(
      `update problem p set cleared_at = $2 from exception e
       where p.tenant_id = $1 and e.tenant_id = $1 and e.object_id = p.object_id and e.state = 'OPEN'`,
      [tenantId, at(20)],
    );
    return tx.query<{ id: string }>(`select object_id as id from exception where tenant_id = $1 and state = 'OPEN'`, [
      tenantId,
    ]);
  });
  await reconcile(rows.map(({ id }) => id));
}

const reconcile = (objectIds: string[], isSilent = false) =>
  story.api.test.database.withTenant(story.api.test.tenantId, (tx) =>
    reconcileExceptions(tx, { objectIds, overdue: [] }, at(30), { isSilent }),
  );

const recurred = (was: string, count: number) => ({
  kind: 'GROUP_RECURRED',
  count,
  title: TITLE,
  actorName: 'Throughline',
  details: { groupId, was },
  forPerson: null,
});

describe('the owner of a group', () => {
  it('hears when it becomes theirs, not when they take it or have it', async () => {
    await change({ ownerId: idOf.approver });
    expect(await takeNews('approver')).toEqual([
      {
        kind: 'GROUP_ASSIGNED',
        count: 0,
        title: TITLE,
        actorName: 'Test analyst',
        details: { groupId },
        forPerson: null,
        exceptions: [],
      },
    ]);
    await change({ ownerId: idOf.approver, note: 'Known since Monday' });
    expect(await takeNews('approver')).toEqual([]);
    await change({ ownerId: idOf.analyst });
    expect(await takeNews('analyst')).toEqual([]);
    expect(await takeNews('approver')).toEqual([]);
    await change({ ownerId: idOf.approver });
    expect(await takeNews('approver')).toHaveLength(1);
  });

  it('hears nothing of further members while some are open', async () => {
    await story.fail('G-2');
    expect(await takeNews('approver')).toEqual([]);
  });

  it('hears once when it comes again after all was resolved', async () => {
    await overcome();
    const id = await story.fail('G-3');
    await story.fail('G-4');
    expect(await takeNews('approver')).toEqual([{ ...recurred('resolved', 1), exceptions: [{ id }] }]);
  });

  it('hears when a member opens again', async () => {
    await overcome();
    const { database, tenantId } = story.api.test;
    const order = storyObject('sales-order', 'G-1');
    await tell(database, tenantId, (facts) => facts.problem(order, { last: 25, occurrences: 2, clearedAt: null }));
    await story.reconcile(order);
    expect((await takeNews('approver')).filter(({ kind }) => kind === 'GROUP_RECURRED')).toMatchObject([
      recurred('resolved', 1),
    ]);
  });

  it('hears of new members of a known error, and of one that is snoozed, as one notification of some minutes', async () => {
    await change({ isKnownError: true });
    await story.fail('G-5');
    await story.fail('G-6');
    expect(await takeNews('approver')).toMatchObject([recurred('known-error', 2)]);
    await change({ isKnownError: false, snoozedUntil: at(600).toISOString(), snoozeReason: 'Release on Friday' });
    await story.fail('G-7');
    expect(await takeNews('approver')).toMatchObject([recurred('snoozed', 1)]);
    await change({ snoozedUntil: null });
    await story.fail('G-8');
    expect(await takeNews('approver')).toEqual([]);
  });

  it('hears once where two workers open its first members at once', async () => {
    await overcome();
    const { database, tenantId } = story.api.test;
    const pair = ['G-9', 'G-10'].map((key) => storyObject('sales-order', key));
    await tell(database, tenantId, async (facts) => {
      for (const order of pair) {
        await facts.object(order);
        await facts.problem(order);
      }
    });
    await Promise.all(pair.map(({ objectId }) => reconcile([objectId])));
    expect(await takeNews('approver')).toMatchObject([recurred('resolved', 1)]);
  });

  it('hears nothing of what mapping again opens', async () => {
    await overcome();
    const { database, tenantId } = story.api.test;
    const order = storyObject('sales-order', 'G-11');
    await tell(database, tenantId, async (facts) => {
      await facts.object(order);
      await facts.problem(order);
    });
    await reconcile([order.objectId], true);
    expect(await takeNews('approver')).toEqual([]);
  });

  it('who is away has the deputy hear it as well', async () => {
    const input = { from: at(0).toISOString(), until: at(6000).toISOString(), deputyId: idOf.analyst };
    await story.people.approver.ask('mutation ($input: AbsenceInput!) { stateAbsence(input: $input) { __typename } }', {
      input,
    });
    await overcome();
    await takeNews('analyst');
    await story.fail('G-12');
    expect(await takeNews('approver')).toMatchObject([recurred('resolved', 1)]);
    expect(await takeNews('analyst')).toMatchObject([
      { ...recurred('resolved', 1), forPerson: { email: 'approver@test.example' } },
    ]);
  });
});

describe('who works on or watches members of a group', () => {
  it('hears once that it is snoozed or a known error, whatever the number of members; the exceptions tell it too', async () => {
    const ids = [await story.fail('S-1'), await story.fail('S-2'), await story.fail('S-3')];
    await story.people.analyst.ask(
      `mutation ($ids: [ID!]!, $ownerId: ID) { assignExceptions(ids: $ids, ownerId: $ownerId) { __typename } }`,
      { ids: ids.slice(0, 2), ownerId: idOf.approver },
    );
    await change({ ownerId: null, snoozedUntil: null, isKnownError: false });
    await story.people.controller.ask(
      `mutation ($ids: [ID!]!) { watchExceptions(ids: $ids, isWatching: true) { __typename } }`,
      { ids },
    );
    for (const role of ['approver', 'controller', 'analyst'] as const) await takeNews(role);
    const until = at(600).toISOString();
    story.turnTo(31);
    await change({ snoozedUntil: until, snoozeReason: 'Mended tonight' });
    expect(await takeNews('approver')).toMatchObject([
      { kind: 'GROUP_SET_ASIDE', count: 0, title: TITLE, details: { groupId, members: 2, snoozedUntil: until } },
    ]);
    expect(await takeNews('controller')).toMatchObject([{ kind: 'GROUP_SET_ASIDE', details: { members: 3 } }]);
    expect(await takeNews('analyst')).toEqual([]);
    story.turnTo(32);
    await change({ note: 'Looked at' });
    expect(await takeNews('controller')).toEqual([]);
    story.turnTo(33);
    const known = { isKnownError: true, knownErrorReference: 'CHG 7' };
    await change(known);
    const [news] = await takeNews('controller');
    expect(news).toMatchObject({ kind: 'GROUP_SET_ASIDE', details: { isKnownError: true, reference: 'CHG 7' } });
    expect(news?.details).not.toHaveProperty('snoozedUntil');
    // a form says all of it again
    story.turnTo(34);
    await change({ ...known, note: 'Looked at twice', ownerId: null });
    expect(await takeNews('controller')).toEqual([]);
    const { exception } = await story.people.treasurer.ask<{ exception: { group: { steps: object[] } } }>(
      `query ($id: ID!) { exception(id: $id) { group { steps { action actorName details } } } }`,
      { id: ids[2] },
    );
    // none of the notes: of those each shows what holds
    expect(exception.group.steps.slice(0, 2)).toEqual([
      { action: 'exception-group.changed', actorName: 'Test analyst', details: known },
      {
        ...{ action: 'exception-group.changed', actorName: 'Test analyst' },
        details: { snoozedUntil: until, snoozeReason: 'Mended tonight' },
      },
    ]);
  });
});
