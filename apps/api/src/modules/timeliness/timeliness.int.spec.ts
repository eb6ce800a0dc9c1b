import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import {
  insertLegalEntity,
  insertObject,
  insertOpenException,
  insertTransaction,
} from '../../testing/projection-rows.js';
import { createOverdueStage } from './overdue-stage.js';

const NOW = new Date('2026-09-04T20:00:00.000Z');

describe('timeliness', () => {
  let api: ApiHarness;
  let client: Client;
  let exceptionId: string;

  beforeAll(async () => {
    api = await startApi({ clock: () => NOW });
    await api.addPerson(api.test.tenantId, 'cora@acme.example', 'controller');
    client = await api.signIn('cora@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await insertLegalEntity(tx, 'DE01', 'TARGET', 'Europe/Berlin');
      await insertLegalEntity(tx, 'SG01', 'SG', 'Asia/Singapore');
      const one = async (
        value: string,
        legalEntity: string,
        dueAt: string,
        reachedAt?: string,
        progress?: 'cancelled',
      ) => {
        const payment = await insertObject(tx, { type: 'payment', value, legalEntity, amount: '10', currency: 'EUR' });
        await insertTransaction(tx, {
          objectIds: [payment],
          legalEntity,
          ...(progress === undefined ? {} : { progress }),
          milestones: [
            {
              name: 'payment-applied',
              objectId: payment,
              ruleKind: 'service',
              dueAt,
              ...(reachedAt === undefined ? {} : { reachedAt }),
            },
          ],
        });
        return payment;
      };
      await one('in-time', 'DE01', '2026-09-03T10:00:00Z', '2026-09-03T10:00:00Z');
      await one('reached-late', 'DE01', '2026-09-03T10:00:00Z', '2026-09-03T11:30:30Z');
      const overdue = await one('overdue', 'DE01', '2026-09-04T19:00:00Z');
      await one('open', 'DE01', '2026-09-04T20:00:00Z');
      await one('cancelled', 'DE01', '2026-09-03T10:00:00Z', undefined, 'cancelled');
      await one('too-old', 'DE01', '2026-08-01T10:00:00Z');
      // already the 5th in Singapore
      await one('tomorrow-there', 'SG01', '2026-09-04T17:00:00Z', '2026-09-04T16:00:00Z');
      for (const [workflow, value, dueAt] of [
        ['procure-to-pay', 's', '2026-09-02T10:00:00Z'],
        ['treasury-payments', 'p', '2026-09-03T10:00:00Z'],
      ] as const) {
        const object = await insertObject(tx, { type: 'payment', value, legalEntity: 'DE01' });
        await insertTransaction(tx, {
          objectIds: [object],
          workflow,
          milestones: [
            { name: 'bank-matched', objectId: object, ruleKind: 'service', dueAt, reachedAt: NOW.toISOString() },
          ],
        });
      }
      exceptionId = await insertOpenException(tx, overdue, 'order-to-cash/payment-applied');
    });
  });
  afterAll(() => api.close());

  it('counts per local day of the due time and entity', async () => {
    const { slaReport } = await client.ask<{ slaReport: unknown }>(
      `{ slaReport { from to onTime late open rows { day legalEntity onTime late open } } }`,
    );
    expect(slaReport).toEqual({
      from: '2026-08-23',
      to: '2026-09-05',
      onTime: 2,
      late: 2,
      open: 1,
      rows: [
        { day: '2026-09-03', legalEntity: 'DE01', onTime: 1, late: 1, open: 0 },
        { day: '2026-09-04', legalEntity: 'DE01', onTime: 0, late: 1, open: 1 },
        { day: '2026-09-05', legalEntity: 'SG01', onTime: 1, late: 0, open: 0 },
      ],
    });
  });

  it('lists breaches, latest due first, with their exception, page by page', async () => {
    const query = `query ($after: String) { slaReport(first: 1, after: $after) { breaches {
      totalCount pageInfo { hasNextPage endCursor }
      edges { node { object { key } lateByMinutes exceptionId amount { amount } reachedAt } }
    } } }`;
    type Breaches = {
      slaReport: {
        breaches: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; edges: unknown[] };
      };
    };
    const first = (await client.ask<Breaches>(query)).slaReport.breaches;
    expect(first).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      edges: [
        {
          node: {
            object: { key: 'overdue' },
            lateByMinutes: 60,
            exceptionId,
            amount: { amount: '10.00' },
            reachedAt: null,
          },
        },
      ],
    });
    const second = (await client.ask<Breaches>(query, { after: first.pageInfo.endCursor })).slaReport.breaches;
    expect(second).toMatchObject({
      pageInfo: { hasNextPage: false },
      edges: [{ node: { object: { key: 'reached-late' }, lateByMinutes: 90, exceptionId: null } }],
    });
  });

  it('narrows to entities', async () => {
    const { slaReport } = await client.ask<{ slaReport: unknown }>(
      `{ slaReport(legalEntities: ["SG01"], days: 1) { onTime late open } }`,
    );
    expect(slaReport).toEqual({ onTime: 1, late: 0, open: 0 });
  });

  it('tells a milestone of one workflow from that of another of the same name', async () => {
    const of = async (args: string) =>
      (
        await client.ask<{ slaReport: unknown }>(
          `{ slaReport(milestone: "bank-matched"${args}) {
            onTime late open rows { onTime late open } breaches { totalCount edges { node { workflow object { key } } } }
          } }`,
        )
      ).slaReport;
    const breach = (workflow: string, key: string) => ({ node: { workflow, object: { key } } });
    expect(await of('')).toMatchObject({
      late: 2,
      breaches: { edges: [breach('treasury-payments', 'p'), breach('procure-to-pay', 's')] },
    });
    expect(await of(', workflow: "procure-to-pay"')).toEqual({
      onTime: 0,
      late: 1,
      open: 0,
      rows: [{ onTime: 0, late: 1, open: 0 }],
      breaches: { totalCount: 1, edges: [breach('procure-to-pay', 's')] },
    });
    expect(await of(', workflow: "order-to-cash"')).toMatchObject({ late: 0, rows: [], breaches: { totalCount: 0 } });
  });

  it('shows the rules of the workflows', async () => {
    const { slaRules } = await client.ask<{ slaRules: unknown[] }>(
      '{ slaRules { workflow milestone title description ruleKind } }',
    );
    const workflow = 'order-to-cash';
    expect(slaRules).toEqual(
      expect.arrayContaining([
        {
          workflow,
          milestone: 'payment-applied',
          title: 'Payment applied',
          description: '4 h of business time after Payment received',
          ruleKind: 'service',
        },
        {
          workflow,
          milestone: 'credit-exposure-checked',
          title: 'Credit exposure checked',
          description: '10 min after Contract approved',
          ruleKind: 'service',
        },
        {
          workflow,
          milestone: 'cash-position-updated',
          title: 'Cash position updated',
          description:
            'by 09:00 local time of the business day after the day of Payment received, on the days on which the currency is paid',
          ruleKind: 'service',
        },
        {
          workflow,
          milestone: 'payment-received',
          title: 'Payment received',
          description: 'by dueDate of the invoice',
          ruleKind: 'expectation',
        },
      ]),
    );
  });

  it.each(['days: 0', 'days: 1000', 'first: 0', 'after: "x"', 'milestone: ""', 'workflow: ""'])(
    'refuses %s',
    async (args) => {
      const { errors } = await client.send(`{ slaReport(${args}) { onTime } }`);
      expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    },
  );

  it('tells of each overdue service once, also while nothing happens', async () => {
    const { database, tenantId } = api.test;
    const deliveries = () =>
      database.withTenant(tenantId, (tx) =>
        tx.query<{ topic: string; payload: { items: { name: string; dueAt: string }[] } }>(
          `select topic, payload from outbox_delivery where tenant_id = $1 and consumer = 'exceptions' order by delivery_id`,
          [tenantId],
        ),
      );
    let now = NOW;
    const stage = createOverdueStage(database, () => now);
    expect(await stage.run(tenantId)).toBe(false);
    expect((await deliveries()).map(({ topic, payload }) => [topic, payload.items.map(({ dueAt }) => dueAt)])).toEqual([
      ['timeliness.overdue', ['2026-08-01T10:00:00.000Z', '2026-09-04T19:00:00.000Z']],
    ]);
    await stage.run(tenantId);
    expect(await deliveries()).toHaveLength(1);
    now = new Date(NOW.getTime() + 1);
    await stage.run(tenantId);
    expect((await deliveries()).at(-1)?.payload.items.map(({ dueAt }) => dueAt)).toEqual(['2026-09-04T20:00:00.000Z']);
  });
});
