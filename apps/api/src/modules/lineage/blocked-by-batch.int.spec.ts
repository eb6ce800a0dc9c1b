import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertLink, insertObject, insertOpenException, insertTransaction } from '../../testing/projection-rows.js';

/** Which batch a payment went into when, and what an attempt that failed says of it. */
type Into = { batch: string; at: string; isEstablished?: boolean };

type Case = { name: string; into: Into[]; files?: Into[]; wrong: string[]; blockedBy: string[] };

const FIRST: Into = { batch: 'first', at: '2026-09-01T10:00:00Z' };
const SECOND: Into = { batch: 'second', at: '2026-09-02T10:00:00Z' };

const CASES: Case[] = [
  { name: 'in-it', into: [FIRST], wrong: ['first'], blockedBy: ['first'] },
  { name: 'moved-on', into: [FIRST, SECOND], wrong: ['first'], blockedBy: [] },
  { name: 'moved-into-it', into: [FIRST, SECOND], wrong: ['second'], blockedBy: ['second'] },
  { name: 'from-bad-to-bad', into: [FIRST, SECOND], wrong: ['first', 'second'], blockedBy: ['second'] },
  {
    name: 'an-attempt-moves-nothing',
    into: [FIRST, { ...SECOND, isEstablished: false }],
    wrong: ['first', 'second'],
    blockedBy: ['first'],
  },
  { name: 'in-its-file', into: [FIRST], files: [{ ...FIRST, batch: 'file' }], wrong: ['file'], blockedBy: ['file'] },
  {
    name: 'in-a-file-that-it-left',
    into: [FIRST],
    files: [
      { ...FIRST, batch: 'file' },
      { ...SECOND, batch: 'other' },
    ],
    wrong: ['file'],
    blockedBy: [],
  },
  {
    name: 'left-its-file',
    into: [FIRST, SECOND],
    files: [{ ...FIRST, batch: 'file' }],
    wrong: ['file'],
    blockedBy: [],
  },
];

describe('a transaction whose payment goes out in a batch', () => {
  let api: ApiHarness;
  let client: Client;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const { name, into, files = [], wrong } of CASES) {
        const batches = new Map<string, string>();
        for (const { batch } of [...into, ...files])
          batches.set(
            batch,
            batches.get(batch) ?? (await insertObject(tx, { type: 'payment-batch', value: `${name} ${batch}` })),
          );
        const idOf = (batch: string) => batches.get(batch) ?? '';
        const payment = await insertObject(tx, { type: 'payment', value: `P-${name}` });
        for (const { batch, at, isEstablished } of into)
          await insertLink(tx, payment, idOf(batch), 'batches', { at, isEstablished: isEstablished ?? true });
        for (const { batch, at } of files) await insertLink(tx, idOf('first'), idOf(batch), 'gathers', { at });
        const order = await insertObject(tx, { type: 'purchase-order', value: `O-${name}` });
        const hubIds = [...batches.values()];
        ids.set(name, await insertTransaction(tx, { workflow: 'procure-to-pay', objectIds: [order, payment], hubIds }));
        for (const batch of wrong) await insertOpenException(tx, idOf(batch), 'payment-batch-to-bank');
      }
    });
  });
  afterAll(() => api.close());

  it.each(CASES)('is blocked by what it is in now: $name', async ({ name, blockedBy }) => {
    const { transaction } = await client.ask<{
      transaction: { state: string; blockedBy: { object: { key: string } }[] };
    }>('query ($id: ID!) { transaction(id: $id) { state blockedBy { object { key } } } }', { id: ids.get(name) });
    expect({ state: transaction.state, by: transaction.blockedBy.map(({ object }) => object.key) }).toEqual({
      state: blockedBy.length > 0 ? 'BLOCKED' : 'RUNNING',
      by: blockedBy.map((batch) => `${name} ${batch}`),
    });
  });

  it('is found as such', async () => {
    const { transactions } = await client.ask<{ transactions: { edges: { node: { anchor: { key: string } } }[] } }>(
      'query { transactions(filter: { states: [BLOCKED] }) { edges { node { anchor { key } } } } }',
      {},
    );
    expect(transactions.edges.map(({ node }) => node.anchor.key).sort()).toEqual(
      CASES.flatMap(({ name, blockedBy }) => (blockedBy.length > 0 ? [`O-${name}`] : [])).sort(),
    );
  });
});
