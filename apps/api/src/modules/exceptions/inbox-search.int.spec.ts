import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../testing/projection-rows.js';

describe('the inbox is searched by a number as people type it', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const order = await insertObject(tx, {
        type: 'sales-order',
        value: 'SO-000123',
        otherValues: ['0000004711', '0'],
      });
      const other = await insertObject(tx, { type: 'sales-order', value: 'SO-000999' });
      await insertOpenException(tx, order, 'order-hop');
      await insertOpenException(tx, other, 'other-hop');
    });
  });
  afterAll(() => api.close());

  const hopsOf = async (text: string) => {
    const { exceptions } = await client.ask<{
      exceptions: { totalCount: number; edges: { node: { hop: string } }[] };
    }>('query ($text: String) { exceptions(filter: { text: $text }) { totalCount edges { node { hop } } } }', { text });
    expect(exceptions.totalCount).toBe(exceptions.edges.length);
    return exceptions.edges.map(({ node }) => node.hop).sort();
  };

  it.each<[string, string[]]>([
    ['SO-000123', ['order-hop']],
    ['so-000123', ['order-hop']],
    ['so123', ['order-hop']],
    ['SO 00123', ['order-hop']],
    ['4711', ['order-hop']],
    ['00004711', ['order-hop']],
    ['SO/000', ['order-hop', 'other-hop']],
    ['so', ['order-hop', 'other-hop']],
    ['O-000123', []],
    ['000', []],
    ['--', []],
    ['SO-124', []],
  ])('%s', async (text, hops) => {
    expect(await hopsOf(text)).toEqual(hops);
  });
});
