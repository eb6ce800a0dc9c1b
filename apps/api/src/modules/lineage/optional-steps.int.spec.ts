import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import {
  insertLegalEntity,
  insertObject,
  insertTransaction,
  type TestMilestone,
} from '../../testing/projection-rows.js';

const NOW = '2026-09-04T15:30:00.000Z';

const reached = (name: string): TestMilestone => ({ name, reachedAt: '2026-09-04T08:00:00Z' });
const service = (name: string, rest: Partial<TestMilestone> = {}): TestMilestone => ({
  name,
  ruleKind: 'service',
  ...rest,
});
const AWAITED: TestMilestone = { name: 'payment-received', ruleKind: 'expectation', dueAt: '2026-09-30T22:00:00Z' };
const TO_BILLED = ['contract-approved', 'order-accepted', 'invoice-posted'].map(reached);

type Listed = { edges: { node: { anchor: { key: string } } }[] };
type Shown = { state: string; milestones: { name: string; state: string; isRequired: boolean }[] };

describe('optional steps and due times by a date', () => {
  let api: ApiHarness;
  let client: Client;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi({ clock: () => new Date(NOW) });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await insertLegalEntity(tx, 'DE01', 'TARGET', 'Europe/Berlin');
      const one = async (name: string, milestones: TestMilestone[]) => {
        const contract = await insertObject(tx, { type: 'contract', value: name });
        ids[name] = await insertTransaction(tx, { objectIds: [contract], legalEntity: 'DE01', milestones });
      };
      await one('waits', [...TO_BILLED, service('order-released'), AWAITED]);
      await one('skipped', [...TO_BILLED, service('order-released', { reachedBy: randomUUID() }), AWAITED]);
      await one('optional late', [...TO_BILLED, service('order-released', { dueAt: '2026-09-04T15:00:00Z' }), AWAITED]);
      // Of the four hours until 18:00 in Berlin less than a fifth is left from 15:12 on.
      const cutOff = { startedAt: '2026-09-04T12:00:00Z', dueAt: '2026-09-04T16:00:00Z' };
      await one('cut-off near', [
        reached('contract-approved'),
        reached('order-accepted'),
        service('invoice-posted', cutOff),
      ]);
      await one('cut-off far', [
        reached('contract-approved'),
        reached('order-accepted'),
        service('invoice-posted', { ...cutOff, startedAt: '2026-09-04T15:00:00Z' }),
      ]);
    });
  });
  afterAll(() => api.close());

  it.each([
    ['waits', 'WAITING', 'order-released', 'PENDING', false],
    ['skipped', 'WAITING', 'order-released', 'SKIPPED', false],
    ['optional late', 'LATE', 'order-released', 'OVERDUE', false],
    ['cut-off near', 'AT_RISK', 'invoice-posted', 'AT_RISK', true],
    ['cut-off far', 'RUNNING', 'invoice-posted', 'PENDING', true],
  ])(
    '%s: %s, and its %s is %s, by itself and in the list',
    async (name, state, milestone, milestoneState, isRequired) => {
      const { transaction } = await client.ask<{ transaction: Shown }>(
        'query ($id: ID!) { transaction(id: $id) { state milestones { name state isRequired } } }',
        { id: ids[name] },
      );
      expect(transaction.state).toBe(state);
      expect(transaction.milestones).toContainEqual({ name: milestone, state: milestoneState, isRequired });
      const { transactions } = await client.ask<{ transactions: Listed }>(
        'query ($states: [TransactionState!]) { transactions(filter: { states: $states }) { edges { node { anchor { key } } } } }',
        { states: [state] },
      );
      expect(transactions.edges.map(({ node }) => node.anchor.key)).toContain(name);
    },
  );
});

describe('workflows', () => {
  let api: ApiHarness;
  beforeAll(async () => {
    api = await startApi({ clock: () => new Date(NOW) });
  });
  afterAll(() => api.close());

  const QUERY = `{ workflows { name title version anchor unless cancelledBy restartedBy hops { integration proves } follows { from to }
    milestones { name title isRequired on per after given reachedBy ruleKind dueRule dueGiven cardinality } } }`;

  it('are shown as they are declared, with their rules in words', async () => {
    await api.addPerson(api.test.tenantId, 'ina@acme.example', 'engineer');
    const client = await api.signIn('ina@acme.example');
    const { workflows } = await client.ask<{ workflows: { name: string; version: string }[] }>(QUERY);
    expect(workflows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['order-to-cash', 'quote-to-cash', 'global-order-to-cash', 'treasury-statement']),
    );
    const orderToCash = workflows.find(({ name }) => name === 'order-to-cash');
    expect(orderToCash).toMatchObject({
      title: 'Order to cash',
      version: expect.stringMatching(/^[0-9a-f]{8}$/),
      anchor: 'contract',
      unless: expect.arrayContaining(['subscription']),
      cancelledBy: ['contract.cancelled'],
      restartedBy: [],
      hops: expect.arrayContaining([{ integration: 's4hana-billing', proves: 'invoice-posted' }]),
      follows: expect.arrayContaining([{ from: 'invoice', to: 'payment' }]),
      milestones: expect.arrayContaining([
        {
          name: 'invoice-posted',
          title: 'Invoice posted',
          isRequired: true,
          on: 'invoice',
          per: 'invoice',
          after: ['order-accepted', 'goods-issued'],
          given: [],
          reachedBy: ['invoice.posted'],
          ruleKind: 'service',
          dueRule: 'by 18:00 local time of the day of Goods issued',
          dueGiven: [],
          cardinality: 'exactly one invoice for each delivery, at least one invoice for each sales order',
        },
      ]),
    });
  });

  it('are not shown to somebody who has not signed in', async () => {
    expect((await api.anonymous.send(QUERY)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
