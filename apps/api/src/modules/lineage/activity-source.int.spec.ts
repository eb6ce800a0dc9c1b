import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertActivity, insertObject, insertTransaction } from '../../testing/projection-rows.js';

type Entry = { type: string; signalId: string | null; spanId: string | null };

describe('what activities were made of', () => {
  let api: ApiHarness;
  let analyst: Client;
  let orderId = '';
  let messageId = '';

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    analyst = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      orderId = await insertObject(tx, { type: 'sales-order', value: 'SO-1' });
      await insertTransaction(tx, { objectIds: [orderId] });
      const said = { objectIds: [orderId], traceId: 'ab'.repeat(16) };
      messageId = await insertActivity(tx, { ...said, type: 'order.created', occurredAt: '2026-09-01T10:00:00Z' });
      await insertActivity(tx, { ...said, type: 'order.sent', occurredAt: '2026-09-01T10:01:00Z' });
      await tx.query(`update activity set signal_kind = 'cloud-event' where tenant_id = $1 and activity_id = $2`, [
        tx.tenantId,
        messageId,
      ]);
      await tx.query(`update activity set span_id = '\\xcdcdcdcdcdcdcdcd' where tenant_id = $1 and activity_id <> $2`, [
        tx.tenantId,
        messageId,
      ]);
    });
  });
  afterAll(() => api.close());

  const ask = async () =>
    (
      await analyst.ask<{
        businessObject: {
          activities: { edges: { node: Entry }[] };
          transactions: { activityCount: number; activities: Entry[] }[];
        };
      }>(
        `query ($id: ID!) { businessObject(id: $id) {
           activities { edges { node { type signalId spanId } } }
           transactions { activityCount activities { type signalId spanId } } } }`,
        { id: orderId },
      )
    ).businessObject;

  it('is a message, or for a span the step of its trace', async () => {
    const { activities, transactions } = await ask();
    const expected = [
      { type: 'order.created', signalId: messageId, spanId: null },
      { type: 'order.sent', signalId: null, spanId: 'cd'.repeat(8) },
    ];
    expect(transactions[0]?.activities).toEqual(expected);
    expect(activities.edges.map(({ node }) => node)).toEqual(expected.toReversed());
  });

  it('is told of the latest 500 of a busy transaction, with how many there are', async () => {
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (let minute = 0; minute < 500; minute += 1) {
        const occurredAt = new Date(Date.UTC(2026, 8, 2, 10, minute)).toISOString();
        await insertActivity(tx, { type: 'order.changed', occurredAt, objectIds: [orderId] });
      }
    });
    const [transaction] = (await ask()).transactions;
    expect(transaction?.activityCount).toBe(502);
    expect(new Set(transaction?.activities.map(({ type }) => type))).toEqual(new Set(['order.changed']));
    expect(transaction?.activities).toHaveLength(500);
  });
});
