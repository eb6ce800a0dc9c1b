import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NIL_UUID } from '@throughline/canonical';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, countOf, storyObject, tell } from '../../../testing/story-facts.js';
import type { Role } from '../../identity/index.js';
import { MOST_VIEWS } from '../domain/saved-view.js';
import { SHIPPED_VIEWS } from '../domain/shipped-views.js';
import { createExceptionsConsumer } from '../exceptions.events.js';
import { readStoredFilter } from './read-stored-filter.js';
import { countSelections } from './view-counts.repository.js';

const ORDERS = ['O-1', 'O-2', 'O-3'].map((key) => storyObject('sales-order', key));

type View = {
  id: string;
  name: string;
  kind: string;
  version: number;
  isMine: boolean;
  isChangeable: boolean;
  isPinned: boolean;
  isDefault: boolean;
  problem: string | null;
  counts: { open: number; inflow: string; isCut: boolean } | null;
};
type Result = {
  __typename: string;
  code?: string;
  message?: string;
  view?: View;
  current?: View | null;
  views?: View[];
};

const FIELDS = `id name kind ownerName version isMine isChangeable isPinned isDefault filter orderBy search problem
  counts { open isCut inflow outflow withoutFigure }`;

let api: ApiHarness;
const clients = new Map<Role, Client>();

beforeAll(async () => {
  let asked = 0;
  api = await startApi({ clock: () => new Date(at(30).getTime() + (asked += 1)) });
  const { database, tenantId } = api.test;
  for (const role of ['analyst', 'approver', 'treasurer', 'engineer'] as const) {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    clients.set(role, await api.signIn(`${role}@test.example`));
  }
  await tell(database, tenantId, async (facts) => {
    for (const order of ORDERS) {
      await facts.object(order);
      await facts.problem(order);
    }
  });
  const payload = { objectIds: ORDERS.map(({ objectId }) => objectId), transactionIds: [] };
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload,
    }),
  );
});

afterAll(() => api.close());

const as = (role: Role) => clients.get(role)!;
const views = async (role: Role = 'analyst') =>
  (await as(role).ask<{ exceptionViews: View[] }>(`{ exceptionViews { ${FIELDS} } }`)).exceptionViews;
const named = async (name: string, role: Role = 'analyst') => (await views(role)).find((view) => view.name === name);

async function act(role: Role, mutation: string): Promise<Result> {
  const { result } = await as(role).ask<{ result: Result }>(`mutation { result: ${mutation} { __typename
    ... on ExceptionViewChanged { view { ${FIELDS} } }
    ... on ExceptionViewFailure { code message current { name version } } } }`);
  return result;
}

const save = (name: string, over = '', role: Role = 'analyst') =>
  act(
    role,
    `saveExceptionView(view: { name: "${name}", filter: { queues: ["master-data"] }, orderBy: OPENED_ASC ${over} })`,
  );

async function acts(): Promise<string[]> {
  const rows = await api.test.database.withTenant(api.test.tenantId, (tx) =>
    tx.query<{ action: string }>(
      `select action from audit_record where tenant_id = $1 and action like 'exception-view.%' order by at, audit_id`,
      [tx.tenantId],
    ),
  );
  return rows.map(({ action }) => action);
}

describe('views of the inbox', () => {
  it('come with the program, and count what is open in all of them for whoever looks', async () => {
    const { exceptions } = await as('analyst').ask<{ exceptions: { edges: { node: { id: string } }[] } }>(
      '{ exceptions(first: 1) { edges { node { id } } } }',
    );
    const { viewer } = await as('analyst').ask<{ viewer: { id: string } }>('{ viewer { id } }');
    await as('analyst').ask(
      'mutation ($ids: [ID!]!, $me: ID!) { assignExceptions(ids: $ids, ownerId: $me) { __typename } }',
      { ids: exceptions.edges.map(({ node }) => node.id), me: viewer.id },
    );
    const shipped = await views();
    expect(shipped.map(({ kind, isPinned, problem }) => [kind, isPinned, problem])).toEqual(
      shipped.map(() => ['SHIPPED', true, null]),
    );
    expect((await named('Mine'))?.counts).toMatchObject({ open: 1, inflow: '1234.50', isCut: false });
    expect((await named('Mine', 'approver'))?.counts).toMatchObject({ open: 0, inflow: '0.00' });
    expect((await named('Unassigned'))?.counts).toMatchObject({ open: 2, inflow: '2469.00' });
    expect(await act('analyst', `deleteExceptionView(id: "mine", version: 1)`)).toMatchObject({ code: 'SHIPPED' });
  });

  it('are saved, changed on the version that was seen, deleted and brought back, all of it on record', async () => {
    const { view } = await save('To  map');
    expect(view).toMatchObject({
      name: 'To map',
      kind: 'PRIVATE',
      version: 1,
      isChangeable: true,
      counts: { open: 3 },
    });
    expect(await save('to MAP')).toMatchObject({ code: 'NAME_TAKEN' });
    const { id } = view!;
    const renamed = await act('analyst', `changeExceptionView(id: "${id}", version: 1, change: { name: "Mapping" })`);
    expect(renamed.view).toMatchObject({ name: 'Mapping', version: 2, orderBy: 'OPENED_ASC', counts: { open: 3 } });
    expect(await act('analyst', `changeExceptionView(id: "${id}", version: 1, change: { name: "x" })`)).toMatchObject({
      code: 'STALE_VERSION',
      current: { name: 'Mapping', version: 2 },
    });
    await act('analyst', `deleteExceptionView(id: "${id}", version: 2)`);
    expect(await named('Mapping')).toBeUndefined();
    expect((await act('analyst', `restoreExceptionView(id: "${id}")`)).view).toMatchObject({
      name: 'Mapping',
      version: 4,
    });
    expect(await acts()).toEqual([
      'exception-view.saved',
      'exception-view.changed',
      'exception-view.deleted',
      'exception-view.restored',
    ]);
  });

  it('are shared by those who work, and changed by their owner or an administrator alone', async () => {
    expect(await save('Shared by a reader', ', isShared: true', 'treasurer')).toMatchObject({ code: 'NOT_YOURS' });
    const { view } = await save('Month end', ', isShared: true');
    const { id } = view!;
    expect(await named('Month end', 'approver')).toMatchObject({ kind: 'SHARED', isMine: false, isChangeable: false });
    expect(await named('Mapping', 'approver')).toBeUndefined();
    const rename = (role: Role, version: number) =>
      act(role, `changeExceptionView(id: "${id}", version: ${version}, change: { name: "Close ${version}" })`);
    expect(await rename('approver', 1)).toMatchObject({ code: 'NOT_YOURS' });
    expect((await rename('engineer', 1)).view).toMatchObject({ name: 'Close 1', isMine: false, isChangeable: true });
    expect(
      await act('engineer', `changeExceptionView(id: "${id}", version: 2, change: { isShared: false })`),
    ).toMatchObject({ code: 'NOT_SHARED_BY_YOU' });
    const mapping = (await named('Mapping'))!;
    expect(await act('engineer', `deleteExceptionView(id: "${mapping.id}", version: 4)`)).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('are arranged by each person alone', async () => {
    const [mapping, shared] = [(await named('Mapping'))!, (await named('Close 1'))!];
    const arrange = (role: Role, ids: string[], defaultId: string) =>
      as(role).ask<{ result: Result }>(
        `mutation ($ids: [ID!]!, $id: ID) { result: arrangeExceptionViews(pinned: $ids, defaultId: $id) { __typename
           ... on ExceptionViewsArranged { views { name isPinned isDefault } } ... on ExceptionViewFailure { code } } }`,
        { ids, id: defaultId },
      );
    const { result } = await arrange('analyst', [shared.id, 'unassigned', mapping.id], mapping.id);
    expect(result.views?.filter(({ isPinned }) => isPinned).map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['Close 1', false],
      ['Unassigned', false],
      ['Mapping', true],
    ]);
    expect((await arrange('approver', [mapping.id], 'mine')).result).toMatchObject({ code: 'NOT_FOUND' });
    expect((await views('approver')).filter(({ isPinned, kind }) => isPinned && kind !== 'SHIPPED')).toEqual([]);
  });

  it('say by name what can no longer be read, and stand in no other’s way', async () => {
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`update exception_view set filter = '{"colour": "red"}' where tenant_id = $1 and name = 'Mapping'`, [
        tx.tenantId,
      ]),
    );
    const all = await views();
    const broken = all.find(({ name }) => name === 'Mapping');
    expect(broken?.problem).toContain('"colour"');
    expect(broken?.counts).toBeNull();
    expect(all.find(({ name }) => name === 'Close 1')?.counts).toMatchObject({ open: 3 });
    expect(
      (
        await as('analyst').send(
          'mutation { saveExceptionView(view: { name: "x", filter: { queues: ["none"] }, orderBy: MONEY_DESC }) { __typename } }',
        )
      ).errors?.[0]?.message,
    ).toContain('filter.queues must hold names of queues');
  });

  it('are so many and no more, and tell when they count no further', async () => {
    const { own } = MOST_VIEWS;
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into exception_view (tenant_id, view_id, owner_id, owner_name, name, name_folded, is_shared, filter, order_by, search,
                                     version, created_at, changed_at, changed_by, changed_by_name)
         select tenant_id, gen_random_uuid(), owner_id, owner_name, 'v' || n, 'v' || n, false, '{}', 'MONEY_DESC', '', 1, now(), now(),
                owner_id, owner_name
         from exception_view, generate_series(1, $2) n where tenant_id = $1 and name = 'Mapping'`,
        [tx.tenantId, own - 2],
      ),
    );
    expect(await save('One more')).toMatchObject({ code: 'TOO_MANY' });
    expect(await countOf(api.test.database, api.test.tenantId, 'exception_view')).toBe(own);
    expect((await views()).filter(({ counts }) => counts?.open === 3)).toHaveLength(own - 1);
    const { schema } = api.server.app.get(GraphQLSchemaHost);
    const reader = { schema, viewerId: NIL_UUID, now: at(30) };
    const [all, closed] = [{}, { states: ['RESOLVED'], text: 'O-1' }].map((filter) => readStoredFilter(reader, filter));
    const [cut, none] = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      countSelections(tx, [all!, closed!], 2),
    );
    expect(cut).toMatchObject({ open: 2, isCut: true });
    expect(none).toMatchObject({ open: 0, isCut: false, inflow: '0.00' });
    expect(SHIPPED_VIEWS.length).toBe(new Set(SHIPPED_VIEWS.map(({ id }) => id)).size);
  });
});
