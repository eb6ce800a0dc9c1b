import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { insertLink, insertObject, insertTransaction, testObjectId } from '../../../testing/projection-rows.js';

type Money = { amount: string; currency: string };
type Side = { side: string; standing: string; residual: Money | null; isBreak: boolean };

const NOW = new Date('2026-10-01T08:00:00Z');

describe('the money of objects, transactions and what hangs on them', () => {
  let api: ApiHarness;
  let treasurer: Client;
  const ids: Record<string, string> = {};
  let transactionId = '';

  beforeAll(async () => {
    api = await startApi({ clock: () => NOW });
    for (const role of ['treasurer', 'admin', 'engineer'] as const) {
      await api.addPerson(api.test.tenantId, `${role}@acme.example`, role);
    }
    treasurer = await api.signIn('treasurer@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await insertEntityAndRates(tx);
      const object = async (
        type: Parameters<typeof insertObject>[1]['type'],
        value: string,
        amount?: string,
        rest = {},
      ) => (ids[value] = await insertObject(tx, { type, value, ...(amount && { amount, currency: 'EUR' }), ...rest }));
      const order = await object('sales-order', 'SO-1', '1000', { legalEntity: 'DE01' });
      const billed = { legalEntity: 'DE01', counterparty: 'Acme' };
      // paid less a discount: nothing is left
      const paid = await object('invoice', 'I-1', '400', { ...billed, attributes: { dueDate: '2026-09-20' } });
      const payment = await object('payment', 'P-1', '388');
      // due, and nothing came
      const open = await object('invoice', 'I-2', '250', { ...billed, attributes: { dueDate: '2026-10-10' } });
      const entry = await object('bank-entry', 'B-1', '388');
      const position = await object('cash-position', 'H-1', '7000');
      const forecast = await object('cash-forecast', 'F-1');
      const report = await object('report', 'R-1');
      await insertLink(tx, order, paid, 'bills', { amount: '400' });
      await insertLink(tx, order, open, 'bills', { amount: '260' });
      await insertLink(tx, paid, payment, 'settles', { amount: '388', at: '2026-09-24T10:00:00Z' });
      await insertLink(tx, paid, payment, 'discounts', { amount: '12', at: '2026-09-24T10:00:00Z' });
      await insertLink(tx, payment, entry, 'books');
      await insertLink(tx, entry, position, 'gathers');
      await insertLink(tx, order, forecast, 'projects');
      await insertLink(tx, open, forecast, 'projects');
      await insertLink(tx, forecast, report, 'reports');
      for (let number = 2; number <= 5; number += 1) {
        await insertLink(tx, await object('bank-entry', `B-${number}`, String(number)), position, 'gathers');
      }
      transactionId = await insertTransaction(tx, {
        objectIds: [order, paid, open, payment, entry],
        hubIds: [position, forecast],
        legalEntity: 'DE01',
      });
      // four invoices that Acme paid 3, 4, 4 and 5 days after they were due
      for (const [index, day] of ['13', '14', '14', '15'].entries()) {
        const due = { attributes: { dueDate: '2026-08-10' }, counterparty: 'Acme' };
        const old = await object('invoice', `OLD-${index}`, '10', due);
        const settled = await object('payment', `OLDP-${index}`, '10');
        await insertLink(tx, old, settled, 'settles', { amount: '10', at: `2026-08-${day}T10:00:00Z` });
        await insertTransaction(tx, { objectIds: [old, settled], progress: 'completed' });
      }
    });
  });
  afterAll(() => api.close());

  const SIDES = `balances { currency amount { amount } unexplained { amount currency } isBreak
    sides { side standing residual { amount currency } isBreak explained { kind amount { amount } } } }`;
  const sidesOf = async (key: string) => {
    const { businessObject } = await treasurer.ask<{
      businessObject: { money: { balances: { sides: Side[] }[]; inflows: unknown[]; outflows: unknown[] } };
    }>(
      `query ($id: ID!) { businessObject(id: $id) { money { ${SIDES}
        inflows { object { key } qualifier amount { amount } }
        outflows { object { key } qualifier amount { amount } explained { kind } } } } }`,
      { id: ids[key] },
    );
    return businessObject.money;
  };

  it('shows what flows in and out of an object, with its explanations', async () => {
    const money = await sidesOf('I-1');
    expect(money.balances[0]!.sides.map(({ side, standing }) => [side, standing])).toEqual([
      ['in', 'balanced'],
      ['out', 'balanced'],
    ]);
    expect(money.inflows).toEqual([{ object: { key: 'SO-1' }, qualifier: 'bills', amount: { amount: '400.00' } }]);
    expect(money.outflows).toEqual([
      {
        object: { key: 'P-1' },
        qualifier: 'settles',
        amount: { amount: '388.00' },
        explained: [{ kind: 'cash-discount' }],
      },
    ]);
  });

  it('locates a break at its object, and tells it of the transaction', async () => {
    // 260.00 of the order were billed, the invoice asks for 250.00
    expect((await sidesOf('I-2')).balances[0]!.sides[0]).toMatchObject({
      side: 'in',
      standing: 'overdrawn',
      residual: { amount: '-10.00', currency: 'EUR' },
      isBreak: true,
    });
    const { transaction } = await treasurer.ask<{
      transaction: { money: { breaks: number; unexplained: Money[]; objects: { object: { key: string } }[] } };
    }>(
      `query ($id: ID!) { transaction(id: $id) { money { breaks unexplained { amount currency } isTruncated
        objects { object { key } balance { isBreak } } } } }`,
      { id: transactionId },
    );
    expect(transaction.money).toMatchObject({ breaks: 1, unexplained: [{ amount: '10.00', currency: 'EUR' }] });
    expect(transaction.money.objects.map(({ object }) => object.key)).toEqual(['I-2', 'SO-1', 'I-1', 'P-1', 'B-1']);
  });

  it('converts at the last rate at or before a day, and says which; without one it says so', async () => {
    const { businessObject } = await treasurer.ask<{ businessObject: Record<string, unknown> }>(
      `query ($id: ID!) { businessObject(id: $id) {
        usd: amountIn(currency: "USD") { amount { amount currency } rateType rateDate rate source missing }
        jpy: amountIn(currency: "JPY") { amount { amount } rateDate missing }
        monthEnd: amountIn(currency: "USD", rateType: "group-month-end", on: "2026-10-31") { amount { amount } rateDate }
        eur: amountIn(currency: "EUR") { amount { amount } rate } } }`,
      { id: ids['SO-1'] },
    );
    expect(businessObject).toEqual({
      usd: {
        amount: { amount: '1150.00', currency: 'USD' },
        rateType: 'ecb-reference',
        rateDate: '2026-09-30',
        rate: '1.15',
        source: 'ECB',
        missing: null,
      },
      jpy: {
        amount: null,
        rateDate: null,
        missing: 'There is no ecb-reference rate of EUR or JPY at or before 2026-10-01',
      },
      monthEnd: { amount: { amount: '1200.00' }, rateDate: '2026-10-31' },
      eur: { amount: { amount: '1000.00' }, rate: null },
    });
    const refused = await treasurer.send(
      'query ($id: ID!) { businessObject(id: $id) { amountIn(currency: "euro") { rate } } }',
      { id: ids['SO-1'] },
    );
    expect(refused.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('tells what a position is made of, page by page', async () => {
    const page = async (after: string | null) =>
      (
        await treasurer.ask<{
          businessObject: {
            madeOf: {
              totalCount: number;
              pageInfo: { hasNextPage: boolean; endCursor: string };
              edges: { node: { object: { key: string }; amount: { amount: string } } }[];
            };
          };
        }>(
          `query ($id: ID!, $after: String) { businessObject(id: $id) { madeOf(first: 3, after: $after) {
            totalCount pageInfo { hasNextPage endCursor } edges { node { object { key } qualifier amount { amount } } } } } }`,
          { id: ids['H-1'], after },
        )
      ).businessObject.madeOf;
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([first.totalCount, first.edges.length, second.edges.length, second.pageInfo.hasNextPage]).toEqual([
      5,
      3,
      2,
      false,
    ]);
    expect([...first.edges, ...second.edges].map(({ node }) => node.object.key).sort()).toEqual([
      'B-1',
      'B-2',
      'B-3',
      'B-4',
      'B-5',
    ]);
  });

  const IMPACT = `query ($objectId: ID, $exceptionId: ID) { impact(objectId: $objectId, exceptionId: $exceptionId) {
    object { key } isTruncated affected { kind object { key } inflow { amount currency } outflow { amount } documents isComplete } } }`;
  const EXPECTED_OF_ORDER = [
    // 340.00 of the order are not billed, 250.00 of the invoice not paid
    { kind: 'cash-forecast', key: 'F-1', inflow: '590.00', documents: 2 },
    { kind: 'receivable', key: 'I-2', inflow: '250.00', documents: 1 },
    { kind: 'report', key: 'R-1', inflow: '590.00', documents: 2 },
  ];
  const impactOf = async (variables: Record<string, unknown>) => {
    const { impact } = await treasurer.ask<{
      impact: {
        affected: {
          kind: string;
          object: { key: string };
          inflow: Money[];
          outflow: Money[];
          documents: number;
        }[];
      } | null;
    }>(IMPACT, variables);
    return impact?.affected.map(({ kind, object, inflow, outflow, documents }) => ({
      kind,
      key: object.key,
      inflow: inflow.map(({ amount }) => amount).join(),
      documents,
      ...(outflow.length > 0 && { outflow }),
    }));
  };

  it('tells what a stuck order affects: plans and receivables, no cash position', async () => {
    expect(await impactOf({ objectId: ids['SO-1'] })).toEqual(EXPECTED_OF_ORDER);
  });

  it('tells the same of the exception on it', async () => {
    await api.test.database.withTenant(api.test.tenantId, (tx) => insertException(tx, ids['SO-1']!, '1'));
    expect(await impactOf({ exceptionId: exceptionId('1') })).toEqual(EXPECTED_OF_ORDER);
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      insertException(tx, testObjectId('signal', 'S'), '2'),
    );
    expect(await impactOf({ exceptionId: exceptionId('2') })).toBeUndefined();
  });

  it('converts the money at risk of an exception', async () => {
    const { exception } = await treasurer.ask<{ exception: Record<string, unknown> }>(
      'query ($id: ID!) { exception(id: $id) { moneyAtRiskIn(currency: "USD") { amount { amount } rateType rateDate } } }',
      { id: exceptionId('1') },
    );
    // 340.00 × 1.15
    expect(exception['moneyAtRiskIn']).toEqual({
      amount: { amount: '391.00' },
      rateType: 'ecb-reference',
      rateDate: '2026-09-30',
    });
  });

  it.each([
    ['neither', {}, 'INVALID_INPUT'],
    ['both', { objectId: exceptionId('1'), exceptionId: exceptionId('1') }, 'INVALID_INPUT'],
    ['no such object', { objectId: exceptionId('9') }, 'NOT_FOUND'],
    ['no such exception', { exceptionId: exceptionId('9') }, 'NOT_FOUND'],
  ])('an impact of %s is refused', async (_name, variables, code) => {
    expect((await treasurer.send(IMPACT, variables)).errors?.[0]?.extensions.code).toBe(code);
  });

  const RECEIVABLES = `query ($entity: String) { receivables(legalEntity: $entity, convertTo: "USD") { asOf isTruncated unknownInvoices
    totals { open { amount currency } low { amount } converted { amount { amount } rateDate } }
    lines { legalEntity region currency expectedOn open { amount } medium { amount } low { amount } invoices
      flags { flag invoices } largest { object { key } dueOn usualDelayDays paymentsSeen openExceptions flags } } } }`;

  it('projects what customers owe, by the day on which they usually pay', async () => {
    const { receivables } = await treasurer.ask<{ receivables: Record<string, unknown> }>(RECEIVABLES);
    expect(receivables).toEqual({
      asOf: '2026-10-01',
      isTruncated: false,
      unknownInvoices: 0,
      totals: [
        {
          open: { amount: '250.00', currency: 'EUR' },
          low: { amount: '250.00' },
          converted: { amount: { amount: '287.50' }, rateDate: '2026-09-30' },
        },
      ],
      lines: [
        {
          legalEntity: 'DE01',
          region: 'DE',
          currency: 'EUR',
          // due on the 10th, and Acme pays 4 days later
          expectedOn: '2026-10-14',
          open: { amount: '250.00' },
          medium: { amount: '0.00' },
          low: { amount: '250.00' },
          invoices: 1,
          // the order that it bills has an open exception
          flags: [{ flag: 'open-exception', invoices: 1 }],
          largest: [
            {
              object: { key: 'I-2' },
              dueOn: '2026-10-10',
              usualDelayDays: 4,
              paymentsSeen: 4,
              openExceptions: 1,
              flags: ['open-exception'],
            },
          ],
        },
      ],
    });
    expect(
      (await treasurer.ask<{ receivables: { lines: unknown[] } }>(RECEIVABLES, { entity: 'US01' })).receivables.lines,
    ).toEqual([]);
  });

  it.each([
    ['impact', () => IMPACT],
    ['receivables', () => RECEIVABLES],
  ])('%s is for those who may read transactions', async (_name, query) => {
    const admin = await api.signIn('admin@acme.example');
    const variables = { objectId: ids['SO-1'] };
    expect((await admin.send(query(), variables)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await api.anonymous.send(query(), variables)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

function exceptionId(number: string): string {
  return `00000000-0000-4000-8000-00000000000${number}`;
}

async function insertEntityAndRates(tx: Tx): Promise<void> {
  await tx.query(
    `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
     values ($1, 'DE01', 'Acme DE', 'DE', 'EUR', 'TARGET', 'Europe/Berlin')`,
    [tx.tenantId],
  );
  await tx.query(
    `insert into exchange_rate (tenant_id, rate_type, currency, rate_on, base, rate, source, imported_at)
     values ($1, 'ecb-reference', 'USD', '2026-09-30', 'EUR', 1.15, 'ECB', now()),
            ($1, 'ecb-reference', 'USD', '2026-10-02', 'EUR', 9, 'ECB', now()),
            ($1, 'group-month-end', 'USD', '2026-10-31', 'EUR', 1.2, 'Group', now())`,
    [tx.tenantId],
  );
}

async function insertException(tx: Tx, objectId: string, number: string): Promise<void> {
  await tx.query(
    `insert into exception_group (tenant_id, group_id, fingerprint, taxonomy, hop, title)
     values ($1, $2, $3, 'platform.time-out', 'hop', 'Time-out')`,
    [tx.tenantId, exceptionId(number), number],
  );
  await tx.query(
    `insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, object_type, object_key, hop,
       signature, taxonomy, title, message, integration, state, occurrences, opened_at, last_occurred_at, updated_at,
       amount, currency)
     values ($1, $2, $2, $3, $3, 'sales-order', 'SO-1', 'hop', 's', 'platform.time-out', 'Time-out', '', '', 'OPEN', 1, now(),
       now(), now(), 340, 'EUR')`,
    [tx.tenantId, exceptionId(number), objectId],
  );
}
