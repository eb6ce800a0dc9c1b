import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../testing/projection-rows.js';

import { selectionStatement } from './inbox.repository.js';
import { readSelection } from './read-selection.js';

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

  describe('or by the number of a ticket', () => {
    const TICKET = { system: 'Service desk', number: 'INC-Ärger-0042' };

    beforeAll(async () => {
      const { exceptions } = await client.ask<{
        exceptions: { edges: { node: { id: string; hop: string } }[] };
      }>('{ exceptions { edges { node { id hop } } } }');
      const nodes = exceptions.edges.map(({ node }) => node);
      const ofHop = (hop: string) => nodes.find((node) => node.hop === hop)!;
      await client.ask(
        `mutation ($ids: [ID!]!, $ticket: ExternalTicketInput) { setExceptionTicket(ids: $ids, ticket: $ticket) { __typename } }`,
        { ids: [ofHop('order-hop').id], ticket: TICKET },
      );
      // its group has the id of the exception
      const groupId = ofHop('other-hop').id;
      await api.test.database.withTenant(api.test.tenantId, (tx) =>
        tx.query(
          `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop, created_at)
           values ($1, $2, 'f', 't', 'platform.unclassified', 'other-hop', now())`,
          [tx.tenantId, groupId],
        ),
      );
      await client.ask(
        `mutation ($id: ID!, $ticket: ExternalTicketInput) { setExceptionGroupTicket(id: $id, ticket: $ticket) { __typename } }`,
        { id: groupId, ticket: { system: 'Service desk', number: 'CHG 7' } },
      );
    });

    it.each<[string, string[]]>([
      ['INC-Ärger-0042', ['order-hop']],
      ['inc-ärger-0042', ['order-hop']],
      [' INC-ÄRGER-0042 ', ['order-hop']],
      // the whole number: neither a part nor another spelling
      ['INC-Ärger-004', []],
      ['INC-Ärger-42', []],
      ['INCÄrger0042', []],
      // shown on all of the group
      ['chg 7', ['other-hop']],
    ])('%s', async (text, hops) => {
      expect(await hopsOf(text)).toEqual(hops);
    });

    it('with the facets of what is found', async () => {
      const { exceptionFacets } = await client.ask<{ exceptionFacets: { total: number } }>(
        `{ exceptionFacets(filter: { text: "inc-ärger-0042", states: [OPEN] }) { total } }`,
      );
      expect(exceptionFacets.total).toBe(1);
    });

    it('through its index', async () => {
      const { database, tenantId } = api.test;
      const selection = readSelection({ text: 'INC-1' }, new Date());
      const plan = await database.withTenant(tenantId, async (tx) => {
        await tx.query('set local enable_seqscan = off');
        const { sql, parameters } = selectionStatement(tx.tenantId, selection, 'e.exception_id');
        return tx.query<Record<string, string>>(`explain ${sql}`, parameters);
      });
      const lines = plan.map((row) => Object.values(row)[0] ?? '');
      const scans = lines.flatMap((line, index) =>
        line.includes('external_ticket_number') ? [lines[index + 1] ?? ''] : [],
      );
      expect(scans).toHaveLength(2);
      for (const scan of scans) expect(scan).toMatch(/Index Cond: .*number_folded/);
    });
  });
});
