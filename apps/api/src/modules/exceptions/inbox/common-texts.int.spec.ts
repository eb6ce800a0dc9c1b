import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../../testing/projection-rows.js';
import type { InboxSelection } from '../domain/inbox-selection.js';
import { countExceptions, listExceptions, totalExceptions } from '../inbox.repository.js';
import { readSelection } from '../read-selection.js';
import { lookAtSelection } from '../bulk/selection.repository.js';
import { copyExceptions } from '../testing/copy-exceptions.js';
import { countFacets } from './facets.repository.js';
import { reachOfText } from './text-sql.js';

const NOW = new Date();
const OPEN = ['OPEN', 'IN_PROGRESS'];
const MANY = 6_000;

type Answer = {
  exceptions: { totalCount: number; totals: { count: number }[]; edges: { node: { hop: string } }[] };
  groupedExceptions: { edges: { node: { matchingCount: number } }[] };
  exceptionFacets: {
    total: number;
    isLowerBound: boolean;
    facets: { name: string; buckets: { value: string; count: number }[] }[];
  };
};

const ASK = `query ($filter: ExceptionFilter, $orderBy: ExceptionOrder) {
  exceptions(filter: $filter, orderBy: $orderBy, first: 100) { totalCount totals { count } edges { node { hop } } }
  groupedExceptions(filter: $filter) { edges { node { matchingCount } } }
  exceptionFacets(filter: $filter) { total isLowerBound facets { name buckets { value count } } }
}`;

let api: ApiHarness;
let client: Client;

beforeAll(async () => {
  api = await startApi();
  await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
  client = await api.signIn('ana@acme.example');
  await api.test.database.withTenant(api.test.tenantId, async (tx) => {
    const id = await insertOpenException(tx, await insertObject(tx, { type: 'sales-order', value: 'SO-1' }), 'first');
    await tx.query(
      `update exception set counterparty = 'Fa. Meier 1', counterparty_folded = 'fa. meier 1', legal_entity = 'DE01', amount = 1,
         currency = 'EUR', direction = 'inflow', reporting_minor = 100, title = 'Nothing', message = 'came'
       where tenant_id = $1 and exception_id = $2`,
      [tx.tenantId, id],
    );
    await copyExceptions(tx, id, MANY, {
      hop: `'h' || n`,
      object_key: `'K-' || n`,
      counterparty_folded: `'fa. meier ' || n`,
      legal_entity: `case when n % 2 = 0 then 'DE01' else 'US01' end`,
      state: `case when n % 10 = 0 then 'RESOLVED' when n % 10 = 1 then 'IN_PROGRESS' else 'OPEN' end`,
      reporting_minor: 'n',
    });
    // found by a number that another system knows, by words, by a ticket: none of them by its name
    const other = await insertObject(tx, { type: 'sales-order', value: 'X-1', otherValues: ['FA. M-1'] });
    await tx.query(
      `update exception set counterparty_folded = null, object_key = 'X', legal_entity = 'DE01'
       where tenant_id = $1 and exception_id = $2`,
      [tx.tenantId, await insertOpenException(tx, other, 'numbered')],
    );
    const said = await insertOpenException(tx, await insertObject(tx, { type: 'sales-order', value: 'X-2' }), 'said');
    await tx.query(
      `update exception set counterparty_folded = null, object_key = 'X', message = 'Fa. Meier is closed', legal_entity = 'DE01'
       where tenant_id = $1 and exception_id = $2`,
      [tx.tenantId, said],
    );
    await tx.query(
      `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop)
       select distinct tenant_id, group_id, group_id::text, 'g', taxonomy, 'h' from exception where tenant_id = $1`,
      [tx.tenantId],
    );
  });
}, 60_000);
afterAll(() => api.close());

const asked = (filter: Record<string, unknown>) => readSelection(filter, NOW);

describe('a text that very many begin with', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['a name of thousands', { states: OPEN, text: 'Fa. Meier' }, true],
    ['a number of thousands', { states: OPEN, text: 'k-' }, true],
    ['a name of some', { states: OPEN, text: 'Fa. Meier 17' }, false],
    ['a name of nobody', { states: OPEN, text: 'Schulze' }, false],
    ['also of what is over', { text: 'Fa. Meier' }, false],
    ['none', { states: OPEN }, false],
  ])('is told: %s', async (_name, filter, isCommon) => {
    const told = await api.test.database.withTenant(api.test.tenantId, (tx) => reachOfText(tx, asked(filter)));
    expect(told).toEqual({ isTextCommon: isCommon, isSaidByMany: false, isTextCut: false });
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['everything of it', { text: 'Fa. Meier' }, MANY * 0.9 + 2],
    ['of an entity', { text: 'FA. MEIER', legalEntities: ['DE01'] }, MANY * 0.4 + 2],
    ['in progress', { text: 'Fa. Meier', states: ['IN_PROGRESS'] }, MANY * 0.1],
    ['of an entity without any', { text: 'Fa. Meier', legalEntities: ['XX99'] }, 0],
    ['of a range of amounts', { text: 'Fa. Meier', amountFrom: '0.01', amountTo: '0.19' }, 18],
    ['what another system calls so', { text: 'fa. m' }, MANY * 0.9 + 3],
  ])('is counted exactly, listed and totalled: %s', async (_name, filter, count) => {
    for (const orderBy of ['PRIORITY_DESC', 'MONEY_DESC', 'OPENED_ASC']) {
      const answer = await client.ask<Answer>(ASK, { filter: { states: OPEN, ...filter }, orderBy });
      expect(answer.exceptions.totalCount).toBe(count);
      expect(answer.exceptions.edges).toHaveLength(Math.min(count, 100));
      expect(answer.exceptionFacets).toMatchObject({ total: count, isLowerBound: false });
      const grouped = answer.groupedExceptions.edges.reduce((sum, { node }) => sum + node.matchingCount, 0);
      expect(grouped).toBe(count);
    }
  });

  it('finds the same row by row as by reading what is found', async () => {
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const text of ['Fa. Meier 17', 'fa. m', 'so1', 'closed', 'K-59', 'meier']) {
        for (const more of [{}, { legalEntities: ['DE01'] }, { amountTo: '20' }, { snoozed: false }]) {
          const read: InboxSelection = { ...asked({ states: OPEN, text, ...more }), isTextCommon: false };
          const walked: InboxSelection = { ...read, isTextCommon: true };
          const of = async (selection: InboxSelection) => ({
            ids: (await listExceptions(tx, selection, 'OPENED_ASC', { first: 10_000, after: null })).map(
              ({ exceptionId }) => exceptionId,
            ),
            count: (await countExceptions(tx, selection)).count,
            totals: await totalExceptions(tx, selection),
          });
          const [one, other] = [await of(read), await of(walked)];
          expect({ text, more, ...other }).toEqual({ text, more, ...one });
          const facets = await countFacets(tx, read, tx.tenantId);
          if (facets.isLowerBound) continue;
          const sorted = ({ counted, total }: typeof facets) => ({
            total,
            counted: counted.map((value) => JSON.stringify(value)).sort(),
          });
          expect(sorted(await countFacets(tx, walked, tx.tenantId))).toEqual(sorted(facets));
        }
      }
    });
  });
});

describe('a text of which more are told elsewhere than are kept beside a walk', () => {
  const CHANGE = 'CHG-77';
  beforeAll(async () => {
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const object = await insertObject(tx, { type: 'sales-order', value: 'T-1' });
      const id = await insertOpenException(tx, object, 'ticketed');
      const [group] = await tx.query<{ id: string }>(
        `update exception set group_id = gen_random_uuid(), counterparty_folded = null, object_key = 'T', title = 'Printer on fire'
         where tenant_id = $1 and exception_id = $2 returning group_id as id`,
        [tx.tenantId, id],
      );
      await copyExceptions(tx, id, 10_020, {
        hop: `'h' || n`,
        legal_entity: `case when n = 10020 then 'FR01' end`,
        priority_order: `case when n = 10020 then -1 else 1000 + n end`,
        opened_at: `now() - make_interval(days => case when n = 10020 then 900 else 1 end)`,
      });
      await tx.query(
        `insert into external_ticket (tenant_id, subject_type, subject_id, system, number, url, set_at, set_by, set_by_name)
         values ($1, 'exception-group', $2, 'change', $3, 'https://change.example/77', $4, gen_random_uuid(), 'Ana')`,
        [tx.tenantId, group?.id, CHANGE, NOW],
      );
    });
  }, 60_000);

  it.each([CHANGE, 'printer on fire'])('is found as ever, its count no exact one: %s', async (text) => {
    const selection = asked({ states: OPEN, text });
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const reach = await reachOfText(tx, selection);
      expect(reach).toEqual({ isTextCommon: false, isSaidByMany: text !== CHANGE, isTextCut: text !== CHANGE });
      expect((await countExceptions(tx, { ...selection, ...reach })).isEstimate).toBe(true);
    });
    const answer = await client.ask<Answer>(ASK, { filter: { states: OPEN, text } });
    expect(answer.exceptionFacets.isLowerBound).toBe(true);
  });

  it('is listed with the least urgent that says it, and its number is at least what was found', async () => {
    type Page = {
      exceptions: { totalCount: number; totalCountIsEstimate: boolean; edges: { node: { hop: string } }[] };
    };
    const ask = (filter: Record<string, unknown>) =>
      client.ask<Page>(
        `query ($filter: ExceptionFilter) { exceptions(filter: $filter, orderBy: OPENED_ASC, first: 2) {
           totalCount totalCountIsEstimate edges { node { hop } } } }`,
        { filter: { states: OPEN, text: 'printer on fire', ...filter } },
      );
    expect((await ask({})).exceptions.edges[0]?.node.hop).toBe('h10020');
    expect((await ask({ legalEntities: ['FR01'] })).exceptions).toMatchObject({
      totalCountIsEstimate: true,
      edges: [{ node: { hop: 'h10020' } }],
    });
    const ofAll = await ask({ states: null, legalEntities: ['FR01'] });
    expect(ofAll.exceptions.totalCountIsEstimate).toBe(true);
  });

  it('is acted on whole', async () => {
    const selected = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      lookAtSelection(tx, { matching: asked({ states: OPEN, text: 'printer on fire' }) }),
    );
    expect(selected.count).toBe(10_021);
  });
});
