import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { insertLink, insertObject, insertTransaction } from '../../../testing/projection-rows.js';
import { findAttachedDocuments } from './attached-documents.repository.js';

let db: TestDatabase;
const ids: Record<string, string> = {};

beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.withTenant(db.tenantId, async (tx) => {
    const object = async (type: Parameters<typeof insertObject>[1]['type'], value: string, amount?: string) =>
      (ids[value] = await insertObject(tx, { type, value, ...(amount && { amount, currency: 'EUR' }) }));
    const customer = await object('customer', 'ACME');
    const product = await object('product', 'PUMP');
    await object('customer', 'QUIET');
    const order = await object('sales-order', 'SO-1', '1000');
    const invoice = await object('invoice', 'I-1', '400');
    const done = await object('invoice', 'I-OLD', '70');
    const loose = await object('invoice', 'I-LOOSE', '60');
    await insertLink(tx, order, invoice, 'bills', { amount: '400' });
    const attach = (from: string, to: string, day: number) =>
      insertLink(tx, from, to, 'placed-by', { isContext: true, at: `2026-09-0${day}T10:00:00Z` });
    // context stands on either side
    await attach(customer, order, 1);
    await attach(customer, invoice, 2);
    await attach(customer, done, 3);
    await attach(customer, loose, 4);
    await attach(order, product, 1);
    await insertTransaction(tx, { objectIds: [order, invoice] });
    await insertTransaction(tx, { objectIds: [done], progress: 'completed' });
  });
});

afterAll(() => db.close());

const read = (keys: string[], most: number) =>
  db.database.withTenant(db.tenantId, async (tx) => {
    const { rows, truncated } = await findAttachedDocuments(
      tx,
      keys.map((key) => ids[key]!),
      most,
    );
    const keyOf = (id: string) => Object.keys(ids).find((key) => ids[key] === id);
    return {
      rows: rows.map(({ contextId, key, open, direction }) => [keyOf(contextId), key, open?.amount, direction]).sort(),
      truncated: [...truncated].map(keyOf),
    };
  });

it('finds the open documents of running transactions that name an object as context, on either side of the link', async () => {
  expect(await read(['ACME', 'PUMP', 'QUIET'], 10)).toEqual({
    rows: [
      ['ACME', 'I-1', '400.00', 'inflow'],
      ['ACME', 'SO-1', '600.00', 'inflow'],
      ['PUMP', 'SO-1', '600.00', 'inflow'],
    ],
    truncated: [],
  });
});

it('names the latest of each object and says where there are more', async () => {
  expect(await read(['ACME', 'PUMP'], 1)).toEqual({
    rows: [
      ['ACME', 'I-1', '400.00', 'inflow'],
      ['PUMP', 'SO-1', '600.00', 'inflow'],
    ],
    truncated: ['ACME'],
  });
});

it('reads nothing for no object', async () => {
  expect(await read([], 10)).toEqual({ rows: [], truncated: [] });
});
