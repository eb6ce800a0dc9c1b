import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected, createTenant } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';

const OTHER_TENANT = '33333333-3333-4333-8333-333333333333';

type Failure = { code: string; message: string; problems: string[] };
type Key = { id: string; name: string; sourceSystem: string | null; isActive: boolean; expiresAt: string | null };
type Issued = Failure & { key: string; ingestKey: Key };

const KEY = `id name sourceSystem createdAt expiresAt revokedAt replacesKeyId itemsPerSecond isActive lastUsedAt`;
const RESULT = `... on IngestKeyIssued { key ingestKey { ${KEY} } } ... on CatalogFailure { code message problems }`;

describe('ingest keys', () => {
  let api: ApiHarness;
  let engineer: Client;
  let now = new Date('2026-09-30T08:00:00.000Z');

  beforeAll(async () => {
    api = await startApi({ clock: () => now });
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    engineer = await api.signIn('engineer@acme.example');
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`insert into source_system (tenant_id, name, kind, title) values ($1, 'sap-de', 'sap-s4hana', 'SAP')`, [
        tx.tenantId,
      ]),
    );
  });
  afterAll(() => api.close());

  const create = async (args: string): Promise<Issued> =>
    (await engineer.ask<{ createIngestKey: Issued }>(`mutation { createIngestKey(${args}) { ${RESULT} } }`))
      .createIngestKey;
  const rotate = async (id: string, hours: number): Promise<Issued> =>
    (
      await engineer.ask<{ rotateIngestKey: Issued }>(
        `mutation { rotateIngestKey(id: "${id}", overlapHours: ${hours}) { ${RESULT} } }`,
      )
    ).rotateIngestKey;
  const revoke = async (id: string): Promise<Failure & { ingestKey: Key }> =>
    (
      await engineer.ask<{ revokeIngestKey: Failure & { ingestKey: Key } }>(
        `mutation { revokeIngestKey(id: "${id}") { ... on IngestKeyRevoked { ingestKey { ${KEY} } }
                                                   ... on CatalogFailure { code message problems } } }`,
      )
    ).revokeIngestKey;
  const sender = (key: string) => api.test.database.findIngestKey(createHash('sha256').update(key).digest());

  it('are shown once, let a sender in, and are kept as a hash', async () => {
    const { key, ingestKey } = await create('name: " SAP ", sourceSystem: "sap-de", itemsPerSecond: 50');
    expect(key).toMatch(/^tl_[0-9A-Za-z]{40}$/);
    expect(ingestKey).toMatchObject({ name: 'SAP', sourceSystem: 'sap-de', isActive: true, itemsPerSecond: 50 });
    expect(await sender(key)).toMatchObject({ keyId: ingestKey.id, sourceSystem: 'sap-de', itemsPerSecond: 50 });
    await connected(api.test.ownerUrl, async (client) => {
      const { rows } = await client.query(
        `select 1 from ingest_key k, audit_record r where k::text like $1 or r::text like $1`,
        [`%${key}%`],
      );
      expect(rows).toEqual([]);
    });
    expect(await actsOnRecord(api, 'ingest-key.created')).toEqual([
      { after: { name: 'SAP', sourceSystem: 'sap-de', itemsPerSecond: 50, expiresAt: null } },
    ]);
  });

  it.each([
    ['a blank name', 'name: " "', 'INVALID', ['name: must have 1 to 100 characters']],
    ['a limit of nothing', 'name: "x", itemsPerSecond: 0', 'INVALID', ['itemsPerSecond: must be from 1 to 1000000']],
    [
      'an end in the past',
      'name: "x", expiresAt: "2026-09-30T07:59:59.000Z"',
      'INVALID',
      ['expiresAt: must lie ahead'],
    ],
    ['an unknown source', 'name: "x", sourceSystem: "nobody"', 'NOT_FOUND', ['sourceSystem: is not configured']],
  ])('are not issued with %s', async (_name, args, code, problems) => {
    expect(await create(args)).toMatchObject({ code, problems });
  });

  it('are rotated without loss: both are taken during the overlap', async () => {
    const old = await create('name: "Bank", sourceSystem: "sap-de"');
    const fresh = await rotate(old.ingestKey.id, 2);
    expect(fresh.ingestKey).toMatchObject({
      name: 'Bank',
      sourceSystem: 'sap-de',
      replacesKeyId: old.ingestKey.id,
      isActive: true,
    });
    expect(fresh.key).not.toBe(old.key);
    const { ingestKeys } = await engineer.ask<{ ingestKeys: { edges: { node: Key }[] } }>(
      `{ ingestKeys { edges { node { ${KEY} } } } }`,
    );
    const listed = ingestKeys.edges.find(({ node }) => node.id === old.ingestKey.id)?.node;
    expect(listed).toMatchObject({ isActive: true, expiresAt: '2026-09-30T10:00:00.000Z' });
    expect(await rotate(old.ingestKey.id, 2)).toMatchObject({ code: 'CONFLICT' });
    now = new Date('2026-09-30T10:00:00.001Z');
    const later = await engineer.ask<{ ingestKeys: { edges: { node: Key }[] } }>(
      `{ ingestKeys { edges { node { id isActive } } } }`,
    );
    expect(later.ingestKeys.edges.find(({ node }) => node.id === old.ingestKey.id)?.node.isActive).toBe(false);
    expect(await actsOnRecord(api, 'ingest-key.rotated')).toEqual([
      {
        before: { expiresAt: null },
        after: { expiresAt: '2026-09-30T10:00:00.000Z' },
        newKeyId: fresh.ingestKey.id,
        overlapHours: 2,
      },
    ]);
  });

  it('are revoked at once, and once', async () => {
    const { key, ingestKey } = await create('name: "Lost"');
    expect((await revoke(ingestKey.id)).ingestKey).toMatchObject({ isActive: false });
    expect(await sender(key)).toBeNull();
    expect(await revoke(ingestKey.id)).toMatchObject({ code: 'CONFLICT' });
    expect(await rotate(ingestKey.id, 1)).toMatchObject({ code: 'CONFLICT' });
    expect(await rotate(ingestKey.id, -1)).toMatchObject({ code: 'INVALID' });
  });

  it('show what they sent, hour by hour, and when they were last used', async () => {
    now = new Date('2026-09-30T11:00:00.000Z');
    const { ingestKey } = await create('name: "Busy"');
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into ingest_usage (tenant_id, key_id, source_system, hour, requests, items, duplicates, refused, bytes, limited,
                                   last_received_at)
         values ($1, $2, 'a', $3::timestamptz, 1, 10, 2, 3, 5000000000, 4, $3::timestamptz + interval '5 min'),
                ($1, $2, 'b', $3::timestamptz, 1, 20, 0, 0, 1, 0, $3::timestamptz + interval '7 min'),
                ($1, $2, 'a', $3::timestamptz - interval '40 days', 9, 9, 9, 9, 9, 9, $3::timestamptz - interval '40 days')`,
        [tx.tenantId, ingestKey.id, new Date('2026-09-30T09:00:00Z')],
      ),
    );
    const { ingestKeys } = await engineer.ask<{ ingestKeys: { edges: { node: Record<string, unknown> }[] } }>(
      `{ ingestKeys(first: 1) { edges { node { name lastUsedAt usage(days: 30) { hour requests items duplicates refused bytes limited } } } } }`,
    );
    expect(ingestKeys.edges[0]?.node).toEqual({
      name: 'Busy',
      lastUsedAt: '2026-09-30T09:07:00.000Z',
      usage: [
        {
          hour: '2026-09-30T09:00:00.000Z',
          requests: 2,
          items: 30,
          duplicates: 2,
          refused: 3,
          bytes: 5_000_000_001,
          limited: 4,
        },
      ],
    });
  });

  it('are listed page by page, and only those of the own tenant', async () => {
    await createTenant(api.test.ownerUrl, OTHER_TENANT);
    await api.addPerson(OTHER_TENANT, 'engineer@other.example', 'engineer');
    const other = await api.signIn('engineer@other.example');
    const [mine] = (
      await engineer.ask<{ ingestKeys: { edges: { node: Key }[] } }>(
        '{ ingestKeys(first: 1) { edges { node { id } } } }',
      )
    ).ingestKeys.edges;
    expect(await other.ask('{ ingestKeys { totalCount } }')).toEqual({ ingestKeys: { totalCount: 0 } });
    expect(
      await other.ask(`mutation { revokeIngestKey(id: "${mine?.node.id}") { ... on CatalogFailure { code } } }`),
    ).toEqual({ revokeIngestKey: { code: 'NOT_FOUND' } });
    const walked = await walkPages<Key>(async (after) => {
      const { ingestKeys } = await engineer.ask<{ ingestKeys: PageOf<Key> }>(
        `query ($after: String) { ingestKeys(first: 2, after: $after) {
           pageInfo { hasNextPage endCursor } edges { node { id } } } }`,
        { after },
      );
      return ingestKeys;
    });
    const { ingestKeys } = await engineer.ask<{ ingestKeys: { totalCount: number } }>('{ ingestKeys { totalCount } }');
    expect(new Set(walked.map(({ id }) => id)).size).toBe(ingestKeys.totalCount);
  });
});
