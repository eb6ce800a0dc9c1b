import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insertLink, insertObject, insertTransaction } from '../../testing/projection-rows.js';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';

type Edge = { to: string; isEstablished: boolean };

describe('a link that only attempts that failed state', () => {
  let api: ApiHarness;
  let analyst: Client;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    analyst = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const [type, value] of [
        ['invoice', 'I'],
        ['payment', 'P'],
        ['payment', 'Q'],
        ['approval', 'A'],
      ] as const)
        ids[value] = await insertObject(tx, { type, value });
      await insertLink(tx, ids['I']!, ids['P']!, 'settles', { isEstablished: false });
      await insertLink(tx, ids['I']!, ids['Q']!, 'settles');
      await insertLink(tx, ids['I']!, ids['A']!, 'approved-by', { isContext: true, isEstablished: false });
      ids['T'] = await insertTransaction(tx, { objectIds: [ids['I']!, ids['P']!, ids['Q']!] });
    });
  });
  afterAll(() => api.close());

  it('is marked in the lineage, at the object and in the transaction', async () => {
    const answer = await analyst.ask<{
      lineage: { edges: Edge[] };
      businessObject: { links: { edges: { node: { object: { id: string }; isEstablished: boolean } }[] } };
      transaction: { links: Edge[]; context: { edges: Edge[] } };
    }>(
      `query ($id: ID!, $transaction: ID!) {
         lineage(objectId: $id, direction: DOWNSTREAM) { edges { to isEstablished } }
         businessObject(id: $id) { links(direction: DOWNSTREAM) { edges { node { object { id } isEstablished } } } }
         transaction(id: $transaction) { links { to isEstablished } context { edges { to isEstablished } } } }`,
      { id: ids['I'], transaction: ids['T'] },
    );
    const marked = (edges: readonly Edge[]) => Object.fromEntries(edges.map((one) => [one.to, one.isEstablished]));
    const flow = { [ids['P']!]: false, [ids['Q']!]: true };
    const context = { [ids['A']!]: false };
    const atObject = answer.businessObject.links.edges.map(({ node }) => ({ ...node, to: node.object.id }));
    expect(marked(answer.lineage.edges)).toEqual(flow);
    expect(marked(answer.transaction.links)).toEqual(flow);
    expect(marked(answer.transaction.context.edges)).toEqual(context);
    expect(marked(atObject)).toEqual({ ...flow, ...context });
  });
});
