import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertActivity, insertLegalEntity, insertObject, insertTransaction } from '../../testing/projection-rows.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';

const NOW = '2026-09-04T15:30:00.000Z';

type Page = PageOf<{ anchor: { key: string } }> & { totalCount: number; totalCountIsEstimate: boolean };

/** A contract, its invoice and its payment. */
type Story = {
  name: string;
  entity: string;
  workflow?: string;
  counterparty?: string;
  amount?: string;
  currency?: string;
  startedAt?: string;
  lastOccurredAt?: string;
  invoice?: Record<string, string>;
  payment?: Record<string, string>;
  system?: string;
  account?: string;
  /** the account that its payment was sent to the bank from */
  sentFrom?: string;
  progress?: 'running' | 'completed' | 'cancelled';
  posted?: { reachedAt?: string; dueAt?: string };
};

const STORIES: readonly Story[] = [
  {
    name: 'A',
    entity: 'DE01',
    counterparty: 'Müller AG',
    invoice: { dueDate: '2026-09-30', postingDate: '2026-08-31' },
    payment: { valueDate: '2026-09-04' },
    posted: { reachedAt: '2026-09-01T10:00:00Z' },
    account: 'DE89370400440532013000',
  },
  {
    name: 'B',
    entity: 'DE01',
    amount: '2500',
    posted: { dueAt: '2026-09-03T10:00:00Z' },
    startedAt: '2026-08-01T00:00:00Z',
  },
  {
    name: 'C',
    entity: 'US01',
    currency: 'USD',
    amount: '99.99',
    posted: { dueAt: '2026-09-10T10:00:00Z' },
    system: 'netsuite',
  },
  {
    name: 'D',
    entity: 'JP01',
    currency: 'JPY',
    amount: '250000',
    workflow: 'procure-to-pay',
    progress: 'completed',
    posted: { reachedAt: '2026-09-01T10:00:00Z' },
    invoice: { dueDate: '2026-10-31', postingDate: '2026-09-30' },
    sentFrom: 'DE02100100109307118603',
  },
  {
    name: 'E',
    entity: 'FR01',
    counterparty: 'Muller SARL',
    lastOccurredAt: '2026-06-01T00:00:00Z',
    startedAt: '2026-05-01T00:00:00Z',
  },
  { name: 'F', entity: 'FR01', progress: 'cancelled', account: 'DE893704004405320130001', posted: {} },
];

describe('the filters of transactions', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi({ clock: () => new Date(NOW) });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const set = (sql: string, ...params: unknown[]) => tx.query(sql, [tx.tenantId, ...params]);
      for (const [code, country] of [
        ['DE01', 'DE'],
        ['US01', 'US'],
        ['JP01', 'JP'],
        ['FR01', 'FR'],
      ] as const) {
        await insertLegalEntity(tx, code, 'TARGET', 'Europe/Berlin');
        await set('update legal_entity set country = $3 where tenant_id = $1 and code = $2', code, country);
      }
      for (const { name, entity, ...story } of STORIES) {
        const contract = await insertObject(tx, { type: 'contract', value: `C-${name}` });
        const invoice = await insertObject(tx, { type: 'invoice', value: `I-${name}` });
        const payment = await insertObject(tx, { type: 'payment', value: `P-${name}` });
        const statement = await insertObject(tx, { type: 'bank-statement', value: `S-${name}` });
        const attributes = 'update business_object set attributes = $3 where tenant_id = $1 and object_id = $2';
        await set(attributes, invoice, story.invoice ?? {});
        await set(attributes, payment, story.payment ?? {});
        await set(
          `update object_alias set kind = 'statement-id', scope = $3 where tenant_id = $1 and object_id = $2`,
          statement,
          story.account === undefined ? '' : `${story.account}/2026/12`,
        );
        await set(
          'update object_alias set system = $3 where tenant_id = $1 and object_id = $2',
          payment,
          story.system ?? 'kyriba',
        );
        if (story.sentFrom !== undefined) {
          const account = await insertObject(tx, { type: 'bank-account', value: story.sentFrom });
          await set("update object_alias set kind = 'iban' where tenant_id = $1 and object_id = $2", account);
          const occurredAt = '2026-09-01T10:00:00Z';
          const named = [payment, account];
          const sent = await insertActivity(tx, { type: 'payment.sent', occurredAt, objectIds: named });
          await set(
            "update alias_statement set object_type = 'bank-account' where tenant_id = $1 and activity_id = $2 and position = 1",
            sent,
          );
        }
        const id = await insertTransaction(tx, {
          objectIds: [contract, invoice, payment],
          hubIds: [statement],
          legalEntity: entity,
          progress: story.progress ?? 'running',
          ...(story.counterparty !== undefined && { counterparty: story.counterparty }),
          ...(story.startedAt !== undefined && { startedAt: story.startedAt }),
          ...(story.lastOccurredAt !== undefined && { lastOccurredAt: story.lastOccurredAt }),
          milestones: story.posted ? [{ name: 'invoice-posted', ruleKind: 'service', ...story.posted }] : [],
        });
        await set(
          'update business_transaction set amount = $3, currency = $4, workflow = $5 where tenant_id = $1 and transaction_id = $2',
          id,
          story.amount ?? '1000',
          story.currency ?? 'EUR',
          story.workflow ?? 'order-to-cash',
        );
      }
    });
  });
  afterAll(() => api.close());

  const list = async (variables: Record<string, unknown>) => {
    const query = `query ($first: Int, $after: String, $filter: TransactionFilter, $orderBy: TransactionOrder) {
      transactions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor } edges { node { anchor { key } } }
      }
    }`;
    return (await client.ask<{ transactions: Page }>(query, variables)).transactions;
  };
  const keysOf = (page: Page) => page.edges.map(({ node }) => node.anchor.key.replace('C-', '')).sort();

  const waiting = (standing: string) => ({ milestones: [{ name: 'invoice-posted', standing }] });
  const CASES: [string, Record<string, unknown>, string[]][] = [
    ['nothing', {}, ['A', 'B', 'C', 'D', 'E', 'F']],
    ['a workflow', { workflows: ['procure-to-pay'] }, ['D']],
    ['a stored state', { states: ['CANCELLED', 'COMPLETED'] }, ['D', 'F']],
    ['no state', { states: [] }, []],
    ['who has reached a milestone', waiting('REACHED'), ['A', 'D']],
    ['who waits for a milestone and runs', waiting('WAITING'), ['B', 'C']],
    ['who is overdue', waiting('OVERDUE'), ['B']],
    ['an unknown milestone', { milestones: [{ name: 'x', standing: 'WAITING' }] }, []],
    ['a system', { systems: ['netsuite', 'none'] }, ['C']],
    ['a system of nothing', { systems: ['sap'] }, []],
    ['a region', { regions: ['EMEA'] }, ['A', 'B', 'E', 'F']],
    ['a country', { regions: ['US', 'JP'] }, ['C', 'D']],
    ['a region and an entity in it', { regions: ['EMEA'], legalEntities: ['DE01', 'US01'] }, ['A', 'B']],
    ['a region without entities', { regions: ['MARS'] }, []],
    ['a currency', { currencies: ['jpy'] }, ['D']],
    ['a counterparty in any case', { counterparty: 'MÜLLER' }, ['A']],
    ['an amount and more', { amount: { from: '2500' } }, ['B', 'D']],
    ['up to an amount', { amount: { to: '99.99' } }, ['C']],
    ['between two amounts', { amount: { from: '100', to: '2500.00' } }, ['A', 'B', 'E', 'F']],
    ['an amount of nothing', { amount: { from: '99999999' } }, []],
    ['a posting period', { postingPeriod: '2026-08' }, ['A']],
    ['a due date', { dueOn: { from: '2026-09-30', to: '2026-10-30' } }, ['A']],
    ['due from a day on', { dueOn: { from: '2026-09-30' } }, ['A', 'D']],
    ['a value date', { valueOn: { from: '2026-09-04', to: '2026-09-04' } }, ['A']],
    ['a bank account and no other that begins alike', { bankAccount: 'DE89 3704 0044 0532 0130 00' }, ['A']],
    ['the account of a payment that the bank has not booked', { bankAccount: 'DE02100100109307118603' }, ['D']],
    ['an age', { minAgeHours: 24 * 30 }, ['B', 'E']],
    ['between two ages', { minAgeHours: 24 * 30, maxAgeHours: 24 * 60 }, ['B']],
    ['a start', { startedAt: { to: '2026-07-01T00:00:00Z' } }, ['E']],
    ['a latest activity', { lastActivityAt: { to: '2026-07-01T00:00:00Z' } }, ['E']],
    [
      'all at once',
      { states: ['LATE'], legalEntities: ['DE01'], currencies: ['EUR'], amount: { from: '1' }, ...waiting('OVERDUE') },
      ['B'],
    ],
    ['what excludes itself', { states: ['COMPLETED'], ...waiting('OVERDUE') }, []],
  ];

  it.each(CASES)('%s', async (_name, filter, keys) => {
    for (const orderBy of ['LAST_ACTIVITY_DESC', 'STARTED_DESC']) {
      const page = await list({ filter, orderBy });
      expect(keysOf(page)).toEqual(keys);
      expect(page).toMatchObject({
        totalCount: keys.length,
        totalCountIsEstimate: false,
        pageInfo: { hasNextPage: false },
      });
      const walked = await walkPages((after) => list({ filter, orderBy, first: 1, after }));
      expect(walked.map(({ anchor }) => anchor.key.replace('C-', '')).sort()).toEqual(keys);
    }
  });

  it.each([
    ['an amount that is no number', { amount: { from: '1e3' } }],
    ['a month that is none', { postingPeriod: '2026-13' }],
    ['a negative age', { minAgeHours: -1 }],
    ['too many milestones', { milestones: Array.from({ length: 6 }, () => ({ name: 'x', standing: 'WAITING' })) }],
    ['too many entities', { legalEntities: Array.from({ length: 201 }, (_, index) => String(index)) }],
    ['a one-letter counterparty', { counterparty: 'm' }],
  ])('refuses %s', async (_name, filter) => {
    const { errors } = await client.send(
      'query ($filter: TransactionFilter) { transactions(filter: $filter) { totalCount } }',
      {
        filter,
      },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID_INPUT']);
  });
});
