import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import {
  insertActivity,
  insertLink,
  insertObject,
  insertTransaction,
  testObjectId,
} from '../../testing/projection-rows.js';
import { spanRecord, storeReceivedSpans } from '../../testing/stored-spans.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

type Walk = {
  lineage: {
    isTruncated: boolean;
    nodes: { key: string; depth: number; isHub: boolean }[];
    edges: { qualifier: string }[];
  };
};

async function insertSpan(
  tx: Tx,
  span: { id: string; parent?: string; start: number; end: number; daysAgo?: number; iban?: string; key?: string },
): Promise<void> {
  const receivedAt = new Date(Date.now() - (span.daysAgo ?? 0) * 86_400_000);
  const record = spanRecord({
    traceId: TRACE_ID,
    spanId: span.id,
    parentSpanId: span.parent ?? null,
    startUnixNano: String(span.start),
    endUnixNano: String(span.end),
    statusCode: 2,
    attributes: { iban: span.iban ?? null, ...(span.key !== undefined && { 'finance.object.key.value': span.key }) },
  });
  await storeReceivedSpans(tx, [record], receivedAt);
}

describe('lineage', () => {
  let api: ApiHarness;
  let approver: Client;
  let treasurer: Client;
  const contract = testObjectId('contract', 'C-1');
  const position = testObjectId('cash-position', 'P-1');

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'approver');
    await api.addPerson(api.test.tenantId, 'tom@acme.example', 'treasurer');
    approver = await api.signIn('ana@acme.example');
    treasurer = await api.signIn('tom@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const object = (type: Parameters<typeof insertObject>[1]['type'], value: string, rest = {}) =>
        insertObject(tx, { type, value, ...rest });
      await object('contract', 'C-1', { otherValues: ['CX-99'], counterparty: 'Ångström AB', legalEntity: 'DE01' });
      const orders = [await object('sales-order', 'SO-1'), await object('sales-order', 'SO-2')];
      const invoice = await object('invoice', 'I-1', { amount: '12.5', currency: 'EUR' });
      const [entry, other] = [await object('bank-entry', 'B-1'), await object('bank-entry', 'B-2')];
      await object('cash-position', 'P-1');
      const report = await object('report', 'R-1');
      for (const order of orders) {
        await insertLink(tx, contract, order, 'fulfils');
        await insertLink(tx, order, invoice, 'bills');
      }
      await insertLink(tx, invoice, entry, 'books');
      for (const each of [entry, other]) await insertLink(tx, each, position, 'gathers');
      await insertLink(tx, position, report, 'reports');
      // a circle, as wrong data can make one
      await insertLink(tx, invoice, contract, 'wrong');
      await insertTransaction(tx, { objectIds: [contract, ...orders, invoice, entry], hubIds: [position] });
      await insertSpan(tx, { id: '00000000000000a1', start: 1_000_000_000, end: 5_500_000_000 });
      await insertSpan(tx, {
        id: '00000000000000a2',
        parent: '00000000000000a1',
        start: 2_000_000_000,
        end: 1_500_000_000,
        iban: 'DE89370400440532013000',
      });
      await insertSpan(tx, { id: '00000000000000a3', parent: '00000000000000a1', start: 3_000_000_000, end: 0 });
      // the same span, stored again after midnight
      await insertSpan(tx, { id: '00000000000000a1', start: 1_000_000_000, end: 5_500_000_000, daysAgo: 1 });
    });
  });
  afterAll(() => api.close());

  const walk = async (objectId: string, direction: string, depth?: number) => {
    const { lineage } = await approver.ask<Walk>(
      `query ($objectId: ID!, $direction: LineageDirection!, $depth: Int) {
        lineage(objectId: $objectId, direction: $direction, depth: $depth) {
          isTruncated nodes { key depth isHub } edges { qualifier }
        }
      }`,
      { objectId, direction, ...(depth === undefined ? {} : { depth }) },
    );
    return lineage;
  };

  it('tells what happened to the members of a transaction, in order, and to which objects', async () => {
    const [order, invoice, entry] = [
      testObjectId('sales-order', 'SO-1'),
      testObjectId('invoice', 'I-1'),
      testObjectId('bank-entry', 'B-1'),
    ];
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const at = (minute: number) => `2026-09-01T10:0${minute}:00Z`;
      await insertActivity(tx, {
        type: 'invoice.posted',
        occurredAt: at(3),
        objectIds: [invoice, order],
        traceId: TRACE_ID,
      });
      const message = 'Payer DE89370400440532013000 is unknown';
      await insertActivity(tx, { type: 'integration.run-failed', occurredAt: at(2), objectIds: [order], message });
      await insertActivity(tx, { type: 'cash-position.updated', occurredAt: at(4), objectIds: [position, entry] });
      await insertActivity(tx, { type: 'cash-position.updated', occurredAt: at(5), objectIds: [position] });
    });
    type Entry = {
      type: string;
      outcome: string;
      traceId: string | null;
      message: string | null;
      objects: { key: string }[];
    };
    const ask = async (client: Client) => {
      const { businessObject } = await client.ask<{ businessObject: { transactions: { activities: Entry[] }[] } }>(
        `query ($id: ID!) { businessObject(id: $id) { transactions { activities { type outcome traceId message objects { key } } } } }`,
        { id: contract },
      );
      return businessObject.transactions[0]?.activities ?? [];
    };
    const activities = await ask(approver);
    expect(activities.map(({ type, objects }) => [type, objects.map(({ key }) => key)])).toEqual([
      ['integration.run-failed', ['SO-1']],
      ['invoice.posted', ['I-1', 'SO-1']],
      ['cash-position.updated', ['P-1', 'B-1']],
    ]);
    expect(activities[0]).toMatchObject({ outcome: 'failure', message: 'Payer DE89370400440532013000 is unknown' });
    expect(activities[1]?.traceId).toBe(TRACE_ID);
    expect((await ask(treasurer))[0]?.message).not.toContain('370400440532013');
  });

  it('passes downstream through hubs, each object once, and ends in circles', async () => {
    const { nodes, edges, isTruncated } = await walk(contract, 'DOWNSTREAM');
    expect(Object.fromEntries(nodes.map(({ key, depth }) => [key, depth]))).toEqual({
      'C-1': 0,
      'SO-1': 1,
      'SO-2': 1,
      'I-1': 2,
      'B-1': 3,
      'P-1': 4,
      'R-1': 5,
    });
    expect(nodes.filter(({ isHub }) => isHub).map(({ key }) => key)).toEqual(['P-1', 'R-1']);
    expect(edges).toHaveLength(8);
    expect(isTruncated).toBe(false);
  });

  it('stops upstream at a hub that it meets', async () => {
    const { nodes } = await walk(testObjectId('report', 'R-1'), 'UPSTREAM');
    expect(nodes.map(({ key }) => key)).toEqual(['R-1', 'P-1']);
  });

  it('shows what a hub gathers when the walk starts there', async () => {
    const { nodes } = await walk(position, 'UPSTREAM');
    expect(nodes.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['P-1', 'B-1', 'B-2', 'I-1', 'SO-1', 'SO-2', 'C-1']),
    );
  });

  it('goes no deeper than asked', async () => {
    expect((await walk(contract, 'DOWNSTREAM', 1)).nodes.map(({ key }) => key)).toEqual(['C-1', 'SO-1', 'SO-2']);
    expect((await walk(contract, 'DOWNSTREAM', 0)).nodes.map(({ key }) => key)).toEqual(['C-1']);
  });

  it('says when it is cut', async () => {
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const from = await insertObject(tx, { type: 'invoice', value: 'I-many' });
      await tx.query(
        `with made as (
           insert into business_object (tenant_id, object_id, type, key, attributes, is_placeholder, first_occurred_at, last_occurred_at)
           select $1, gen_random_uuid(), 'payment', 'P' || n, '{}', false, now(), now() from generate_series(1, 2500) n returning object_id)
         insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by)
         select $1, $2, object_id, 'settles', 'invoice', 'payment', false, now(), object_id from made`,
        [tx.tenantId, from],
      );
    });
    const { nodes, isTruncated } = await walk(testObjectId('invoice', 'I-many'), 'DOWNSTREAM');
    expect([nodes.length, isTruncated]).toEqual([2_000, true]);
  });

  type Node = { key: string; furtherCount: number; furtherAfter: string | null };
  const nodesOf = async (objectId: string, direction: string, more: Record<string, unknown> = {}) => {
    const { lineage } = await approver.ask<{ lineage: { isTruncated: boolean; nodes: Node[] } }>(
      `query ($objectId: ID!, $direction: LineageDirection!, $depth: Int, $maxNodes: Int) {
        lineage(objectId: $objectId, direction: $direction, depth: $depth, maxNodes: $maxNodes) {
          isTruncated nodes { key furtherCount furtherAfter }
        }
      }`,
      { objectId, direction, ...more },
    );
    return lineage;
  };
  const further = (nodes: Node[]) =>
    Object.fromEntries(
      nodes.filter(({ furtherCount }) => furtherCount > 0).map(({ key, furtherCount }) => [key, furtherCount]),
    );

  it('counts at each node what is not shown', async () => {
    expect(further((await nodesOf(contract, 'DOWNSTREAM')).nodes)).toEqual({});
    expect(further((await nodesOf(contract, 'DOWNSTREAM', { depth: 1 })).nodes)).toEqual({ 'SO-1': 1, 'SO-2': 1 });
    const cut = await nodesOf(contract, 'DOWNSTREAM', { maxNodes: 2 });
    expect(cut.isTruncated).toBe(true);
    expect(Object.values(further(cut.nodes))).toEqual([1, 1]);
    // the hub that the walk stops at says how much it gathers
    expect(further((await nodesOf(testObjectId('report', 'R-1'), 'UPSTREAM')).nodes)).toEqual({ 'P-1': 2 });
  });

  it('shows the latest of a large hub and pages the others', async () => {
    const hub = testObjectId('bank-statement', 'S-large');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await insertObject(tx, { type: 'bank-statement', value: 'S-large' });
      await tx.query(
        `with made as (
           insert into business_object (tenant_id, object_id, type, key, attributes, is_placeholder, first_occurred_at, last_occurred_at)
           select $1, md5('entry' || n)::uuid, 'bank-entry', 'E-' || n, '{}', false, now(), now() from generate_series(1, 130) n returning object_id, key)
         insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at,
                                  asserted_by, amount, currency)
         select $1, object_id, $2, 'gathers', 'bank-entry', 'bank-statement', false,
                timestamptz '2026-09-01Z' + substr(key, 3)::int / 3 * interval '1 minute', object_id, 5, 'EUR' from made`,
        [tx.tenantId, hub],
      );
    });
    const { nodes, isTruncated } = await nodesOf(hub, 'UPSTREAM');
    expect([nodes.length, isTruncated]).toEqual([51, true]);
    expect(further(nodes)).toEqual({ 'S-large': 80 });
    const query = `query ($objectId: ID!, $after: String, $first: Int) {
      lineageNeighbours(objectId: $objectId, direction: UPSTREAM, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { qualifier amount { amount } node { key depth furtherCount } }
      } }`;
    type Neighbours = {
      lineageNeighbours: PageOf<{ key: string }> & {
        totalCount: number;
        edges: { qualifier: string; amount: unknown }[];
      };
    };
    const page = async (after: string | null) =>
      (await approver.ask<Neighbours>(query, { objectId: hub, after, first: 33 })).lineageNeighbours;
    const all = (await walkPages(page)).map(({ key }) => key);
    expect(new Set(all).size).toBe(130);
    expect((await page(null)).totalCount).toBe(130);
    expect((await page(null)).edges[0]).toMatchObject({ qualifier: 'gathers', amount: { amount: '5.00' } });
    const shown = nodes.map(({ key }) => key).filter((key) => key !== 'S-large');
    expect([...shown].sort()).toEqual(all.slice(0, 50).sort());
    expect((await page(nodes[0]?.furtherAfter ?? null)).edges[0]?.node.key).toBe(all[50]);
  });

  it('says at the hubs of a transaction how much they gather', async () => {
    const { businessObject } = await approver.ask<{
      businessObject: { transactions: { objects: { key: string; gathers: number | null }[] }[] };
    }>('query ($id: ID!) { businessObject(id: $id) { transactions { objects { key gathers } } } }', { id: contract });
    const gathers = businessObject.transactions[0]?.objects.map(({ key, gathers: of }) => [key, of]);
    expect(gathers).toContainEqual(['P-1', 2]);
    expect(gathers).toContainEqual(['C-1', null]);
  });

  it.each([
    [{ objectId: '00000000-0000-0000-0000-000000000001' }, 'NOT_FOUND'],
    [{ objectId: contract, first: 0 }, 'INVALID_INPUT'],
    [{ objectId: contract, after: 'AAAA' }, 'INVALID_INPUT'],
  ])('refuses the neighbours of %j', async (variables, code) => {
    const { errors } = await approver.send(
      `query ($objectId: ID!, $first: Int, $after: String) {
        lineageNeighbours(objectId: $objectId, direction: UPSTREAM, first: $first, after: $after) { totalCount } }`,
      variables,
    );
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it.each([0, 2_001])('refuses %d nodes at most', async (maxNodes) => {
    const { errors } = await approver.send(
      'query ($objectId: ID!, $maxNodes: Int) { lineage(objectId: $objectId, direction: UPSTREAM, maxNodes: $maxNodes) { isTruncated } }',
      { objectId: contract, maxNodes },
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it.each([
    [{ objectId: '00000000-0000-0000-0000-000000000001', depth: 1 }, 'NOT_FOUND'],
    [{ objectId: 'contract C-1', depth: 1 }, 'INVALID_INPUT'],
    [{ objectId: contract, depth: 21 }, 'INVALID_INPUT'],
    [{ objectId: contract, depth: -1 }, 'INVALID_INPUT'],
  ])('refuses %j', async (variables, code) => {
    const { errors } = await approver.send(
      `query ($objectId: ID!, $depth: Int) { lineage(objectId: $objectId, direction: UPSTREAM, depth: $depth) { isTruncated } }`,
      variables,
    );
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('knows an object by every id it ever had, and its aliases and transactions', async () => {
    const { businessObject } = await approver.ask<{ businessObject: Record<string, unknown> }>(
      `query ($id: ID!) { businessObject(id: $id) { id key aliases { value } transactions { anchor { key } } } }`,
      { id: testObjectId('contract', 'CX-99') },
    );
    expect(businessObject).toEqual({
      id: contract,
      key: 'C-1',
      aliases: [{ value: 'C-1' }, { value: 'CX-99' }],
      transactions: [{ anchor: { key: 'C-1' } }],
    });
  });

  it.each([
    ['so-', ['SO-1', 'SO-2']],
    ['cx-9', ['C-1']],
    ['ång', ['C-1']],
    ['ngström', []],
    ['so_1', ['SO-1']],
  ])('searches for %s', async (text, keys) => {
    const { search } = await approver.ask<{ search: { totalCount: number; edges: { node: { key: string } }[] } }>(
      `query ($text: String!) { search(text: $text) { totalCount edges { node { ... on BusinessObject { key } } } } }`,
      { text },
    );
    expect(search.edges.map(({ node }) => node.key)).toEqual(keys);
    expect(search.totalCount).toBe(keys.length);
  });

  it('pages a search', async () => {
    type Search = { search: PageOf<{ key: string }> };
    const query = `query ($after: String) {
      search(text: "so", first: 1, after: $after) { pageInfo { hasNextPage endCursor } edges { node { ... on BusinessObject { key } } } }
    }`;
    const seen = await walkPages(async (after) => (await approver.ask<Search>(query, { after })).search);
    expect(seen.map(({ key }) => key)).toEqual(['SO-1', 'SO-2']);
  });

  const trace = `query { trace(traceId: "${TRACE_ID.toUpperCase()}") {
    durationMs isTruncated spans { spanId parentSpanId kind status offsetMs durationMs isOpen attributes }
  } }`;

  it('shows each span of a trace once, in order, whatever the clocks say', async () => {
    const answer = await approver.ask<{ trace: { durationMs: number; spans: Record<string, unknown>[] } }>(trace);
    expect(answer.trace.durationMs).toBe(4_500);
    expect(
      answer.trace.spans.map(({ spanId, offsetMs, durationMs, isOpen }) => [spanId, offsetMs, durationMs, isOpen]),
    ).toEqual([
      ['00000000000000a1', 0, 4_500, false],
      ['00000000000000a2', 1_000, 0, false],
      ['00000000000000a3', 2_000, 0, true],
    ]);
    expect(answer.trace.spans[0]).toMatchObject({ kind: 'SERVER', status: 'ERROR', parentSpanId: null });
    expect(JSON.stringify(answer)).toContain('DE89370400440532013000');
  });

  it('masks account numbers for those who may not see them', async () => {
    const answer = await treasurer.ask(trace);
    expect(JSON.stringify(answer)).not.toContain('370400440532013');
  });

  it('knows no trace that is not stored, and refuses what is no trace id', async () => {
    expect(await approver.ask(`{ trace(traceId: "${'0'.repeat(32)}") { durationMs } }`)).toEqual({ trace: null });
    const { errors } = await approver.send('{ trace(traceId: "zz") { durationMs } }');
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });
});
