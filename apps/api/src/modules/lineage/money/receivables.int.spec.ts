import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { readReceivables } from './read-receivables.js';
import type { ReceivableLimits } from './receivables.repository.js';
import { insertActivity, insertLink, insertObject, insertTransaction } from '../../../testing/projection-rows.js';

type Case = {
  name: string;
  key: string;
  paid: string | null;
  progress?: 'running' | 'completed' | 'cancelled';
  also?: (tx: Tx, ids: { invoice: string; payment: string }) => Promise<void>;
  open: string | null;
};

const happens = async (tx: Tx, type: string, day: number, ...objectIds: string[]): Promise<void> => {
  await insertActivity(tx, { type, occurredAt: `2026-09-${String(day).padStart(2, '0')}T10:00:00Z`, objectIds });
};

/** Each an invoice of 300.00 EUR of its own contract, due on 20 September. */
const CASES: readonly Case[] = [
  { name: 'nothing came, and the transaction runs', key: 'RUN', paid: null, progress: 'running', open: '300.00' },
  { name: 'paid whole', key: 'PAID', paid: '300', open: null },
  { name: 'paid 12.50 too little, which completes the transaction', key: 'SHORT', paid: '287.50', open: '12.50' },
  {
    name: 'the rest was credited',
    key: 'CREDITED',
    paid: '287.50',
    also: async (tx, { invoice }) => {
      const memo = await insertObject(tx, { type: 'credit-memo', value: 'CM', amount: '12.50', currency: 'EUR' });
      await insertLink(tx, invoice, memo, 'credits', { amount: '12.50' });
    },
    open: null,
  },
  {
    name: 'a part of the rest was credited',
    key: 'PART',
    paid: '287.50',
    also: async (tx, { invoice }) => {
      const memo = await insertObject(tx, { type: 'credit-memo', value: 'CP', amount: '2.50', currency: 'EUR' });
      await insertLink(tx, invoice, memo, 'credits', { amount: '2.50' });
    },
    open: '10.00',
  },
  {
    name: 'the rest was written off without a word of how much',
    key: 'WRITTEN-OFF',
    paid: '287.50',
    also: (tx, { invoice }) => happens(tx, 'invoice.written-off', 12, invoice),
    open: null,
  },
  {
    name: 'called paid, and then the payment came back',
    key: 'BACK',
    paid: '300',
    progress: 'running',
    also: async (tx, { invoice, payment }) => {
      await happens(tx, 'invoice.paid', 12, invoice);
      const back = await insertObject(tx, { type: 'return', value: 'BACK', amount: '300', currency: 'EUR' });
      await insertLink(tx, payment, back, 'returns', { amount: '300', at: '2026-09-14T10:00:00Z' });
    },
    open: '300.00',
  },
  {
    name: 'dunned in a workflow that was cancelled, while its own transaction runs',
    key: 'DUNNED',
    paid: null,
    progress: 'running',
    also: async (tx, { invoice }) => {
      await insertTransaction(tx, { objectIds: [invoice], progress: 'cancelled' });
    },
    open: '300.00',
  },
  { name: 'of a cancelled contract', key: 'CANCELLED', paid: '287.50', progress: 'cancelled', open: null },
  {
    name: 'cancelled itself, while its transaction runs',
    key: 'VOID',
    paid: null,
    progress: 'running',
    also: (tx, { invoice }) => happens(tx, 'invoice.cancelled', 12, invoice),
    open: null,
  },
  {
    name: 'cancelled and posted again',
    key: 'AGAIN',
    paid: null,
    progress: 'running',
    also: async (tx, { invoice }) => {
      await happens(tx, 'invoice.cancelled', 12, invoice);
      await happens(tx, 'invoice.posted', 13, invoice);
    },
    open: '300.00',
  },
  {
    name: 'complete, and how much the payment is for it nobody says',
    key: 'UNKNOWN',
    paid: null,
    also: async (tx, { invoice }) => {
      const payment = await insertObject(tx, { type: 'payment', value: 'UNKNOWN', amount: '250', currency: 'EUR' });
      const other = await insertObject(tx, { type: 'invoice', value: 'OTHER', amount: '250', currency: 'EUR' });
      await insertLink(tx, invoice, payment, 'settles');
      await insertLink(tx, other, payment, 'settles');
    },
    open: null,
  },
];

describe('what customers owe when transactions are complete', () => {
  let api: ApiHarness;
  let treasurer: Client;
  const open = new Map<string, string>();

  beforeAll(async () => {
    api = await startApi({ clock: () => new Date('2026-10-01T08:00:00Z') });
    await api.addPerson(api.test.tenantId, 'treasurer@acme.example', 'treasurer');
    treasurer = await api.signIn('treasurer@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const one of CASES) await insertCase(tx, one);
    });
    const { receivables } = await treasurer.ask<{
      receivables: {
        unknownInvoices: number;
        lines: { largest: { object: { key: string }; open: { amount: string } }[] }[];
      };
    }>('{ receivables { unknownInvoices lines { largest { object { key } open { amount } } } } }');
    for (const { object, open: rest } of receivables.lines.flatMap(({ largest }) => largest))
      open.set(object.key, rest.amount);
    expect(receivables.unknownInvoices).toBe(0);
  });
  afterAll(() => api.close());

  it.each(CASES)('$name: $open', ({ key, open: expected }) => {
    expect(open.get(key) ?? null).toBe(expected);
  });
});

describe('what is not looked at', () => {
  it('is said, and invoices of no transaction are looked at', async () => {
    const api = await startApi({ clock: () => new Date('2026-10-01T08:00:00Z') });
    const read = (limits?: ReceivableLimits) =>
      api.test.database.withTenant(api.test.tenantId, async (tx) => {
        const { lines, isTruncated } = await readReceivables(
          tx,
          { legalEntity: null, currency: null },
          '2026-10-01',
          limits,
        );
        return {
          keys: lines.flatMap(({ receipts }) => receipts.map(({ invoice }) => invoice.key)).sort(),
          isTruncated,
        };
      });
    try {
      await api.test.database.withTenant(api.test.tenantId, async (tx) => {
        const invoice = (value: string) => {
          const due = { dueDate: '2026-09-20' };
          return insertObject(tx, { type: 'invoice', value, amount: '10', currency: 'EUR', attributes: due });
        };
        for (const value of ['IN-1', 'IN-2']) await insertTransaction(tx, { objectIds: [await invoice(value)] });
        await invoice('ASTRAY');
        const payment = await insertObject(tx, { type: 'payment', value: 'P', amount: '10', currency: 'EUR' });
        await insertLink(tx, await invoice('ASTRAY-PAID'), payment, 'settles', { amount: '10' });
      });
      const limits = { transactions: 2, history: 2, due: 4 };
      const all = { keys: ['ASTRAY', 'IN-1', 'IN-2'], isTruncated: false };
      expect(await read()).toEqual(all);
      expect(await read(limits)).toEqual(all);
      expect(await read({ ...limits, transactions: 1 })).toMatchObject({ isTruncated: true });
      expect(await read({ ...limits, due: 3 })).toMatchObject({ isTruncated: true });
    } finally {
      await api.close();
    }
  });
});

async function insertCase(tx: Tx, { key, paid, progress = 'completed', also }: Case): Promise<void> {
  const contract = await insertObject(tx, { type: 'contract', value: `C-${key}` });
  const due = { dueDate: '2026-09-20' };
  const invoice = await insertObject(tx, {
    type: 'invoice',
    value: key,
    amount: '300',
    currency: 'EUR',
    attributes: due,
  });
  const payment = await insertObject(tx, {
    type: 'payment',
    value: `P-${key}`,
    ...(paid !== null && { amount: paid, currency: 'EUR' }),
  });
  if (paid !== null) await insertLink(tx, invoice, payment, 'settles', { amount: paid, at: '2026-09-10T10:00:00Z' });
  await insertTransaction(tx, { objectIds: [contract, invoice, payment], progress });
  await also?.(tx, { invoice, payment });
}
