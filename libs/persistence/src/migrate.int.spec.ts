import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { Database } from './database.js';
import { ensurePartitions } from './partitions.js';
import { migrate, revertLastMigration } from './migrate.js';
import { migrationNames } from './migrations/index.js';
import { adminUrl } from './testing/test-environment.js';
import { connected, createTestDatabase, dumpSchema } from './testing/index.js';
import { createEmptyDatabase } from './testing/template-database.js';
import type { DatabaseUrls } from './testing/template-database.js';
import { dropDatabase } from './testing/test-database.js';

const silent = (): void => undefined;

async function withEmptyDatabase(work: (urls: DatabaseUrls, name: string) => Promise<void>): Promise<void> {
  const name = `throughline_empty_${randomBytes(8).toString('hex')}`;
  const urls = await connected(adminUrl(), (admin) => createEmptyDatabase(admin, adminUrl(), name));
  try {
    await work(urls, name);
  } finally {
    await dropDatabase(adminUrl(), name);
  }
}

describe('migrate', () => {
  it('tells what it did, and does nothing the second time', async () => {
    await withEmptyDatabase(async (urls) => {
      const first: string[] = [];
      await migrate({ ...urls, log: (line) => first.push(line) });
      expect(first).toEqual([...migrationNames.map((name) => `migrated: ${name}`), 'partitions made: 45']);
      const before = await connected(urls.ownerUrl, dumpSchema);
      const second: string[] = [];
      await migrate({ ...urls, log: (line) => second.push(line) });
      expect(second).toEqual(['the schema is up to date']);
      expect(await connected(urls.ownerUrl, dumpSchema)).toBe(before);
    });
  });

  it('can be started several times at once, in one database and in several', async () => {
    await withEmptyDatabase((one) =>
      withEmptyDatabase(async (two) => {
        await Promise.all([one, one, two, two].map((urls) => migrate({ ...urls, log: silent })));
        const dumps = await Promise.all([one, two].map((urls) => connected(urls.ownerUrl, dumpSchema)));
        expect(dumps[0]).toBe(dumps[1]);
      }),
    );
  });

  it('reverts every migration, the last one first, and makes the same schema again', async () => {
    const test = await createTestDatabase();
    const before = await connected(test.ownerUrl, dumpSchema);
    await test.database.close();
    for (const _name of migrationNames) await revertLastMigration(test.ownerUrl);
    const left = await connected(test.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         union all select proname from pg_proc where pronamespace = 'public'::regnamespace`,
      );
      return rows;
    });
    expect(left).toEqual([{ relname: 'schema_migration' }]);
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    expect(await connected(test.ownerUrl, dumpSchema)).toBe(before);
    await test.close();
  });

  it('makes a place for the links of spans of every day that is stored already', async () => {
    const test = await createTestDatabase();
    await ensurePartitions(test.ownerUrl, new Date(Date.now() - 40 * 86_400_000), 3);
    const daysOf = (parent: string) =>
      connected(test.ownerUrl, async (owner) => {
        const { rows } = await owner.query<{ day: string }>(
          `select right(inhrelid::regclass::text, 10) as day from pg_inherits where inhparent = $1::regclass order by 1`,
          [parent],
        );
        return rows.map((row) => row.day);
      });
    await test.database.close();
    const later = migrationNames.slice(migrationNames.findIndex((name) => name.startsWith('SpanLinks')));
    for (const _name of later) await revertLastMigration(test.ownerUrl);
    const stored = await daysOf('span_chunk');
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    expect(stored.length).toBeGreaterThan(10);
    expect(await daysOf('span_link')).toEqual(expect.arrayContaining(stored));
    await test.close();
  });

  it('gives the tables of rebuilds the form that theirs have now, and fails the rebuild that lost what it had made', async () => {
    const test = await createTestDatabase();
    const shapes = (table: string) =>
      connected(test.ownerUrl, async (owner) => {
        const { rows } = await owner.query<{ columns: string }>(
          `select string_agg(column_name, ' ' order by ordinal_position) as columns from information_schema.columns
           where table_name = $1 group by table_schema order by table_schema`,
          [table],
        );
        return rows.map((row) => row.columns);
      });
    await connected(test.ownerUrl, (owner) =>
      owner.query(
        `alter table milestone add column weight integer not null default 0;
         create index milestone_weight on milestone (tenant_id, weight);
         insert into lineage_rebuild (tenant_id, rebuild_id, reason, scope, state, requested_at)
         values ('${test.tenantId}', gen_random_uuid(), 'x', '{}', 'ready', now())`,
      ),
    );
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    const [live, beside] = await shapes('milestone');
    expect(live).toContain('weight');
    expect(beside).toBe(live);
    const states = await connected(test.ownerUrl, (owner) => owner.query('select state, error from lineage_rebuild'));
    expect(states.rows).toEqual([{ state: 'failed', error: 'a new version changed the tables' }]);
    await connected(test.ownerUrl, (owner) => owner.query(`update lineage_rebuild set state = 'ready'`));
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    const kept = await connected(test.ownerUrl, (owner) => owner.query('select state from lineage_rebuild'));
    expect(kept.rows).toEqual([{ state: 'ready' }]);
    await test.close();
  });

  it('works as a superuser too', async () => {
    await withEmptyDatabase(async (urls, name) => {
      const ownerUrl = new URL(adminUrl());
      ownerUrl.pathname = `/${name}`;
      await migrate({ ownerUrl: ownerUrl.href, appUrl: urls.appUrl, log: silent });
      const database = await Database.open({ url: urls.appUrl, applicationName: 'test' });
      expect(await database.readiness()).toEqual({ isReady: true, problems: [] });
      expect(await database.tenantIds()).toEqual([]);
      await database.close();
    });
  });

  it.each([
    [
      'does not exist',
      (url: string) => url.replace('throughline_test_app', 'nobody_here'),
      'the user "nobody_here" of DATABASE_URL does not exist',
    ],
    [
      'is the owner',
      (url: string) => url.replace('throughline_test_app', 'throughline_test_owner'),
      'the app must not own the tables',
    ],
    ['is a superuser', () => adminUrl(), 'bypasses row-level security'],
    ['is not named', () => 'postgres://127.0.0.1/x', 'DATABASE_URL names no user'],
  ])('refuses an app user that %s', async (_what, change, message) => {
    await withEmptyDatabase(async (urls) => {
      await expect(migrate({ ownerUrl: urls.ownerUrl, appUrl: change(urls.appUrl), log: silent })).rejects.toThrow(
        message,
      );
    });
  });

  it('says that the server cannot be reached', async () => {
    const ownerUrl = 'postgres://owner:secret@127.0.0.1:1/none';
    await expect(migrate({ ownerUrl, appUrl: ownerUrl, log: silent })).rejects.toThrow(
      'cannot be reached: connect ECONNREFUSED',
    );
  });
});

describe('partitions', () => {
  it('are made once, a day each, and a row goes to its day', async () => {
    const test = await createTestDatabase();
    const from = new Date('2030-02-27T23:30:00Z');
    await ensurePartitions(test.ownerUrl, from, 3);
    await Promise.all([ensurePartitions(test.ownerUrl, from, 4), ensurePartitions(test.ownerUrl, from, 4)]);
    const bounds = await connected(test.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ name: string; bound: string }>(
        `select relname as name, pg_get_expr(relpartbound, oid) as bound from pg_class
          where relispartition and relkind = 'r' and relname like 'span\\_chunk\\_2030%' order by relname`,
      );
      return rows.map((row) => `${row.name} ${row.bound}`);
    });
    expect(bounds).toEqual([
      `span_chunk_2030_02_27 FOR VALUES FROM ('2030-02-27') TO ('2030-02-28')`,
      `span_chunk_2030_02_28 FOR VALUES FROM ('2030-02-28') TO ('2030-03-01')`,
      `span_chunk_2030_03_01 FOR VALUES FROM ('2030-03-01') TO ('2030-03-02')`,
      `span_chunk_2030_03_02 FOR VALUES FROM ('2030-03-02') TO ('2030-03-03')`,
    ]);
    await test.close();
  });

  it('have the indexes of their parent, attached', async () => {
    const test = await createTestDatabase();
    const loose = await connected(test.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select c.relname, count(*) filter (where not i.relispartition)::int as loose, count(*)::int as indexes
           from pg_class c join pg_index x on x.indrelid = c.oid join pg_class i on i.oid = x.indexrelid
          where c.relispartition and c.relname like 'signal\\_2%' group by c.relname having count(*) filter (where not i.relispartition) > 0`,
      );
      return rows;
    });
    expect(loose).toEqual([]);
    await test.close();
  });

  it('are missing for a day that nobody made: the row is refused, not lost elsewhere', async () => {
    const test = await createTestDatabase();
    const store = test.database.withTenant(test.tenantId, (tx) =>
      tx.query(
        `insert into signal (tenant_id, received_on, signal_id, batch_id, kind, source, external_id, scoped_key, type, received_at, attributes, body)
         values ($1, '2040-01-01', gen_random_uuid(), gen_random_uuid(), 'event', '', '', '', '', now(), '{}', '')`,
        [test.tenantId],
      ),
    );
    await expect(store).rejects.toMatchObject({ code: '23514' });
    await test.close();
  });
});

describe('createTestDatabase', () => {
  it('fails at its end when a connection was left open', async () => {
    const test = await createTestDatabase();
    const leak = new pg.Client({ connectionString: test.appUrl, application_name: 'the leak' });
    leak.on('error', () => undefined);
    await leak.connect();
    await expect(test.close()).rejects.toThrow('connections left open at the end of the test: the leak');
    await leak.end().catch(() => undefined);
  });
});
