import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import {
  insertLegalEntity,
  insertLink,
  insertObject,
  insertOpenException,
  insertTransaction,
  type TestMilestone,
} from '../../testing/projection-rows.js';
import { walkPages } from '../../testing/walk-pages.js';

// a Friday; business time of TARGET in Berlin ends at 18:00 local
const NOW = '2026-09-04T15:30:00.000Z';

const RECEIVED: TestMilestone = { name: 'payment-received', reachedAt: '2026-09-04T08:00:00Z' };

function applied(dueAt: string, startedAt = '2026-09-04T08:00:00Z'): TestMilestone {
  return { name: 'payment-applied', ruleKind: 'service', startedAt, dueAt };
}

type Page = {
  transactions: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    edges: { node: { id: string; state: string; anchor: { key: string } } }[];
  };
};

describe('transactions', () => {
  let api: ApiHarness;
  let client: Client;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi({ clock: () => new Date(NOW) });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await insertLegalEntity(tx, 'DE01', 'TARGET', 'Europe/Berlin');
      const one = async (name: string, rest: Partial<Parameters<typeof insertTransaction>[1]>) => {
        const contract = await insertObject(tx, {
          type: 'contract',
          value: `C-${name}`,
          amount: '100.5',
          currency: 'EUR',
        });
        const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}`, otherValues: [`00${name}`] });
        await insertLink(tx, contract, order, 'fulfils');
        ids[name] = await insertTransaction(tx, { objectIds: [contract, order], legalEntity: 'DE01', ...rest });
        return { contract, order };
      };
      await one('done', { progress: 'completed', counterparty: 'Østergaard A/S' });
      await one('cancelled', { progress: 'cancelled' });
      const { order } = await one('blocked', {
        milestones: [{ name: 'order-accepted' }, applied('2026-09-04T12:00:00Z')],
      });
      await insertOpenException(tx, order, 'salesforce-contract-to-order');
      const late = await one('late', { milestones: [RECEIVED, applied('2026-09-04T15:29:59Z')] });
      await insertOpenException(tx, late.contract, 'order-to-cash/payment-applied');
      // nothing of its own: the quote that its contract follows from is held up
      const held = await one('held', { milestones: [{ name: 'order-accepted' }] });
      const quote = await insertObject(tx, { type: 'quote', value: 'Q-1' });
      await insertLink(tx, quote, held.contract, 'becomes');
      await insertOpenException(tx, quote, 'quotes');
      // two steps up, and lateness, hold up nothing
      const free = await one('free', { milestones: [{ name: 'order-accepted' }] });
      const draft = await insertObject(tx, { type: 'quote', value: 'Q-2' });
      const lead = await insertObject(tx, { type: 'opportunity', value: 'L-1' });
      await insertLink(tx, lead, draft, 'becomes');
      await insertLink(tx, draft, free.contract, 'becomes');
      await insertOpenException(tx, lead, 'quotes');
      await insertOpenException(tx, draft, 'order-to-cash/payment-applied');
      await one('due', { milestones: [RECEIVED, applied(NOW)] });
      // 30 minutes of Friday and 17 of Monday (from 07:00) are left: less than a fifth of four hours, across a weekend
      await one('risk', { milestones: [RECEIVED, applied('2026-09-07T05:17:00Z')] });
      await one('running', { milestones: [RECEIVED, applied('2026-09-07T05:18:00Z')] });
      // of an entity that is not configured, whose clock never stops: 40 and 50 minutes of four hours
      await one('abroad', {
        legalEntity: 'FR01',
        milestones: [RECEIVED, applied('2026-09-04T16:10:00Z', '2026-09-04T12:10:00Z')],
      });
      await one('later', {
        legalEntity: 'FR01',
        milestones: [RECEIVED, applied('2026-09-04T16:20:00Z', '2026-09-04T12:20:00Z')],
      });
      await one('waiting', {
        milestones: [
          { name: 'invoice-posted', reachedAt: '2026-09-04T08:00:00Z' },
          { name: 'payment-received', ruleKind: 'expectation', dueAt: '2026-09-01T00:00:00Z' },
          { name: 'payment-applied', ruleKind: 'service' },
        ],
      });
    });
  });
  afterAll(() => api.close());

  const list = (variables: Record<string, unknown>) =>
    client.ask<Page>(
      `query ($first: Int, $after: String, $filter: TransactionFilter, $orderBy: TransactionOrder) {
        transactions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
          totalCount pageInfo { hasNextPage endCursor } edges { node { id state anchor { key } } }
        }
      }`,
      variables,
    );

  const statesById = (page: Page) =>
    Object.fromEntries(page.transactions.edges.map(({ node }) => [node.id, node.state]));

  const EXPECTED: Record<string, string> = {
    done: 'COMPLETED',
    cancelled: 'CANCELLED',
    blocked: 'BLOCKED',
    held: 'BLOCKED',
    free: 'RUNNING',
    late: 'LATE',
    due: 'AT_RISK',
    risk: 'AT_RISK',
    abroad: 'AT_RISK',
    later: 'RUNNING',
    running: 'RUNNING',
    waiting: 'WAITING',
  };

  it('derives every state at the time of the question', async () => {
    const states = statesById(await list({}));
    expect(Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, states[id]]))).toEqual(EXPECTED);
  });

  it.each([...new Set(Object.values(EXPECTED))])('filters by %s exactly', async (state) => {
    const { transactions } = await list({ filter: { states: [state] } });
    const expected = Object.keys(ids).filter((name) => EXPECTED[name] === state);
    expect(transactions.edges.map(({ node }) => node.anchor.key).sort()).toEqual(
      expected.map((name) => `C-${name}`).sort(),
    );
    expect(transactions.totalCount).toBe(expected.length);
  });

  it('filters by several states at once', async () => {
    const { transactions } = await list({ filter: { states: ['LATE', 'COMPLETED', 'WAITING'] } });
    expect(transactions.edges.map(({ node }) => node.anchor.key).sort()).toEqual(['C-done', 'C-late', 'C-waiting']);
  });

  it.each([
    ['a number of any of its objects', 'so-risk', ['C-risk']],
    ['another number of an object', '00wait', ['C-waiting']],
    ['the counterparty, whatever the case', 'ØSTER', ['C-done']],
    ['what LIKE would take as a pattern', '%%', []],
  ])('finds by the start of %s', async (_name, text, keys) => {
    const { transactions } = await list({ filter: { text } });
    expect(transactions.edges.map(({ node }) => node.anchor.key)).toEqual(keys);
  });

  it.each(['LAST_ACTIVITY_DESC', 'STARTED_DESC'])('walks all rows once by keyset, in order %s', async (orderBy) => {
    const seen = await walkPages(async (after) => (await list({ first: 3, after, orderBy })).transactions);
    expect(seen.map(({ id }) => id).sort()).toEqual(Object.values(ids).sort());
  });

  it.each(['abroad', 'later'])('says the same of %s and of what it waits for', async (name) => {
    const { transaction } = await client.ask<{ transaction: { state: string; milestones: { state: string }[] } }>(
      'query ($id: ID!) { transaction(id: $id) { state milestones { state } } }',
      { id: ids[name] },
    );
    expect(transaction.milestones.some(({ state }) => state === 'AT_RISK')).toBe(transaction.state === 'AT_RISK');
  });

  it.each([
    ['blocked', [{ hop: 'salesforce-contract-to-order', isUpstream: false, object: { key: 'SO-blocked' } }]],
    ['held', [{ hop: 'quotes', isUpstream: true, object: { key: 'Q-1' } }]],
    ['free', []],
    ['done', []],
  ])('says what blocks %s', async (name, blockedBy) => {
    const answer = await client.ask<{ transaction: { blockedBy: unknown[] } }>(
      'query ($id: ID!) { transaction(id: $id) { blockedBy { hop isUpstream object { key } } } }',
      { id: ids[name] },
    );
    expect(answer.transaction.blockedBy).toEqual(blockedBy);
  });

  it('shows the parts of a transaction', async () => {
    const { transaction } = await client.ask<{ transaction: Record<string, unknown> }>(
      `query ($id: ID!) { transaction(id: $id) {
        workflowTitle amount { amount currency }
        milestones { name state } objects { key depth isHub amount { amount } } links { qualifier } activities { id }
      } }`,
      { id: ids['blocked'] },
    );
    expect(transaction).toEqual({
      workflowTitle: 'Order to cash',
      amount: { amount: '100.50', currency: 'EUR' },
      milestones: [
        { name: 'order-accepted', state: 'BLOCKED' },
        { name: 'payment-applied', state: 'OVERDUE' },
      ],
      objects: [
        { key: 'C-blocked', depth: 0, isHub: false, amount: { amount: '100.50' } },
        { key: 'SO-blocked', depth: 1, isHub: false, amount: null },
      ],
      links: [{ qualifier: 'fulfils' }],
      activities: [],
    });
  });

  it.each([
    ['an id that is none', 'query { transaction(id: "1; drop table x") { id } }', 'INVALID_INPUT'],
    ['a page without end', 'query { transactions(first: 100000) { totalCount } }', 'INVALID_INPUT'],
    ['an empty page', 'query { transactions(first: 0) { totalCount } }', 'INVALID_INPUT'],
    ['a cursor of nobody', 'query { transactions(after: "AAAA") { totalCount } }', 'INVALID_INPUT'],
    ['a one-letter search', 'query { transactions(filter: { text: "a" }) { totalCount } }', 'INVALID_INPUT'],
    ['a state that is none', 'query { transactions(filter: { states: [SAD] }) { totalCount } }', 'INVALID_QUERY'],
    ['a document that is none', 'query {', 'INVALID_QUERY'],
  ])('answers %s with a code', async (_name, query, code) => {
    const { errors } = await client.send(query);
    expect(errors?.map((error) => error.extensions.code)).toEqual([code]);
  });

  it('refuses a cursor of another order', async () => {
    const { transactions } = await list({ first: 1 });
    const { errors } = await client.send(
      'query ($after: String) { transactions(after: $after, orderBy: STARTED_DESC) { totalCount } }',
      { after: transactions.pageInfo.endCursor },
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('shows nothing to another tenant', async () => {
    const otherTenant = '11111111-1111-4111-8111-111111111111';
    await api.test.database.withTenant(otherTenant, (tx) =>
      tx.query(`select throughline_create_tenant($1, 'Other', 'test')`, [otherTenant]),
    );
    await api.addPerson(otherTenant, 'eve@other.example', 'analyst');
    const eve = await api.signIn('eve@other.example');
    expect(await eve.ask('{ transactions { totalCount edges { node { id } } } }')).toEqual({
      transactions: { totalCount: 0, edges: [] },
    });
    expect(await eve.ask('query ($id: ID!) { transaction(id: $id) { id } }', { id: ids['done'] })).toEqual({
      transaction: null,
    });
  });
});
