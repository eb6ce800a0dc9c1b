import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../../testing/projection-rows.js';
import { copyExceptions } from '../testing/copy-exceptions.js';

const NOW = new Date('2026-11-30T12:00:00Z');

type Row = {
  group: 'A' | 'B' | 'C';
  object: string;
  minor?: number;
  direction?: string;
  opened?: string;
  next?: string;
  order?: number;
  entity?: string;
  state?: string;
};

const ROWS: Record<string, Row> = {
  a1: { group: 'A', object: 'SO-1', minor: 10_000, opened: '2026-11-29T12:00Z', next: '2026-11-30T14:00Z', order: 50 },
  a2: { group: 'A', object: 'SO-2', minor: 20_050, opened: '2026-11-28T12:00Z', next: '2026-11-30T11:00Z', order: 10 },
  a3: { group: 'A', object: 'SO-3', direction: 'outflow', minor: 500, entity: 'US01', order: 20 },
  a4: { group: 'A', object: 'SO-4', state: 'RESOLVED' },
  b1: { group: 'B', object: 'SO-1', minor: 90_000, opened: '2026-11-01T00:00Z', order: 40, entity: 'US01' },
  b2: { group: 'B', object: 'SO-5', order: 30 },
  c1: { group: 'C', object: 'SO-6', minor: 1, order: 60 },
};
const IDS = Object.fromEntries(
  ['A', 'B', 'C'].map((name, place) => [name, `00000000-0000-4000-8000-00000000000${place}`]),
);
const OPEN = ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'];

type Found = {
  group: { title: string; openCount: number; memberCount: number; owner: { displayName: string } | null };
  matchingCount: number;
  inflow: string;
  outflow: string;
  withoutFigure: number;
  oldestOpenedAt: string;
  nextDueAt: string | null;
};
type Answer = {
  groupedExceptions: {
    totalCount: number;
    totalCountIsEstimate: boolean;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: Found }[];
  };
};

const LIST = `query ($filter: ExceptionFilter, $orderBy: ExceptionOrder, $first: Int, $after: String) {
  groupedExceptions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor } edges { node {
      group { title openCount memberCount owner { displayName } } matchingCount inflow outflow withoutFigure oldestOpenedAt nextDueAt } }
  }
}`;

let api: ApiHarness;
let client: Client;

beforeAll(async () => {
  api = await startApi({ clock: () => NOW });
  await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
  client = await api.signIn('ana@acme.example');
  const me = (await client.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
  await api.test.database.withTenant(api.test.tenantId, async (tx) => {
    for (const [name, id] of Object.entries(IDS)) {
      await tx.query(
        `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop, owner_id)
         values ($1, $2, $3, $3, 'data-quality.missing-field', 'crm-erp', $4)`,
        [tx.tenantId, id, name, name === 'A' ? me : null],
      );
    }
    const objects = new Map<string, string>();
    for (const value of new Set(Object.values(ROWS).map(({ object }) => object))) {
      objects.set(value, await insertObject(tx, { type: 'sales-order', value }));
    }
    for (const [name, row] of Object.entries(ROWS)) {
      const id = await insertOpenException(tx, objects.get(row.object) ?? '', name);
      await tx.query(
        `update exception set group_id = $3, reporting_minor = $4, direction = $5, opened_at = $6, next_due_at = $7, priority_order = $8,
           legal_entity = $9, state = $10 where tenant_id = $1 and exception_id = $2`,
        [
          ...[tx.tenantId, id, IDS[row.group], row.minor ?? null, row.direction ?? 'inflow'],
          ...[
            row.opened ?? '2026-11-30T10:00Z',
            row.next ?? null,
            row.order ?? 0,
            row.entity ?? 'DE01',
            row.state ?? 'OPEN',
          ],
        ],
      );
    }
  });
});
afterAll(() => api.close());

const ask = async (filter: object, orderBy = 'PRIORITY_DESC', page: object = {}) =>
  (await client.ask<Answer>(LIST, { filter: { states: OPEN, ...filter }, orderBy, ...page })).groupedExceptions;
const titles = async (filter: object, orderBy?: string) =>
  (await ask(filter, orderBy)).edges.map(({ node }) => [node.group.title, node.matchingCount]);

describe('the inbox by groups', () => {
  it('tells of each group what matches, with its money, its oldest and its next due time', async () => {
    const { totalCount, edges } = await ask({});
    expect(totalCount).toBe(3);
    expect(edges.map(({ node }) => node)).toEqual([
      expect.objectContaining({ group: expect.objectContaining({ title: 'C', owner: null }), inflow: '0.01' }),
      {
        group: { title: 'A', openCount: 3, memberCount: 4, owner: { displayName: expect.any(String) } },
        ...{ matchingCount: 3, inflow: '300.50', outflow: '5.00', withoutFigure: 0 },
        ...{ oldestOpenedAt: '2026-11-28T12:00:00.000Z', nextDueAt: '2026-11-30T14:00:00.000Z' },
      },
      expect.objectContaining({ matchingCount: 2, inflow: '900.00', withoutFigure: 1, nextDueAt: null }),
    ]);
  });

  it.each<[string, object, [string, number][]]>([
    [
      'an entity',
      { legalEntities: ['US01'] },
      [
        ['B', 1],
        ['A', 1],
      ],
    ],
    ['an age', { ages: ['DAYS_7_TO_30'] }, [['B', 1]]],
    [
      'a group, and several',
      { groupIds: [IDS['A'], IDS['C']] },
      [
        ['C', 1],
        ['A', 3],
      ],
    ],
    ['a group that is not among several', { groupId: IDS['B'], groupIds: [IDS['A']] }, []],
    [
      'a text',
      { text: 'SO-1' },
      [
        ['A', 1],
        ['B', 1],
      ],
    ],
    ['what is over', { states: ['RESOLVED'] }, [['A', 1]]],
    ['nothing that there is', { legalEntities: ['XX'] }, []],
  ])('is narrowed by %s as the list is', async (_name, filter, expected) => {
    expect(await titles(filter)).toEqual(expected);
    const { exceptions } = await client.ask<{ exceptions: { totalCount: number } }>(
      'query ($filter: ExceptionFilter) { exceptions(filter: $filter) { totalCount } }',
      { filter: { states: OPEN, ...filter } },
    );
    expect(exceptions.totalCount).toBe(expected.reduce((sum, [, count]) => sum + count, 0));
  });

  it.each([
    ['PRIORITY_DESC', 'CAB'],
    ['MONEY_DESC', 'BAC'],
    ['OPENED_ASC', 'BAC'],
    ['OPENED_DESC', 'CBA'],
  ])('is ordered by %s, page by page', async (orderBy, expected) => {
    const found: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { edges, pageInfo, totalCount }: Answer['groupedExceptions'] = await ask({}, orderBy, { first: 1, after });
      expect(totalCount).toBe(3);
      found.push(...edges.map(({ node }) => node.group.title));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(found.join('')).toBe(expected);
  });

  it('counts an object once where groups were made part of one another', async () => {
    const change = (into: string | null, members: string) =>
      api.test.database.withTenant(api.test.tenantId, async (tx) => {
        await tx.query('update exception_group set merged_into = $3 where tenant_id = $1 and group_id = $2', [
          ...[tx.tenantId, IDS['B'], into],
        ]);
        await tx.query(`update exception set group_id = $2 where tenant_id = $1 and hop like 'b%'`, [
          tx.tenantId,
          members,
        ]);
      });
    await change(IDS['A'] ?? null, IDS['A'] ?? '');
    const { edges } = await ask({ groupIds: [IDS['A']] });
    expect(edges[0]?.node).toMatchObject({ matchingCount: 5, inflow: '1100.50', outflow: '5.00' });
    await change(null, IDS['B'] ?? '');
  });

  it('says that there may be more groups where not all that is over is looked at', async () => {
    const over = { states: ['RESOLVED'] };
    expect(await ask(over)).toMatchObject({ totalCount: 1, totalCountIsEstimate: false });
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const [one] = await tx.query<{ id: string }>(
        `select exception_id as id from exception where tenant_id = $1 and hop = 'c1'`,
        [tx.tenantId],
      );
      await copyExceptions(tx, one?.id ?? '', 5_001, {
        state: `'RESOLVED'`,
        opened_at: `timestamptz '2026-11-30T11:00Z'`,
      });
    });
    expect(await ask(over)).toMatchObject({ totalCount: 1, totalCountIsEstimate: true });
    const behind = await ask(over, 'PRIORITY_DESC', { after: (await ask(over)).pageInfo.endCursor });
    expect(behind).toMatchObject({ totalCountIsEstimate: true, edges: [] });
    expect(await ask({})).toMatchObject({ totalCount: 3, totalCountIsEstimate: false });
  });
});
