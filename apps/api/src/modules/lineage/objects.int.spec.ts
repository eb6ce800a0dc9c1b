import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';
import { storeActivities } from './pipeline/fact-writer.js';
import { PipelineBench } from './pipeline/testing/pipeline-bench.js';
import { type Said, activityOf } from './pipeline/testing/said-activity.js';

const IBAN = 'DE89370400440532013000';
const day = (date: string) => `${date}T09:00:00.000Z`;

const SAID: Said[] = [
  {
    id: 'created',
    by: 'sap-s4hana',
    at: day('2026-02-01'),
    type: 'customer.created',
    objects: [{ type: 'customer', names: ['crm1', 'erp1'], attributes: { paymentTerms: 'Z030', iban: IBAN } }],
  },
  {
    id: 'changed',
    by: 'sap-s4hana',
    at: day('2026-03-01'),
    recordedOn: '2026-03-05',
    objects: [{ type: 'customer', names: ['erp1'], attributes: { paymentTerms: 'Z014' } }],
  },
  {
    id: 'crm',
    by: 'salesforce',
    at: day('2026-04-01'),
    objects: [{ type: 'customer', names: ['crm1'], attributes: { paymentTerms: 'Z060' } }],
  },
  {
    id: 'wrong',
    by: 'salesforce',
    at: day('2026-05-01'),
    objects: [{ type: 'customer', names: ['crm1', 'erp2'] }],
  },
  {
    id: 'priced',
    by: 'salesforce',
    at: day('2026-06-01'),
    objects: [
      { type: 'customer', names: ['crm1'], qualifier: 'customer' },
      { type: 'price-agreement', names: ['pa1'] },
    ],
    link: { qualifier: 'agreed-with', validFrom: '2026-06-01', validTo: '2026-12-31' },
  },
  {
    id: 'ordered',
    by: 'salesforce',
    at: day('2026-07-01'),
    objects: [
      { type: 'customer', names: ['crm1'], qualifier: 'customer' },
      { type: 'sales-order', names: ['so1'] },
    ],
    link: { qualifier: 'placed-by', amount: { amount: '1234.50', currency: 'EUR' } },
  },
  {
    id: 'opened',
    by: 'sap-s4hana',
    at: day('2026-10-01'),
    type: 'accounting-period.opened',
    objects: [{ type: 'accounting-period', names: ['DE01/0L/2026-10'] }],
  },
  {
    id: 'closed',
    by: 'sap-s4hana',
    at: day('2026-11-01'),
    type: 'accounting-period.closed',
    objects: [{ type: 'accounting-period', names: ['DE01/0L/2026-10'], attributes: { accountType: 'receivables' } }],
  },
];

describe('a business object', () => {
  let api: ApiHarness;
  let analyst: Client;
  let approver: Client;
  let customerId = '';
  let periodId = '';

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    await api.addPerson(api.test.tenantId, 'apo@acme.example', 'approver');
    [analyst, approver] = [await api.signIn('ana@acme.example'), await api.signIn('apo@acme.example')];
    const bench = new PipelineBench(api.test.database, api.test.tenantId);
    await bench.inTenant((tx) => storeActivities(tx, SAID.map(activityOf)));
    await bench.settle();
    const { aliases } = await bench.read();
    const idOf = (value: string) => aliases.find((alias) => alias.value === value)?.objectId ?? '';
    [customerId, periodId] = [idOf('erp1'), idOf('DE01/0L/2026-10')];
  });
  afterAll(() => api.close());

  const ask = async <T>(fields: string, id = customerId, client = analyst): Promise<T> =>
    (await client.ask<{ businessObject: T }>(`query ($id: ID!) { businessObject(id: $id) { ${fields} } }`, { id }))
      .businessObject;
  const terms = async (args = '', client = analyst) => {
    const { attributes } = await ask<{ attributes: { name: string; value: string }[] }>(
      `attributes${args} { name value }`,
      customerId,
      client,
    );
    return attributes.find(({ name }) => name === 'paymentTerms')?.value;
  };

  it('tells its terms as they were, and as they were known, on 3 March', async () => {
    expect(await terms()).toBe('Z060');
    expect(await terms('(asOf: "2026-03-03T23:59:59.999Z")')).toBe('Z014');
    expect(await terms('(knownOn: "2026-03-03")')).toBe('Z030');
    expect(await terms('(asOf: "2026-01-31T00:00:00.000Z")')).toBeUndefined();
    expect(
      (
        await ask<{ attributes: unknown[] }>(
          `attributes { name systemOfRecord { group owners steward } statedBy { system occurredAt recordedOn activityType } }`,
        )
      ).attributes,
    ).toContainEqual({
      name: 'paymentTerms',
      systemOfRecord: {
        group: 'terms',
        owners: ['sap-s4hana', 'netsuite', 'oracle-fusion'],
        steward: 'Credit and collections',
      },
      statedBy: {
        system: 'salesforce',
        occurredAt: day('2026-04-01'),
        recordedOn: '2026-04-01',
        activityType: 'customer.changed',
      },
    });
  });

  it('has its history page by page, the latest change first', async () => {
    type Change = { name: string; value: string; previous: string | null };
    const changes = await walkPages<Change>(async (after) => {
      const { attributeHistory } = await ask<{ attributeHistory: PageOf<Change> }>(
        `attributeHistory(first: 1, name: "paymentTerms"${after === null ? '' : `, after: "${after}"`}) {
          totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor } edges { node { name value previous } } }`,
      );
      expect(attributeHistory).toMatchObject({ totalCount: 3, totalCountIsEstimate: false });
      return attributeHistory;
    });
    expect(changes.map(({ value, previous }) => [value, previous])).toEqual([
      ['Z060', 'Z014'],
      ['Z014', 'Z030'],
      ['Z030', null],
    ]);
  });

  it('shows account numbers whole to those who may see them', async () => {
    const iban = async (client: Client) =>
      (
        await ask<{ attributes: { name: string; value: string }[] }>('attributes { name value }', customerId, client)
      ).attributes.find(({ name }) => name === 'iban')?.value;
    expect(await iban(approver)).toBe(IBAN);
    expect(await iban(analyst)).toBe('DE••••3000');
  });

  it('has names with who stated them first, and when', async () => {
    const { aliases } = await ask<{ aliases: unknown[] }>('aliases { value statedBy { system occurredAt } }');
    expect(aliases).toEqual([
      { value: 'crm1', statedBy: { system: 'sap-s4hana', occurredAt: day('2026-02-01') } },
      { value: 'erp1', statedBy: { system: 'sap-s4hana', occurredAt: day('2026-02-01') } },
    ]);
  });

  it('has links with amount, validity and who asserted them, page by page', async () => {
    type Link = { qualifier: string };
    const links = await walkPages<Link>(async (after) => {
      const answer = await ask<{ links: PageOf<Link> }>(
        `links(direction: DOWNSTREAM, first: 1${after === null ? '' : `, after: "${after}"`}) {
          totalCount pageInfo { hasNextPage endCursor }
          edges { node { direction object { type key } qualifier isContext amount { amount currency } validFrom validTo
                         assertedBy { system occurredAt } } } }`,
      );
      expect(answer.links).toMatchObject({ totalCount: 2 });
      return answer.links;
    });
    expect(links).toMatchObject([
      {
        direction: 'DOWNSTREAM',
        object: { type: 'sales-order', key: 'so1' },
        qualifier: 'placed-by',
        amount: { amount: '1234.50', currency: 'EUR' },
        validFrom: null,
        assertedBy: { system: 'salesforce', occurredAt: day('2026-07-01') },
      },
      {
        object: { type: 'price-agreement', key: 'pa1' },
        isContext: true,
        amount: null,
        validFrom: '2026-06-01',
        validTo: '2026-12-31',
      },
    ]);
    expect((await ask<{ links: { totalCount: number } }>('links(direction: UPSTREAM) { totalCount }')).links.totalCount).toBe(0); // prettier-ignore
  });

  it('has what names it, page by page, the latest first', async () => {
    type Entry = { type: string; occurredAt: string; objects: { key: string }[] };
    const activities = await walkPages<Entry>(async (after) => {
      const answer = await ask<{ activities: PageOf<Entry> }>(
        `activities(first: 2${after === null ? '' : `, after: "${after}"`}) {
          totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor } edges { node { type occurredAt objects { key } } } }`,
      );
      expect(answer.activities).toMatchObject({ totalCount: 6, totalCountIsEstimate: false });
      return answer.activities;
    });
    expect(activities.map(({ occurredAt }) => occurredAt.slice(5, 7))).toEqual(['07', '06', '05', '04', '03', '02']);
    expect(activities[0]?.objects.map(({ key }) => key)).toEqual(['crm1', 'so1']);
  });

  it('says what is wrong with it, and with which others', async () => {
    const { findings } = await ask<{ findings: unknown[] }>(
      'findings { kind about since object { id } transaction { id } related { key } details }',
    );
    expect(findings).toMatchObject([
      {
        kind: 'CONTRADICTORY_ALIAS',
        about: 'erp / customer-number',
        since: day('2026-05-01'),
        object: { id: customerId },
        transaction: null,
        related: [{ key: 'erp2' }],
        details: { values: ['erp1', 'erp2'] },
      },
      { kind: 'MASTER_DATA_DRIFT', about: 'paymentTerms' },
      { kind: 'OWNERSHIP_CONFLICT', about: 'paymentTerms', details: { steward: 'Credit and collections' } },
    ]);
  });

  it('tells of an accounting period where each account type stands', async () => {
    const { accountTypes } = await ask<{ accountTypes: unknown[] }>(
      'accountTypes { accountType state statedBy { occurredAt } }',
      periodId,
    );
    expect(accountTypes).toEqual([
      { accountType: '', state: 'open', statedBy: { occurredAt: day('2026-10-01') } },
      { accountType: 'receivables', state: 'closed', statedBy: { occurredAt: day('2026-11-01') } },
    ]);
    expect(await ask('accountTypes { state }')).toEqual({ accountTypes: [] });
  });

  it('is one of the list of findings, by kind and page by page', async () => {
    type Finding = { kind: string; object: { key: string } };
    const walk = (filter: string) =>
      walkPages<Finding>(async (after) => {
        const { findings } = await analyst.ask<{ findings: PageOf<Finding> }>(
          `query ($after: String) { findings(first: 1, after: $after${filter}) {
             pageInfo { hasNextPage endCursor } edges { node { kind object { key } } } } }`,
          { after },
        );
        return findings;
      });
    expect((await walk('')).map(({ kind }) => kind)).toEqual([
      'CONTRADICTORY_ALIAS',
      'CONTRADICTORY_ALIAS',
      'MASTER_DATA_DRIFT',
      'OWNERSHIP_CONFLICT',
    ]);
    expect(await walk(', filter: { kinds: [OWNERSHIP_CONFLICT] }')).toEqual([
      { kind: 'OWNERSHIP_CONFLICT', object: { key: 'crm1' } },
    ]);
    expect(await walk(', filter: { kinds: [] }')).toEqual([]);
    expect(await analyst.ask('{ findingCounts { kind count } findings { totalCount } }')).toEqual({
      findingCounts: [
        { kind: 'CONTRADICTORY_ALIAS', count: 2 },
        { kind: 'OWNERSHIP_CONFLICT', count: 1 },
        { kind: 'MASTER_DATA_DRIFT', count: 1 },
      ],
      findings: { totalCount: 4 },
    });
  });

  it('is told to nobody who is not signed in', async () => {
    for (const query of ['{ findings { totalCount } }', '{ findingCounts { kind } }']) {
      expect((await api.anonymous.send(query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});
