import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTenant } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../testing/projection-rows.js';

/** Exceptions by their hop: title and message. */
const ROWS: Record<string, [string, string, string?]> = {
  period: ['Posting failed', 'Closed period 2026-09 of company code DE01: posting is not possible'],
  account: ['Closed account', 'Account DE89370400440532013000 is closed, reference 4711 0815'],
  over: ['Posting failed', 'Closed period: posting is not possible', 'RESOLVED'],
  other: ['Überfällig: Zahlung', 'Nothing came'],
};

describe('the inbox is searched by what exceptions say', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    const fill = (tenantId: string) =>
      api.test.database.withTenant(tenantId, async (tx) => {
        for (const [name, [title, message, state = 'OPEN']] of Object.entries(ROWS)) {
          const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}` });
          const id = await insertOpenException(tx, order, name);
          await tx.query(
            'update exception set title = $3, message = $4, state = $5 where tenant_id = $1 and exception_id = $2',
            [tx.tenantId, id, title, message, state],
          );
        }
      });
    await fill(api.test.tenantId);
    const other = randomUUID();
    await createTenant(api.test.ownerUrl, other);
    await fill(other);
  });
  afterAll(() => api.close());

  it.each<[string, string[]]>([
    ['closed period', ['period']],
    ['PERIOD closed', ['period']],
    ['posting failed', ['period']],
    ['closed per', ['period']],
    ['clo period', []],
    ['closed', ['account', 'period']],
    ['überfällig', ['other']],
    ['cl', []],
    ['DE8937', []],
    ['DE89370400440532013000', []],
    ['reference 4711', []],
    ["closed' | 'nothing", []],
    ['closed & nothing', []],
    ['the posting', []],
  ])('%s', async (text, hops) => {
    for (const filter of [{ text }, { text, states: ['OPEN'], snoozed: false }]) {
      const { exceptions, exceptionFacets } = await client.ask<{
        exceptions: { totalCount: number; edges: { node: { hop: string } }[] };
        exceptionFacets: { total: number };
      }>(
        `query ($filter: ExceptionFilter) {
          exceptions(filter: $filter) { totalCount edges { node { hop } } } exceptionFacets(filter: $filter) { total } }`,
        { filter },
      );
      expect(exceptions.edges.map(({ node }) => node.hop).sort()).toEqual(hops);
      expect([exceptions.totalCount, exceptionFacets.total]).toEqual([hops.length, hops.length]);
    }
  });
});
