import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { at, storyObject, tell } from '../../testing/story-facts.js';
import { createExceptionsConsumer, findExceptions } from '../exceptions/index.js';
import { AS_IS, choosePayloads } from './corrections/choose-payloads.js';
import { lookAtPayloads } from './corrections/look-at-payloads.js';

const order = storyObject('sales-order', 'O-1');

let api: ApiHarness;
let engineer: Client;

// one order fails at one step in two ways of one kind, the second of them later and with an order to pay
beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  await api.addPerson(tenantId, 'engineer@test.example', 'engineer');
  engineer = await api.signIn('engineer@test.example');
  await tell(database, tenantId, async (facts) => {
    await facts.object(order);
    for (const [sellingUnit, minute, payloadJson] of [
      ['DE01-BREMEN', 1, '{"unit":"DE01-BREMEN"}'],
      ['DE01-KIEL', 5, '{"unit":"DE01-KIEL","PmtInf":[]}'],
    ] as const) {
      await facts.problem(order, { first: minute, sellingUnit });
      const failed = { outcome: 'failure', minute, payloadJson, sellingUnit } as const;
      const activityId = await facts.activity(order, { ...failed, field: `/${sellingUnit}` });
      await facts.lastActivity(order, activityId, sellingUnit);
    }
  });
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: [order.objectId], transactionIds: [] },
    }),
  );
});

afterAll(async () => {
  await api.close();
});

type Shown = { id: string; failure: { failedField: string; payload: { unit: string } } };

async function listed(): Promise<Shown[]> {
  const answer = await engineer.ask<{ exceptions: { edges: { node: Shown }[] } }>(
    `query { exceptions(orderBy: OPENED_ASC) { edges { node { id failure { failedField payload } } } } }`,
  );
  return answer.exceptions.edges.map(({ node }) => node);
}

describe('two problems of one document', () => {
  it('show what failed with each, and its own field', async () => {
    expect((await listed()).map(({ failure }) => [failure.failedField, failure.payload.unit])).toEqual([
      ['/DE01-BREMEN', 'DE01-BREMEN'],
      ['/DE01-KIEL', 'DE01-KIEL'],
    ]);
  });

  it('send what failed with each', async () => {
    const ids = (await listed()).map(({ id }) => id);
    const sent = await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const exceptions = (await findExceptions(tx, ids)).flatMap((one) => one ?? []);
      const { payloads } = await choosePayloads(tx, exceptions, AS_IS);
      return ids.map((id) => JSON.parse(payloads.get(id)?.payloadJson ?? 'null') as unknown);
    });
    expect(sent).toMatchObject([{ unit: 'DE01-BREMEN' }, { unit: 'DE01-KIEL' }]);
  });

  it('are looked at by the same payload before many are sent', async () => {
    const asked = (await listed()).map(({ id }) => ({ exceptionId: id, integration: '', objectType: 'invoice' }));
    const { orders } = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      lookAtPayloads(tx, asked, 'as-is'),
    );
    expect([...orders.keys()]).toEqual([asked[1]!.exceptionId]);
  });
});
