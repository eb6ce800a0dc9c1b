import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from './database.js';
import { LegalEntityEntity } from './entities/index.js';
import { connected, createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';
import { DatabaseUnavailable, isTransientDatabaseError } from './transient-error.js';
import type { Tx } from './tx.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.close());

const addEntity = (tx: Tx, code: string): Promise<unknown> =>
  tx.query(`insert into legal_entity values ($1, $2, '', '', '', '', '')`, [tx.tenantId, code]);
const codes = (prefix: string): Promise<string[]> =>
  test.database.withTenant(test.tenantId, async (tx) => {
    const rows = await tx.query<{ code: string }>(
      'select code from legal_entity where tenant_id = $1 and code >= $2 and code < $3',
      [tx.tenantId, prefix, `${prefix}\u{10FFFF}`],
    );
    return rows.map((row) => row.code);
  });

describe('withTenant', () => {
  it('commits what the work did and answers its result', async () => {
    expect(await test.database.withTenant(test.tenantId, (tx) => addEntity(tx, 'A1').then(() => 'done'))).toBe('done');
    expect(await codes('A')).toEqual(['A1']);
  });

  it('rolls back when the work throws, and throws the same', async () => {
    const failure = new Error('no');
    const work = test.database.withTenant(test.tenantId, async (tx) => {
      await addEntity(tx, 'B1');
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await codes('B')).toEqual([]);
  });

  it('does not report success when a failed statement was swallowed', async () => {
    const work = test.database.withTenant(test.tenantId, async (tx) => {
      await addEntity(tx, 'C1');
      await addEntity(tx, 'C1').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('a statement in it failed');
    expect(await codes('C')).toEqual([]);
  });

  it('writes nothing when read-only', async () => {
    const work = test.database.withTenant(test.tenantId, (tx) => addEntity(tx, 'D1'), { readOnly: true });
    await expect(work).rejects.toMatchObject({ code: '25006' });
  });

  it('answers rows of statements that change rows', async () => {
    const rows = await test.database.withTenant(test.tenantId, async (tx) => {
      await addEntity(tx, 'E1');
      return tx.query(`update legal_entity set name = 'E' where tenant_id = $1 and code = 'E1' returning name`, [
        tx.tenantId,
      ]);
    });
    expect(rows).toEqual([{ name: 'E' }]);
  });

  it('runs statements one after another, also those of the manager, however they were called', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error): unknown => warnings.push(warning.message);
    process.on('warning', listen);
    await test.database.withTenant(test.tenantId, async (tx) => {
      const row = {
        tenantId: tx.tenantId,
        code: 'F2',
        name: '',
        country: '',
        currency: '',
        calendar: '',
        timeZone: '',
      };
      await Promise.all([
        addEntity(tx, 'F1'),
        tx.manager.insert(LegalEntityEntity, row),
        tx.query('select pg_sleep(0.01)'),
        tx.manager.findBy(LegalEntityEntity, { tenantId: tx.tenantId }),
        addEntity(tx, 'F3'),
      ]);
    });
    await sleep(1);
    process.off('warning', listen);
    expect(await codes('F')).toEqual(['F1', 'F2', 'F3']);
    expect(warnings).toEqual([]);
  });

  it("keeps TypeORM's save inside the transaction", async () => {
    const work = test.database.withTenant(test.tenantId, async (tx) => {
      const row = {
        tenantId: tx.tenantId,
        code: 'G1',
        name: '',
        country: '',
        currency: '',
        calendar: '',
        timeZone: '',
      };
      await tx.manager.save(LegalEntityEntity, row);
      await tx.manager.transaction((inner) => inner.save(LegalEntityEntity, { ...row, code: 'G2' }));
      throw new Error('undone');
    });
    await expect(work).rejects.toThrow('undone');
    expect(await codes('G')).toEqual([]);
  });

  it('lets nothing run after its end', async () => {
    const tx = await test.database.withTenant(test.tenantId, (inner) => Promise.resolve(inner));
    await expect(tx.query('select 1')).rejects.toThrow('the transaction has ended');
  });

  it('gives dates as text, numerics and bigints as strings, instants as Date', async () => {
    const [row] = await test.database.withTenant(test.tenantId, (tx) =>
      tx.query(
        `select date '2026-03-29' as d, 1.50::numeric as n, 9007199254740993 as b, timestamptz '2026-01-01Z' as t`,
      ),
    );
    expect(row).toEqual({ d: '2026-03-29', n: '1.50', b: '9007199254740993', t: new Date('2026-01-01T00:00:00Z') });
  });

  it('survives that its connection is cut, and says that it may be tried again', async () => {
    const work = test.database.withTenant(test.tenantId, async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await tx.query('select pg_terminate_backend($1)', [row?.pid]);
    });
    const error: unknown = await work.catch((reason: unknown) => reason);
    expect(isTransientDatabaseError(error)).toBe(true);
    expect(await test.database.withTenant(test.tenantId, (tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });
});

describe('openReadTransaction', () => {
  it('keeps one snapshot and writes nothing', async () => {
    const reading = await test.database.openReadTransaction(test.tenantId);
    const count = (): Promise<unknown> =>
      reading.tx.query(`select count(*)::int as n from legal_entity where tenant_id = $1 and code = 'H1'`, [
        test.tenantId,
      ]);
    expect(await count()).toEqual([{ n: 0 }]);
    await test.database.withTenant(test.tenantId, (tx) => addEntity(tx, 'H1'));
    expect(await count()).toEqual([{ n: 0 }]);
    await expect(addEntity(reading.tx, 'H2')).rejects.toMatchObject({ code: '25006' });
    await reading.close();
    await reading.close();
  });
});

describe('look-ups without a tenant', () => {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  const person = randomUUID();
  const left = randomUUID();

  beforeAll(() =>
    test.database.withTenant(test.tenantId, async (tx) => {
      const key =
        'insert into ingest_key (tenant_id, key_id, key_hash, name, source_system, revoked_at) values ($1, $2, $3, $4, $5, $6)';
      await tx.query(key, [tx.tenantId, randomUUID(), hash('live'), 'live', 'sap', null]);
      await tx.query(key, [tx.tenantId, randomUUID(), hash('revoked'), 'revoked', null, new Date()]);
      const people = `insert into person (tenant_id, person_id, email, display_name, password_hash, roles, is_active) values ($1, $2, $3, '', $4, '{}', $5)`;
      await tx.query(people, [tx.tenantId, person, 'ann@example.org', 'hash-a', true]);
      await tx.query(people, [tx.tenantId, left, 'bob@example.org', 'hash-b', false]);
      const session = 'insert into session (tenant_id, session_hash, person_id, expires_at) values ($1, $2, $3, $4)';
      await tx.query(session, [tx.tenantId, hash('open'), person, new Date(Date.now() + 60_000)]);
      await tx.query(session, [tx.tenantId, hash('expired'), person, new Date(Date.now() - 1)]);
      await tx.query(session, [tx.tenantId, hash('left'), left, new Date(Date.now() + 60_000)]);
    }),
  );

  it('finds an ingest key by its hash, unless revoked or unknown', async () => {
    expect(await test.database.findIngestKey(hash('live'))).toMatchObject({
      tenantId: test.tenantId,
      sourceSystem: 'sap',
    });
    expect(await test.database.findIngestKey(hash('revoked'))).toBeNull();
    expect(await test.database.findIngestKey(hash('unknown'))).toBeNull();
  });

  it('finds active people by e-mail address in any case', async () => {
    const expected = [{ tenantId: test.tenantId, personId: person, passwordHash: 'hash-a' }];
    expect(await test.database.findSignIn('Ann@Example.org')).toEqual(expected);
    expect(await test.database.findSignIn('bob@example.org')).toEqual([]);
  });

  it('finds a session that is open, of an active person', async () => {
    expect(await test.database.findSession(hash('open'))).toMatchObject({
      tenantId: test.tenantId,
      personId: person,
      email: 'ann@example.org',
      roles: [],
    });
    expect(await test.database.findSession(hash('expired'))).toBeNull();
    expect(await test.database.findSession(hash('left'))).toBeNull();
  });
});

describe('readiness', () => {
  it('is ready on a migrated server that writes durably', async () => {
    expect(await test.database.readiness()).toEqual({ isReady: true, problems: [] });
  });

  it('names missing partitions, a lacking migration and lax durability', async () => {
    const own = await createTestDatabase();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '_');
    const name = new URL(own.ownerUrl).pathname.slice(1);
    await connected(own.ownerUrl, async (owner) => {
      await owner.query(`drop table signal_${tomorrow}; update schema_migration set name = 'Other'`);
      await owner.query(`alter database ${name} set synchronous_commit = off`);
    });
    const database = await Database.open({ url: own.appUrl, applicationName: 'test' });
    const { isReady, problems } = await database.readiness();
    await database.close();
    expect(isReady).toBe(false);
    expect(problems).toEqual([
      expect.stringContaining('synchronous_commit is off'),
      expect.stringContaining('migrations are missing: Initial'),
      expect.stringContaining(`partition signal_${tomorrow} is missing`),
    ]);
    await own.close();
  });

  it('is not ready, and does not throw, when the server does not answer', async () => {
    const database = await Database.open({ url: test.appUrl, applicationName: 'test' });
    await database.close();
    expect(await database.readiness()).toMatchObject({ isReady: false });
  });
});

describe('open', () => {
  it('says that the server cannot be reached, without the password', async () => {
    const opening = Database.open({ url: 'postgres://user:secret@127.0.0.1:1/none', applicationName: 'test' });
    const error: unknown = await opening.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(String(error)).toMatch(/127\.0\.0\.1:1/);
    expect(String(error)).not.toMatch(/secret/);
  });

  it('passes on that the password is wrong', async () => {
    const url = new URL(test.appUrl);
    url.password = 'wrong';
    await expect(Database.open({ url: url.href, applicationName: 'test' })).rejects.toMatchObject({ code: '28P01' });
  });
});

describe('the pool', () => {
  it('gives every connection back, also after failures', async () => {
    const own = await Database.open({ url: test.appUrl, poolSize: 1, applicationName: 'one connection' });
    for (let round = 0; round < 3; round += 1) {
      await own.withTenant(test.tenantId, (tx) => tx.query('select no_such_column')).catch(() => undefined);
      await own.withTenant(test.tenantId, (tx) => tx.query('select 1'));
      await own.tenantIds();
    }
    await own.close();
  });
});
