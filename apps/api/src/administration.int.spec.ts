import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { createAdministrator, createIngestKey } from './administration.js';
import { startApi, type ApiHarness } from './testing/api-harness.js';

describe('administration from the command line', () => {
  let api: ApiHarness;
  const now = new Date();

  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  it('makes an administrator who can sign in with the password that was shown', async () => {
    const { password } = await createAdministrator(api.test.database, {
      tenantId: undefined,
      now,
      email: 'Root@Acme.example',
      displayName: 'Root',
    });
    const root = await api.signIn('root@acme.example', password);
    expect(await root.ask('{ viewer { roles } }')).toEqual({ viewer: { roles: ['admin'] } });
    const { auditLog } = await root.ask<{ auditLog: { edges: { node: { action: string; details: unknown } }[] } }>(
      '{ auditLog(filter: { action: "person.created" }) { edges { node { action details } } } }',
    );
    expect(auditLog.edges).toEqual([
      { node: { action: 'person.created', details: { email: 'root@acme.example', roles: ['admin'] } } },
    ]);
  });

  it('makes a key that lets a sender in, and keeps only its hash', async () => {
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`insert into source_system (tenant_id, name, kind, title) values ($1, 'sap-de', 'sap-s4hana', 'SAP')`, [
        tx.tenantId,
      ]),
    );
    const { key } = await createIngestKey(api.test.database, {
      tenantId: undefined,
      now,
      name: 'SAP',
      sourceSystem: 'sap-de',
    });
    expect(key).toMatch(/^tl_[0-9A-Za-z]{40}$/);
    const found = await api.test.database.findIngestKey(createHash('sha256').update(key).digest());
    expect(found).toMatchObject({ tenantId: api.test.tenantId, sourceSystem: 'sap-de' });
    await connected(api.test.ownerUrl, async (client) => {
      const { rows } = await client.query(
        `select 1 from ingest_key k, audit_record r where k::text like $1 or r::text like $1`,
        [`%${key}%`],
      );
      expect(rows).toEqual([]);
    });
  });

  it.each([
    [
      'a person who is there already',
      { email: 'root@acme.example', tenantId: undefined },
      /is a person of this tenant already/,
    ],
    ['what is no address', { email: 'root', tenantId: undefined }, /must be an e-mail address/],
    [
      'a tenant that is none',
      { email: 'x@y.z', tenantId: '00000000-0000-4000-8000-000000000000' },
      /there is no tenant/,
    ],
  ])('refuses %s', async (_name, request, message) => {
    await expect(createAdministrator(api.test.database, { ...request, now, displayName: 'X' })).rejects.toThrow(
      message,
    );
  });

  it('refuses a key for a source system that is not configured', async () => {
    const request = { tenantId: undefined, now, name: 'x', sourceSystem: 'nobody' };
    await expect(createIngestKey(api.test.database, request)).rejects.toThrow(/no source system nobody/);
  });

  it('asks which tenant is meant when there are several', async () => {
    const other = '22222222-2222-4222-8222-222222222222';
    await api.test.database.withTenant(other, (tx) =>
      tx.query(`select throughline_create_tenant($1, 'Other', 'test')`, [other]),
    );
    await expect(
      createIngestKey(api.test.database, { tenantId: undefined, now, name: 'x', sourceSystem: null }),
    ).rejects.toThrow(/--tenant/);
    await expect(
      createIngestKey(api.test.database, { tenantId: other, now, name: 'x', sourceSystem: null }),
    ).resolves.toHaveProperty('key');
  });
});
