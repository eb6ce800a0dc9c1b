import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { appRole, publishedViews } from './migrations/schema/initial/isolation.js';
import { tenantTables } from './migrations/index.js';
import { rebuildTables } from './rebuild-tables.js';
import { connected, createTenant, createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';

const denied = { code: '42501' };

describe('tenant isolation', () => {
  let test: TestDatabase;
  const other = randomUUID();
  const mark = (tenantId: string): Promise<unknown> =>
    test.database.withTenant(tenantId, (tx) =>
      tx.query('insert into legal_entity values ($1, $2, $2, $2, $2, $2, $2)', [tenantId, 'DE01']),
    );

  beforeAll(async () => {
    test = await createTestDatabase();
    await createTenant(test.ownerUrl, other);
    await mark(test.tenantId);
    await mark(other);
  });
  afterAll(() => test.close());

  it('lists all tenants through the definer function only', async () => {
    expect(new Set(await test.database.tenantIds())).toEqual(new Set([test.tenantId, other]));
    const seen = await test.database.withTenant(test.tenantId, (tx) => tx.query('select tenant_id from tenant'));
    expect(seen).toEqual([{ tenant_id: test.tenantId }]);
  });

  it("shows a tenant its own rows, though the statement asks for the other's", async () => {
    const rows = await test.database.withTenant(test.tenantId, (tx) => tx.query('select tenant_id from legal_entity'));
    expect(rows).toEqual([{ tenant_id: test.tenantId }]);
    const asked = await test.database.withTenant(test.tenantId, (tx) =>
      tx.query('select 1 from legal_entity where tenant_id = $1', [other]),
    );
    expect(asked).toEqual([]);
  });

  it("neither changes, deletes nor inserts the other tenant's rows", async () => {
    const touched = await test.database.withTenant(test.tenantId, async (tx) => [
      ...(await tx.query(`update legal_entity set name = 'x' where tenant_id = $1 returning 1`, [other])),
      ...(await tx.query('delete from legal_entity where tenant_id = $1 returning 1', [other])),
    ]);
    expect(touched).toEqual([]);
    const insert = test.database.withTenant(test.tenantId, (tx) =>
      tx.query(`insert into legal_entity values ($1, 'US01', '', '', '', '', '')`, [other]),
    );
    await expect(insert).rejects.toMatchObject(denied);
    const move = test.database.withTenant(test.tenantId, (tx) =>
      tx.query('update legal_entity set tenant_id = $1', [other]),
    );
    await expect(move).rejects.toMatchObject(denied);
  });

  it('shows nothing without a tenant, also after one was set in the session', async () => {
    await connected(test.appUrl, async (client) => {
      const count = async (): Promise<unknown> =>
        (await client.query('select count(*)::int as n from legal_entity')).rows[0];
      expect(await count()).toEqual({ n: 0 });
      await client.query('begin');
      await client.query(`select set_config('throughline.tenant_id', $1, true)`, [other]);
      expect(await count()).toEqual({ n: 1 });
      await client.query('commit');
      expect(await count()).toEqual({ n: 0 });
    });
  });

  it('does not take text that is no uuid for a tenant', async () => {
    await expect(test.database.withTenant(`${other}' or true --`, () => Promise.resolve())).rejects.toThrow('uuid');
  });

  it('covers every table that has a tenant, with a policy on its tenant_id and the rights listed', async () => {
    const tables = await connected(test.ownerUrl, async (client) => {
      const { rows } = await client.query<{ name: string; isSecure: boolean; policy: string; rights: string }>(
        `select c.relname as name, c.relrowsecurity as "isSecure", p.qual || '/' || p.with_check as policy,
                (select string_agg(lower(acl.privilege_type), ', ' order by acl.privilege_type)
                   from aclexplode(c.relacl) acl where acl.grantee = $1::regrole) as rights
           from pg_class c
           left join pg_policies p on p.tablename = c.relname and p.schemaname = 'public'
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`,
        [appRole],
      );
      return rows;
    });
    expect(tables.map((table) => table.name).sort()).toEqual(Object.keys(tenantTables).sort());
    for (const table of tables) {
      expect(table).toMatchObject({ isSecure: true });
      expect(
        table.policy.match(/tenant_id = \( SELECT \(NULLIF\(current_setting\('throughline\.tenant_id'/g),
      ).toHaveLength(2);
      expect(table.rights.split(', ').sort()).toEqual(tenantTables[table.name]?.split(', ').sort());
    }
  });

  it('covers the tables of rebuilds as it covers their namesakes', async () => {
    const tables = await connected(test.ownerUrl, async (client) => {
      const { rows } = await client.query<{ name: string; isSecure: boolean; policy: string; rights: string }>(
        `select c.relname as name, c.relrowsecurity as "isSecure", p.qual || '/' || p.with_check as policy,
                (select string_agg(lower(acl.privilege_type), ', ' order by acl.privilege_type)
                   from aclexplode(c.relacl) acl where acl.grantee = $1::regrole) as rights
           from pg_class c
           left join pg_policies p on p.tablename = c.relname and p.schemaname = 'rebuild'
          where c.relnamespace = 'rebuild'::regnamespace and c.relkind = 'r'`,
        [appRole],
      );
      return rows;
    });
    expect(tables.map((table) => table.name).sort()).toEqual([...rebuildTables].sort());
    for (const table of tables) {
      expect(table).toMatchObject({ isSecure: true, rights: 'delete, insert, select, update' });
      expect(
        table.policy.match(/tenant_id = \( SELECT \(NULLIF\(current_setting\('throughline\.tenant_id'/g),
      ).toHaveLength(2);
    }
  });

  it('reads views with the rights of the reader', async () => {
    const views = await connected(test.ownerUrl, async (client) => {
      const { rows } = await client.query<{ name: string; options: string[] | null }>(
        `select relname as name, reloptions as options from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') order by relname`,
      );
      return rows;
    });
    expect(views).toEqual(publishedViews.map((name) => ({ name, options: ['security_invoker=true'] })));
  });
});

describe('rights of the app role', () => {
  let test: TestDatabase;
  const attempt = (sql: string): Promise<unknown> => test.database.withTenant(test.tenantId, (tx) => tx.query(sql));

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.withTenant(test.tenantId, (tx) =>
      tx.query(
        `insert into audit_record values ($1, gen_random_uuid(), now(), 'system', 's', 's', 'a', 's', 's', '{}', null, '\\x00')`,
        [tx.tenantId],
      ),
    );
  });
  afterAll(() => test.close());

  const partition = `signal_${new Date().toISOString().slice(0, 10).replaceAll('-', '_')}`;

  it.each([
    ['change the evidence', `update audit_record set action = 'x'`],
    ['delete the evidence', 'delete from audit_record'],
    ['delete what was received', 'delete from signal'],
    ['rewrite a timeline', 'delete from exception_event'],
    ['empty a table', 'truncate legal_entity'],
    ['change a seal', 'update audit_seal set sequence = 0'],
    ['delete a seal', 'delete from audit_seal'],
    ['read a partition past the policy of its parent', `select from ${partition}`],
    ['write to a partition past the policy of its parent', `delete from ${partition}`],
    ['read jobs', 'select from graphile_worker.jobs'],
    ['add a job past the function', `select graphile_worker.add_job('x')`],
    ['make a tenant past the function', `insert into tenant values (gen_random_uuid(), '', '')`],
    ['write heartbeats past the function', 'delete from worker_heartbeat'],
    ['make tables', 'create table public.mine (id int)'],
    ['make partitions', 'select throughline_ensure_partitions(current_date, 1)'],
    ['switch the policy off', 'alter table legal_entity disable row level security'],
    ['become the job role', 'set role throughline_jobs'],
    ['change the migrations', 'delete from schema_migration'],
  ])('cannot %s', async (_what, sql) => {
    await expect(attempt(sql)).rejects.toMatchObject(denied);
  });

  it('reads the evidence that it wrote', async () => {
    expect(await attempt('select action from audit_record')).toEqual([{ action: 'a' }]);
  });
});
