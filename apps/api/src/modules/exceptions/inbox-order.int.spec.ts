import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../testing/projection-rows.js';

type Row = { amount: string | null; currency: string | null; reporting: number | null; urgency: number };

/** Named by their hop; of the cedi no rate is known. */
const ROWS: Record<string, Row> = {
  reais: { amount: '4500.00', currency: 'BRL', reporting: 78_000, urgency: 3 },
  euros: { amount: '1000.00', currency: 'EUR', reporting: 100_000, urgency: 1 },
  yen: { amount: '150000', currency: 'JPY', reporting: 92_000, urgency: 4 },
  cedi: { amount: '900000.00', currency: 'GHS', reporting: null, urgency: 2 },
  nothing: { amount: '0.00', currency: 'EUR', reporting: 0, urgency: 5 },
};

const BY_MONEY = ['euros', 'yen', 'reais', 'nothing', 'cedi'];
const BY_URGENCY = ['nothing', 'yen', 'reais', 'cedi', 'euros'];

type Page = {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: { node: { hop: string } }[];
};

const LIST = `query ($filter: ExceptionFilter, $orderBy: ExceptionOrder, $first: Int, $after: String) {
  exceptions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { hop } }
  }
}`;
const UNORDERED = `{
  exceptions(filter: { states: [OPEN] }) { edges { node { hop } } }
  groupedExceptions(filter: { states: [OPEN] }) { edges { node { group { id } } } }
}`;

describe('the order of the inbox', () => {
  let api: ApiHarness;
  let client: Client;
  const idOf: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const [name, row] of Object.entries(ROWS)) {
        const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}` });
        const id = await insertOpenException(tx, order, name);
        idOf[name] = id;
        await tx.query(
          `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop)
           values ($1, $2, $3, $3, 'platform.unclassified', $3)`,
          [tx.tenantId, id, name],
        );
        await tx.query(
          `update exception set amount = $3::numeric, currency = $4, amount_minor = coalesce($3::numeric * 100, 0), reporting_minor = $5,
             priority_order = $6 where tenant_id = $1 and exception_id = $2`,
          [tx.tenantId, id, row.amount, row.currency, row.reporting, row.urgency],
        );
      }
    });
  });
  afterAll(() => api.close());

  it.each([
    ['of what is open', { states: ['OPEN'] }],
    ['of what is open, narrowed', { states: ['OPEN'], ages: ['OVER_30_DAYS', 'DAYS_7_TO_30', 'DAYS_3_TO_7'] }],
    ['of open and closed', { states: ['OPEN', 'RESOLVED'] }],
    ['of what a search finds', { text: 'SO-' }],
  ])('by money is that in the reporting currency, without a figure last: %s', async (_name, filter) => {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { exceptions }: { exceptions: Page } = await client.ask(LIST, {
        ...{ filter, orderBy: 'MONEY_DESC', first: 2, after },
      });
      found.push(...exceptions.edges.map(({ node }) => node.hop));
      after = exceptions.pageInfo.hasNextPage ? exceptions.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(BY_MONEY);
  });

  it('is that of urgency where none is asked for, one by one and by group', async () => {
    const { exceptions, groupedExceptions } = await client.ask<{
      exceptions: Page;
      groupedExceptions: { edges: { node: { group: { id: string } } }[] };
    }>(UNORDERED);
    expect(exceptions.edges.map(({ node }) => node.hop)).toEqual(BY_URGENCY);
    expect(groupedExceptions.edges.map(({ node }) => node.group.id)).toEqual(BY_URGENCY.map((name) => idOf[name]));
  });
});
