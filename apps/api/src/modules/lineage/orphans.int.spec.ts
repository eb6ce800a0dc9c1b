import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertActivity, insertLink, insertObject, insertTransaction } from '../../testing/projection-rows.js';

const NOW = new Date('2026-09-05T00:00:00Z');

const TRUST = `query ($from: DateTime, $to: DateTime) {
  lineageTrust(from: $from, to: $to) {
    isTruncated mostPerIntegration
    integrations { integration lookedAt withoutObject outsideTransactions masterDataOnly inTransactions isCapped }
  } }`;
const ORPHANS = `query ($filter: OrphanFilter!, $first: Int, $after: String) {
  orphans(filter: $filter, first: $first, after: $after) {
    totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor }
    edges { node { id activityType occurredAt message object { type key } claims { kind workflow workflowTitle fromTypes } } } } }`;

type Orphans = {
  orphans: {
    totalCount: number;
    totalCountIsEstimate: boolean;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    edges: {
      node: { activityType: string; object: { key: string } | null; claims: object[]; message: string | null };
    }[];
  };
};

describe('orphans', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi({ clock: () => NOW });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, fill);
  });
  afterAll(() => api.close());

  const orphans = (filter: object, rest: object = {}) =>
    client.ask<Orphans>(ORPHANS, { filter: { integration: 'sync', ...filter }, ...rest });

  it('are shares of what each integration reported', async () => {
    expect(await client.ask(TRUST)).toEqual({
      lineageTrust: {
        isTruncated: false,
        mostPerIntegration: 500,
        integrations: [
          {
            integration: 'many',
            lookedAt: 500,
            withoutObject: 500,
            outsideTransactions: 0,
            masterDataOnly: 0,
            inTransactions: 0,
            isCapped: true,
          },
          {
            integration: 'sync',
            lookedAt: 8,
            withoutObject: 1,
            outsideTransactions: 5,
            masterDataOnly: 1,
            inTransactions: 1,
            isCapped: false,
          },
        ],
      },
    });
  });

  it('are those of the time that is asked for', async () => {
    const range = { from: '2026-09-01T00:00:00Z', to: '2026-09-02T11:30:00Z' };
    expect(await client.ask(TRUST, range)).toMatchObject({
      lineageTrust: { integrations: [{ integration: 'sync', lookedAt: 2, inTransactions: 1, outsideTransactions: 1 }] },
    });
    expect((await orphans({ kind: 'OBJECT', ...range })).orphans.edges.map(({ node }) => node.object?.key)).toEqual([]);
  });

  it('name the documents in no transaction, each once, with what would claim them', async () => {
    const { orphans: found } = await orphans({ kind: 'OBJECT' });
    expect(found.totalCount).toBe(4);
    const wanted = { workflow: 'order-to-cash', workflowTitle: 'Order to cash' };
    // Of the many workflows that could claim them, what order to cash and nobody says.
    const claimsOf = (claims: readonly object[]) =>
      (claims as { workflow: string | null }[]).filter(
        ({ workflow }) => workflow === null || workflow === 'order-to-cash',
      );
    expect(found.edges.map(({ node }) => [node.object?.key, node.activityType, claimsOf(node.claims)])).toEqual([
      [
        'D-1',
        'dispute.opened',
        [{ kind: 'link-not-followed', workflow: null, workflowTitle: null, fromTypes: ['invoice'] }],
      ],
      ['J-1', 'journal-entry.posted', []],
      ['P-1', 'payment.received', [{ kind: 'upstream-unclaimed', ...wanted, fromTypes: ['invoice'] }]],
      ['INV-9', 'invoice.changed', [{ kind: 'missing-link', ...wanted, fromTypes: ['sales-order', 'delivery'] }]],
    ]);
  });

  it('name the activities without a document, masked', async () => {
    const { orphans: found } = await orphans({ kind: 'ACTIVITY' });
    expect(found.edges.map(({ node }) => node)).toEqual([
      expect.objectContaining({
        activityType: 'signal.unmapped',
        message: 'no rule for account DE••••3000',
        object: { type: 'signal', key: 'S-1' },
        claims: [{ kind: 'map-signal', workflow: null, workflowTitle: null, fromTypes: [] }],
      }),
    ]);
  });

  it('come page by page without gap or repetition', async () => {
    const keys: string[] = [];
    let after: string | null = null;
    do {
      const { orphans: page }: Orphans = await orphans({ kind: 'OBJECT' }, { first: 1, after });
      keys.push(...page.edges.map(({ node }) => node.object?.key ?? ''));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(keys).toEqual(['D-1', 'J-1', 'P-1', 'INV-9']);
  });

  it('are looked for in steps: a page without any goes on where it ended', async () => {
    const first = await client.ask<Orphans>(ORPHANS, { filter: { integration: 'many', kind: 'OBJECT' }, first: 10 });
    expect(first.orphans).toMatchObject({ totalCount: 0, totalCountIsEstimate: true, edges: [] });
    expect(first.orphans.pageInfo.hasNextPage).toBe(true);
    const second = await client.ask<Orphans>(ORPHANS, {
      filter: { integration: 'many', kind: 'OBJECT' },
      first: 10,
      after: first.orphans.pageInfo.endCursor,
    });
    expect(second.orphans.pageInfo.hasNextPage).toBe(false);
  });

  it('refuse a time that ends before it begins, and the cursor of another list', async () => {
    const backwards = await client.send(TRUST, { from: '2026-09-02T00:00:00Z', to: '2026-09-01T00:00:00Z' });
    expect(backwards.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    const { orphans: page } = await orphans({ kind: 'OBJECT' }, { first: 1 });
    const foreign = await client.send(ORPHANS, {
      filter: { integration: 'sync', kind: 'ACTIVITY' },
      after: page.pageInfo.endCursor,
    });
    expect(foreign.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });
});

const day = (date: number, hour = 11) => `2026-09-0${date}T${String(hour).padStart(2, '0')}:00:00.000Z`;

async function fill(tx: Tx): Promise<void> {
  const object = async (type: ObjectType, value: string, lastAt: string) => {
    const id = await insertObject(tx, { type, value });
    await tx.query(`update business_object set last_occurred_at = $3 where tenant_id = $1 and object_id = $2`, [
      tx.tenantId,
      id,
      lastAt,
    ]);
    return id;
  };
  const say = async (type: string, occurredAt: string, objects: readonly [ObjectType, string][], message?: string) => {
    const objectIds = objects.map(([, id]) => id);
    const id = await insertActivity(tx, { type, occurredAt, objectIds, ...(message !== undefined && { message }) });
    for (const [place, [objectType]] of objects.entries()) {
      await tx.query(
        `update alias_statement set object_type = $3 where tenant_id = $1 and activity_id = $2 and position = $4`,
        [tx.tenantId, id, objectType, place],
      );
    }
  };
  const contract = await object('contract', 'C-1', day(1));
  await insertTransaction(tx, { objectIds: [contract] });
  await say('contract.approved', day(1), [['contract', contract]]);
  const invoice = await object('invoice', 'INV-9', day(3));
  await say('invoice.posted', day(2), [['invoice', invoice]]);
  await say('invoice.changed', day(3), [['invoice', invoice]]);
  const payment = await object('payment', 'P-1', day(3, 12));
  await insertLink(tx, invoice, payment, 'settles');
  await say('payment.received', day(3, 12), [['payment', payment]]);
  const journal = await object('journal-entry', 'J-1', day(4));
  const dispute = await object('dispute', 'D-1', day(4, 12));
  const customer = await object('customer', 'CU-1', day(4, 13));
  await insertLink(tx, invoice, dispute, 'disputes');
  await say('journal-entry.posted', day(4), [['journal-entry', journal]]);
  await say('dispute.opened', day(4, 12), [
    ['dispute', dispute],
    ['customer', customer],
  ]);
  await say('customer.changed', day(4, 13), [['customer', customer]]);
  const signal = await object('signal', 'S-1', day(4, 14));
  await say('signal.unmapped', day(4, 14), [['signal', signal]], 'no rule for account DE89370400440532013000');
  // more than one page looks through, none of which names anything
  await tx.query(
    `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind, signal_received_on, signal_id, objects, links)
     select $1, md5('many' || n)::uuid, 'run.progressed', '2026-09-04'::timestamptz + n * interval '1 second', 'success', 'test', 'many', 'r', 'span', '2026-09-04', md5('many' || n)::uuid, '[]', '[]'
     from generate_series(1, 5001) n`,
    [tx.tenantId],
  );
}
