import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { insertLink, insertObject, insertTransaction } from '../../../testing/projection-rows.js';

const IBAN = 'DE89370400440532013000';

type Impact = {
  waiting: { documents: number; inflow: { amount: string }[]; isComplete: boolean; isTruncated: boolean } | null;
  affected: { kind: string; object: { key: string }; inflow: { amount: string }[]; documents: number }[];
};

describe('the impact of what is attached to documents', () => {
  let api: ApiHarness;
  let treasurer: Client;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'tea@acme.example', 'treasurer');
    treasurer = await api.signIn('tea@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const object = async (type: Parameters<typeof insertObject>[1]['type'], value: string, amount?: string) =>
        (ids[value] = await insertObject(tx, { type, value, ...(amount && { amount, currency: 'EUR' }) }));
      const customer = await object('customer', 'ACME');
      const order = await object('sales-order', 'SO-1', '1000');
      const invoice = await object('invoice', 'I-1', '400');
      const forecast = await object('cash-forecast', 'F-1');
      await insertLink(tx, order, invoice, 'bills', { amount: '400' });
      await insertLink(tx, order, forecast, 'projects');
      await insertLink(tx, customer, order, 'placed-by', { isContext: true });
      await insertTransaction(tx, { objectIds: [order, invoice], hubIds: [forecast] });

      const [account] = [await object('bank-account', IBAN), await object('bank-account', 'DE02')];
      const statement = await object('bank-statement', 'ST-1');
      const position = await object('cash-position', 'EUR/2026-09-30/booked');
      const other = await object('cash-position', 'USD/2026-09-30/booked');
      await insertLink(tx, statement, position, 'gathers');
      const scoped = (objectId: string, kind: string, scope: string) =>
        tx.query('update object_alias set kind = $3, scope = $4 where tenant_id = $1 and object_id = $2', [
          tx.tenantId,
          objectId,
          kind,
          scope,
        ]);
      await scoped(account, 'iban', '');
      await scoped(statement, 'statement-id', `${IBAN}/2026`);
      await scoped(position, 'position', IBAN);
      await scoped(other, 'position', `${IBAN}9`);
    });
  });
  afterAll(() => api.close());

  const impactOf = async (key: string) =>
    (
      await treasurer.ask<{ impact: Impact }>(
        `query ($id: ID!) { impact(objectId: $id) {
           waiting { documents inflow { amount } isComplete isTruncated }
           affected { kind object { key } inflow { amount } documents } } }`,
        { id: ids[key] },
      )
    ).impact;

  it('begins, for a customer, at the running documents that name it, and says what waits', async () => {
    expect(await impactOf('ACME')).toEqual({
      // the order alone names it: 1000.00 less 400.00 billed
      waiting: { documents: 1, inflow: [{ amount: '600.00' }], isComplete: true, isTruncated: false },
      affected: [
        { kind: 'cash-forecast', object: { key: 'F-1' }, inflow: [{ amount: '600.00' }], documents: 1 },
        { kind: 'receivable', object: { key: 'I-1' }, inflow: [{ amount: '400.00' }], documents: 1 },
      ],
    });
  });

  it('begins, for an account, at its own statements and positions', async () => {
    const { affected, waiting } = await impactOf(IBAN);
    expect(affected.map(({ kind, object }) => [kind, object.key])).toEqual([
      ['cash-position', 'EUR/2026-09-30/booked'],
    ]);
    expect(waiting).toMatchObject({ documents: 0, isComplete: true });
    expect((await impactOf('DE02')).affected).toEqual([]);
  });

  it('has nothing waiting for a document itself', async () => {
    expect((await impactOf('SO-1')).waiting).toBeNull();
  });
});
