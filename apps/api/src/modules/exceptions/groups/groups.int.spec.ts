import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, countOf, storyObject, tell, type StoryObject } from '../../../testing/story-facts.js';
import { copyExceptions } from '../testing/copy-exceptions.js';
import { createExceptionsConsumer } from '../exceptions.events.js';

const NOW = at(30);
const TOMORROW = '2026-10-01T08:00:00.000Z';

let api: ApiHarness;
let analyst: Client;
let auditor: Client;

beforeAll(async () => {
  api = await startApi({ clock: () => NOW });
  await api.addPerson(api.test.tenantId, 'analyst@test.example', 'analyst');
  await api.addPerson(api.test.tenantId, 'auditor@test.example', 'auditor');
  analyst = await api.signIn('analyst@test.example');
  auditor = await api.signIn('auditor@test.example');
});

afterAll(() => api.close());

beforeEach(async () => {
  await api.test.database.withTenant(api.test.tenantId, async (tx) => {
    for (const table of ['problem', 'exception', 'exception_group']) {
      await tx.query(`delete from ${table} where tenant_id = $1`, [tx.tenantId]);
    }
  });
});

/** Opens exceptions: objects whose selling unit has no company code; each unit is a group. */
async function fail(unit: string, objects: readonly StoryObject[]): Promise<void> {
  const { database, tenantId } = api.test;
  await tell(database, tenantId, async (facts) => {
    for (const object of objects) {
      await facts.object(object);
      await facts.problem(object, { sellingUnit: unit });
    }
  });
  const payload = { objectIds: objects.map(({ objectId }) => objectId), transactionIds: [] };
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => NOW }).handle(tx, { deliveryId: '1', topic: 'lineage.projected', payload }),
  );
}

const orders = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => storyObject('sales-order', `O-${from + index}`));
const invoices = (count: number) => Array.from({ length: count }, (_, index) => storyObject('invoice', `R-${index}`));

type Group = { id: string; title: string; openCount: number; memberCount: number; version: number };
type Result = {
  __typename: string;
  code?: string;
  message?: string;
  moved?: number;
  groups?: (Group & Record<string, unknown>)[];
  current?: Record<string, unknown> | null;
};

type Page = {
  exceptionGroups: { pageInfo: { endCursor: string; hasNextPage: boolean }; edges: { node: { title: string } }[] };
};

const FIELDS = `id title openCount memberCount version note isKnownError knownErrorReference snoozedUntil snoozeReason splitBy
  owner { displayName } mergedInto { id } wholeGroup { id } changedByName`;
const RESULT = `{ __typename ... on ExceptionGroupsChanged { moved groups { ${FIELDS} } }
  ... on ExceptionGroupFailure { code message current { ${FIELDS} } } }`;

async function groups(filter = '', orderBy = 'OPEN_DESC'): Promise<Group[]> {
  const { exceptionGroups } = await analyst.ask<{ exceptionGroups: { totalCount: number; edges: { node: Group }[] } }>(
    `{ exceptionGroups(orderBy: ${orderBy} ${filter}) { totalCount edges { node { ${FIELDS} } } } }`,
  );
  expect(exceptionGroups.totalCount).toBe(exceptionGroups.edges.length);
  return exceptionGroups.edges.map(({ node }) => node);
}

async function act(mutation: string, by = analyst): Promise<Result> {
  const { result } = await by.ask<{ result: Result }>(`mutation { result: ${mutation} ${RESULT} }`);
  return result;
}

const counts = async () => (await groups()).map(({ title, openCount }) => [title, openCount]);

describe('a group of very many', () => {
  it('counts its closed members so far as people read them, and says that there are more', async () => {
    await fail('A', [storyObject('sales-order', 'O-1'), storyObject('sales-order', 'O-2')]);
    const { database, tenantId } = api.test;
    const [open] = await database.withTenant(tenantId, (tx) =>
      tx.query<{ id: string }>(`select exception_id as id from exception where tenant_id = $1 limit 1`, [tenantId]),
    );
    const at20 = `'${at(20).toISOString()}'::timestamptz`;
    const close = (copies: number) =>
      database.withTenant(tenantId, (tx) =>
        copyExceptions(tx, open?.id ?? '', copies, { state: `'ACCEPTED'`, resolved_at: at20, last_occurred_at: at20 }),
      );
    const [listed] = await groups();
    const countsNow = async () => {
      const { exceptionGroup } = await analyst.ask<{ exceptionGroup: unknown }>(
        `query ($id: ID!) { exceptionGroup(id: $id) { openCount memberCount memberCountIsLowerBound lastOccurredAt } }`,
        { id: listed?.id },
      );
      return exceptionGroup;
    };
    await close(10_000);
    const whole = { openCount: 2, memberCount: 10_002, lastOccurredAt: at(20).toISOString() };
    expect(await countsNow()).toEqual({ ...whole, memberCountIsLowerBound: false });
    await close(50);
    expect(await countsNow()).toEqual({ ...whole, memberCountIsLowerBound: true });
  });
});

describe('groups of exceptions', () => {
  it('are listed by how many of their members are open, page by page', async () => {
    await fail('A', orders(1));
    await fail('B', orders(3, 10));
    await fail('C', orders(2, 20));
    expect(await counts()).toEqual([
      ['No company code for B', 3],
      ['No company code for C', 2],
      ['No company code for A', 1],
    ]);
    const page = (after: string) =>
      `{ exceptionGroups(first: 2 ${after}) { pageInfo { endCursor hasNextPage } edges { node { title } } } }`;
    const first = await analyst.ask<Page>(page(''));
    const second = await analyst.ask<Page>(page(`after: "${first.exceptionGroups.pageInfo.endCursor}"`));
    expect(second.exceptionGroups).toMatchObject({
      pageInfo: { hasNextPage: false },
      edges: [{ node: { title: 'No company code for A' } }],
    });
    expect((await groups('', 'LAST_OCCURRED_DESC')).length).toBe(3);
  });

  it('keep owner, note, mark and snooze when their problem comes again', async () => {
    await fail('A', orders(1));
    const [{ id }] = (await groups()) as [Group];
    const viewer = await analyst.ask<{ viewer: { id: string } }>('{ viewer { id } }');
    const changed = await act(`changeExceptionGroup(id: "${id}", version: 1, change: {
      ownerId: "${viewer.viewer.id}", note: "Ask *master data*", isKnownError: true, knownErrorReference: "CHG-77",
      snoozedUntil: "${TOMORROW}", snoozeReason: "mended on Thursday" })`);
    expect(changed).toMatchObject({ __typename: 'ExceptionGroupsChanged', moved: 0, groups: [{ version: 2 }] });
    await fail('A', orders(1, 5));
    expect(await groups()).toMatchObject([
      {
        openCount: 2,
        note: 'Ask *master data*',
        isKnownError: true,
        knownErrorReference: 'CHG-77',
        snoozedUntil: TOMORROW,
        snoozeReason: 'mended on Thursday',
        changedByName: expect.any(String),
      },
    ]);
    expect(await groups('filter: { snoozed: true, knownErrors: true }')).toHaveLength(1);
    expect(await groups('filter: { snoozed: false }')).toEqual([]);
    expect(await groups('filter: { unowned: true }')).toEqual([]);
    await act(`changeExceptionGroup(id: "${id}", version: 2, change: { snoozedUntil: null, isKnownError: false })`);
    expect(await groups('filter: { snoozed: false }')).toMatchObject([
      { snoozeReason: null, knownErrorReference: null, note: 'Ask *master data*' },
    ]);
    expect(
      await countOf(api.test.database, api.test.tenantId, 'audit_record', `action = 'exception-group.changed'`),
    ).toBe(2);
  });

  it('refuse what cannot be, and say why', async () => {
    await fail('A', orders(1));
    const [{ id }] = (await groups()) as [Group];
    const change = (text: string, version = 1) =>
      act(`changeExceptionGroup(id: "${id}", version: ${version}, change: { ${text} })`);
    expect(await change('note: "x"', 7)).toMatchObject({ code: 'STALE_VERSION', current: { version: 1, note: '' } });
    expect(await change(`ownerId: "00000000-0000-4000-8000-000000000001"`)).toMatchObject({ code: 'OWNER_NOT_FOUND' });
    expect(await change(`snoozedUntil: "2026-09-30T08:00:00.000Z", snoozeReason: "x"`)).toMatchObject({
      code: 'SNOOZE_PASSED',
    });
    expect(await change(`snoozedUntil: "2027-01-15T08:00:00.000Z", snoozeReason: "x"`)).toMatchObject({
      code: 'SNOOZE_TOO_LONG',
      message: 'A group is snoozed for 92 days at most.',
    });
    expect(await change(`snoozedUntil: "${TOMORROW}"`)).toMatchObject({ code: 'REASON_MISSING' });
    const { errors } = await analyst.send(
      `mutation ($note: String!) { changeExceptionGroup(id: "${id}", version: 1, change: { note: $note }) { __typename } }`,
      { note: 'x'.repeat(1_000_000) },
    );
    expect(errors?.[0]).toMatchObject({ message: 'change.note must have 0 to 20000 characters' });
    const forbidden = await auditor.send(`mutation { unmergeExceptionGroup(id: "${id}") { __typename } }`);
    expect(forbidden.errors?.[0]?.message).toBe('This needs the permission exception.work');
    expect(await groups()).toMatchObject([{ version: 1 }]);
  });
});

describe('groups that are merged', () => {
  it('are one, for members to come as well, until that is undone', async () => {
    await fail('A', orders(2));
    await fail('B', orders(3, 10));
    const [b, a] = (await groups()) as [Group, Group];
    expect(await act(`mergeExceptionGroups(ids: ["${a.id}"], into: "${b.id}", reason: "one cause")`)).toMatchObject({
      moved: 2,
    });
    await fail('A', orders(1, 5));
    expect(await groups()).toMatchObject([{ id: b.id, openCount: 6 }]);
    const parts = `query ($id: ID!) { exceptionGroup(id: $id) { mergedParts { id title } } }`;
    expect(await analyst.ask(parts, { id: b.id })).toEqual({
      exceptionGroup: { mergedParts: [{ id: a.id, title: 'No company code for A' }] },
    });
    expect(await analyst.ask(parts, { id: a.id })).toEqual({ exceptionGroup: { mergedParts: [] } });
    expect(await act(`mergeExceptionGroups(ids: ["${a.id}"], into: "${b.id}", reason: "again")`)).toMatchObject({
      code: 'CANNOT_MERGE',
      message: 'It is part of another group already.',
    });
    expect(await act(`unmergeExceptionGroup(id: "${a.id}")`)).toMatchObject({ moved: 3 });
    expect(await counts()).toEqual(
      expect.arrayContaining([
        ['No company code for A', 3],
        ['No company code for B', 3],
      ]),
    );
    expect(await act(`unmergeExceptionGroup(id: "${a.id}")`)).toMatchObject({ code: 'NOT_MERGED' });
  });

  it('are merged, split and taken out as they were seen, or not at all', async () => {
    await fail('A', orders(2));
    await fail('B', orders(3, 10));
    const [b, a] = (await groups()) as [Group, Group];
    await act(`changeExceptionGroup(id: "${b.id}", version: 1, change: { note: "two causes" })`);
    const stale = {
      code: 'STALE_VERSION',
      message: 'Test analyst changed this group meanwhile.',
      current: { id: b.id },
    };
    const merge = (version: number) =>
      act(`mergeExceptionGroups(ids: ["${b.id}"], into: "${a.id}", reason: "one cause", versions: [${version}])`);
    expect(await merge(1)).toMatchObject(stale);
    expect(await act(`splitExceptionGroup(id: "${b.id}", by: [OBJECT_TYPE], reason: "x", version: 1)`)).toMatchObject(
      stale,
    );
    expect(await merge(2)).toMatchObject({ moved: 3 });
    expect(await act(`unmergeExceptionGroup(id: "${b.id}", version: 2)`)).toMatchObject(stale);
    expect(await act(`unmergeExceptionGroup(id: "${b.id}", version: 3)`)).toMatchObject({ moved: 3 });
  });

  it('never lose a member that is opened while they are being merged', async () => {
    await fail('A', orders(1));
    await fail('B', orders(1, 10));
    const [one, other] = (await groups()) as [Group, Group];
    const a = one.title.endsWith('A') ? one : other;
    const b = a === one ? other : one;
    await Promise.all([
      ...Array.from({ length: 5 }, (_, index) => fail('A', orders(4, 100 + index * 10))),
      act(`mergeExceptionGroups(ids: ["${a.id}"], into: "${b.id}", reason: "one cause")`),
    ]);
    expect(await groups()).toMatchObject([{ id: b.id, openCount: 22 }]);
  });
});

describe('groups that are split', () => {
  it('are parts by what members differ in, for members to come as well, until they are one again', async () => {
    await fail('A', [...orders(3), ...invoices(2)]);
    const [{ id }] = (await groups()) as [Group];
    expect(await act(`splitExceptionGroup(id: "${id}", by: [OBJECT_TYPE], reason: "two teams")`)).toMatchObject({
      moved: 5,
    });
    await fail('A', [...orders(1, 50), storyObject('payment', 'P-1')]);
    expect(await groups()).toMatchObject([
      { title: 'No company code for A · sales-order', openCount: 4, wholeGroup: { id } },
      { title: 'No company code for A · invoice', openCount: 2, wholeGroup: { id } },
      { title: 'No company code for A · payment', openCount: 1, wholeGroup: { id } },
    ]);
    expect(await act(`splitExceptionGroup(id: "${id}", by: [], reason: "one team")`)).toMatchObject({ moved: 7 });
    expect(await groups()).toMatchObject([{ id, openCount: 7, splitBy: [] }]);
  });

  it('follow what is found out about a member later', async () => {
    const [order] = orders(1, 70) as [StoryObject];
    await fail('A', [order]);
    const [{ id }] = (await groups()) as [Group];
    await act(`splitExceptionGroup(id: "${id}", by: [LEGAL_ENTITY], reason: "two teams")`);
    expect(await counts()).toEqual([['No company code for A · DE01', 1]]);
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`update business_object set legal_entity = 'US01' where tenant_id = $1 and object_id = $2`, [
        tx.tenantId,
        order.objectId,
      ]),
    );
    await fail('A', [order]);
    expect(await counts()).toEqual([['No company code for A · US01', 1]]);
  });

  it('never lead round in a circle, whatever is done one after another', async () => {
    await fail('A', [...orders(1), ...invoices(1)]);
    await fail('B', orders(1, 10));
    const whole = (await groups()).find(({ title }) => title.endsWith('A'))!;
    const b = (await groups()).find(({ title }) => title.endsWith('B'))!;
    const split = (by: string) => act(`splitExceptionGroup(id: "${whole.id}", by: ${by}, reason: "x")`);
    await split('[OBJECT_TYPE]');
    const part = (await groups()).find(({ title }) => title.endsWith('invoice'))!;
    await act(`mergeExceptionGroups(ids: ["${part.id}"], into: "${b.id}", reason: "x")`);
    await split('[]');
    expect(await act(`mergeExceptionGroups(ids: ["${b.id}"], into: "${whole.id}", reason: "x")`)).toMatchObject({
      code: 'CANNOT_MERGE',
      message: 'The group that it should join has parts that lead back to it.',
    });
    await split('[OBJECT_TYPE]');
    await fail('A', invoices(3));
    expect(await counts()).toEqual(expect.arrayContaining([['No company code for B', 4]]));
  });

  it('can join another group part by part', async () => {
    await fail('A', [...orders(3), ...invoices(2)]);
    await fail('B', orders(1, 10));
    const whole = (await groups()).find(({ title }) => title.endsWith('A'))!;
    const b = (await groups()).find(({ title }) => title.endsWith('B'))!;
    await act(`splitExceptionGroup(id: "${whole.id}", by: [OBJECT_TYPE], reason: "two teams")`);
    const part = (await groups()).find(({ title }) => title.endsWith('invoice'))!;
    expect(await act(`mergeExceptionGroups(ids: ["${b.id}"], into: "${whole.id}", reason: "x")`)).toMatchObject({
      code: 'CANNOT_MERGE',
    });
    expect(await act(`mergeExceptionGroups(ids: ["${part.id}"], into: "${b.id}", reason: "same team")`)).toMatchObject({
      moved: 2,
    });
    await fail('A', [storyObject('invoice', 'R-9')]);
    expect(await counts()).toEqual([
      ['No company code for B', 4],
      ['No company code for A · sales-order', 3],
    ]);
    expect(await act(`splitExceptionGroup(id: "${whole.id}", by: [], reason: "one team")`)).toMatchObject({ moved: 6 });
    expect(await counts()).toEqual([
      ['No company code for A', 6],
      ['No company code for B', 1],
    ]);
  });
});
