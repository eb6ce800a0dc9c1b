import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { insertLink, insertObject } from '../../testing/projection-rows.js';
import { loadOpenAmounts } from './open-amounts.js';

type Block = { amount?: string; currency?: string };

const CASES: { name: string; file?: string; blocks: Block[]; open: string | null }[] = [
  { name: 'of no block', blocks: [], open: null },
  { name: 'of its blocks', blocks: [{ amount: '1000' }, { amount: '500.50' }], open: '1500.50 EUR' },
  { name: 'unknown where one block has none', blocks: [{ amount: '1000' }, {}], open: null },
  {
    name: 'unknown over several currencies',
    blocks: [{ amount: '1000' }, { amount: '500', currency: 'USD' }],
    open: null,
  },
  { name: 'its own where it has one', file: '700', blocks: [{ amount: '1000' }], open: '700.00 EUR' },
];

describe('the money at risk of a payment file', () => {
  let db: TestDatabase;
  const opened = new Map<string, string | null>();

  beforeAll(async () => {
    db = await createTestDatabase();
    await db.database.withTenant(db.tenantId, async (tx) => {
      const ids = new Map<string, string>();
      for (const { name, file: own, blocks } of CASES) {
        const money = own === undefined ? {} : { amount: own, currency: 'EUR' };
        const file = await insertObject(tx, { type: 'payment-batch', value: name, ...money });
        ids.set(name, file);
        for (const [index, { amount, currency = 'EUR' }] of blocks.entries()) {
          const value = `${name} ${index}`;
          const carried = amount === undefined ? {} : { amount, currency };
          await insertLink(tx, await insertObject(tx, { type: 'payment-batch', value, ...carried }), file, 'gathers');
        }
      }
      const objects = [...ids.values()].map((objectId) => ({ objectId, objectType: 'payment-batch' }));
      const openOf = await loadOpenAmounts(tx, objects);
      for (const [name, id] of ids) {
        const open = openOf(id, { asOf: null, taxonomy: 'cash-and-payment.rejected-by-bank' });
        opened.set(name, open === null ? null : `${open.amount} ${open.currency}`);
      }
    });
  });
  afterAll(() => db.close());

  it.each(CASES)('is $name: $open', ({ name, open }) => expect(opened.get(name) ?? null).toBe(open));
});
