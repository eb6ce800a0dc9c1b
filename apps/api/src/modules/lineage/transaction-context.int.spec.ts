import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertActivity, insertLink, insertObject, insertTransaction } from '../../testing/projection-rows.js';

let api: ApiHarness;
let analyst: Client;
let invoiceId = '';

beforeAll(async () => {
  api = await startApi();
  await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
  analyst = await api.signIn('ana@acme.example');
  await api.test.database.withTenant(api.test.tenantId, async (tx) => {
    const object = (type: Parameters<typeof insertObject>[1]['type'], value: string) =>
      insertObject(tx, { type, value });
    const [invoice, other] = [await object('invoice', 'I-1'), await object('invoice', 'I-2')];
    const [payment, batch] = [await object('payment', 'P-1'), await object('payment-batch', 'B-1')];
    const [approval, customer, person] = [
      await object('approval', 'A-1'),
      await object('customer', 'ACME'),
      await object('person', 'PETRA'),
    ];
    await insertLink(tx, invoice, payment, 'settles');
    await insertLink(tx, other, payment, 'settles');
    await insertLink(tx, payment, batch, 'batches');
    const attach = (from: string, to: string, qualifier: string, day: number) =>
      insertLink(tx, from, to, qualifier, { isContext: true, at: `2026-09-0${day}T10:00:00Z` });
    await attach(customer, invoice, 'billed-to', 1);
    await attach(approval, payment, 'approved-by', 2);
    const approvedBy = await insertActivity(tx, {
      type: 'payment.approved',
      occurredAt: '2026-09-02T10:00:00Z',
      objectIds: [approval, payment],
    });
    const stated = { from: 0, to: 1, qualifier: 'approved-by', validTo: '2026-12-31' };
    await tx.query('update activity set links = $3 where tenant_id = $1 and activity_id = $2', [
      tx.tenantId,
      approvedBy,
      JSON.stringify([stated]),
    ]);
    await tx.query(`update object_link set asserted_by = $2 where tenant_id = $1 and qualifier = 'approved-by'`, [
      tx.tenantId,
      approvedBy,
    ]);
    // one step: who asked for the approval is not shown
    await attach(person, approval, 'requested-by', 3);
    await insertTransaction(tx, { objectIds: [invoice, payment], hubIds: [batch] });
    await insertTransaction(tx, { objectIds: [other, payment], hubIds: [batch] });
    invoiceId = invoice;
  });
});
afterAll(() => api.close());

type Answer = {
  businessObject: {
    transactions: {
      context: {
        isTruncated: boolean;
        nodes: { key: string }[];
        edges: {
          qualifier: string;
          isContext: boolean;
          validTo: string | null;
          assertedBy: { system: string } | null;
        }[];
      };
      objects: { key: string; furtherUpstream: number | null }[];
    }[];
  };
};

it('shows what is attached to the members of a transaction, one step, and how many links lead in from outside', async () => {
  const { businessObject } = await analyst.ask<Answer>(
    `query ($id: ID!) { businessObject(id: $id) { transactions {
       context { isTruncated nodes { key } edges { qualifier isContext validTo assertedBy { system } } }
       objects { key furtherUpstream } } } }`,
    { id: invoiceId },
  );
  expect(businessObject.transactions).toEqual([
    {
      context: {
        isTruncated: false,
        nodes: [{ key: 'ACME' }, { key: 'A-1' }],
        edges: [
          { qualifier: 'billed-to', isContext: true, validTo: null, assertedBy: null },
          { qualifier: 'approved-by', isContext: true, validTo: '2026-12-31', assertedBy: { system: 'test' } },
        ],
      },
      objects: [
        { key: 'I-1', furtherUpstream: 0 },
        // the other invoice belongs to another transaction
        { key: 'P-1', furtherUpstream: 1 },
        { key: 'B-1', furtherUpstream: null },
      ],
    },
  ]);
});
