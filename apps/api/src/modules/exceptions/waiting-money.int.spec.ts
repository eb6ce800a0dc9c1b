import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { at, storyObject, tell, type StoryObject } from '../../testing/story-facts.js';
import { createExceptionsConsumer } from './exceptions.events.js';

const customer = storyObject('customer', 'ACC-1');
const order = storyObject('sales-order', 'O-1');
const invoice = storyObject('invoice', 'I-1');
const paid = storyObject('invoice', 'I-2');
const payment = storyObject('payment', 'P-1');

let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase();
  await tell(db.database, db.tenantId, async (facts) => {
    await facts.object(customer, null);
    await facts.problem(customer);
  });
});

afterEach(async () => {
  await db.close();
});

async function heard(object: StoryObject): Promise<unknown[]> {
  return db.database.withTenant(db.tenantId, async (tx) => {
    await createExceptionsConsumer({ clock: () => at(30) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: [object.objectId], transactionIds: [] },
    });
    const rows = await tx.query<{ amount: string; currency: string; direction: string | null; state: string }>(
      `select amount::text as amount, currency, direction, state from exception where tenant_id = $1`,
      [tx.tenantId],
    );
    return rows.map(({ amount, currency, direction, state }) => [amount, currency, direction, state]);
  });
}

describe('money at risk of what documents wait for', () => {
  it('is none where none waits', async () => {
    expect(await heard(customer)).toEqual([['0.00', 'EUR', null, 'OPEN']]);
  });

  it('is what is open of them, follows them, and stays what it was once the problem is overcome', async () => {
    await heard(customer);
    // 100 ordered and 40 of it billed: 60 are open on the order and 40 on the invoice; the other invoice is of 15
    await tell(db.database, db.tenantId, async (facts) => {
      for (const [document, amount] of [
        [order, '100.00'],
        [invoice, '40.00'],
        [paid, '15.00'],
      ] as const) {
        await facts.object(document, amount);
        await facts.link(customer, document, 'sold-to', null, 2, true);
        await facts.transaction([document]);
      }
      await facts.link(order, invoice, 'bills', '40.00', 3);
    });
    expect(await heard(order)).toEqual([['115.00', 'EUR', 'inflow', 'OPEN']]);
    await tell(db.database, db.tenantId, async (facts) => {
      await facts.object(payment, '15.00');
      await facts.link(paid, payment, 'settles', '15.00', 4);
    });
    expect(await heard(paid)).toEqual([['100.00', 'EUR', 'inflow', 'OPEN']]);
    await tell(db.database, db.tenantId, async (facts) => {
      await facts.problem(customer, { clearedAt: 20 });
      await facts.link(invoice, payment, 'settles', '40.00', 21);
    });
    expect(await heard(invoice)).toEqual([['100.00', 'EUR', 'inflow', 'RESOLVED']]);
  });
});
