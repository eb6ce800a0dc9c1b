import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { type TestDatabase, connected, createTestDatabase } from '@throughline/persistence/testing';
import { migrate } from '@throughline/persistence';
import { checkExternalDatabase } from './external-database.js';

jest.setTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe("a database of one's own", () => {
  it('is used as it is when both addresses are given', async () => {
    const { appUrl, ownerUrl } = database;
    expect(await checkExternalDatabase(appUrl, ownerUrl)).toEqual({ appUrl, ownerUrl, isShared: false });
  });

  it('with one address is owned by its user, and used in the role that row-level security applies to', async () => {
    const found = await checkExternalDatabase(database.ownerUrl, undefined);
    expect(found).toMatchObject({ ownerUrl: database.ownerUrl, isShared: true });
    await migrate({ ...found, log: () => undefined });
    const seen = await connected(found.appUrl, async (client) => {
      const { rows } = await client.query(`select current_user as role, (select count(*)::int from tenant) as tenants`);
      return rows;
    });
    expect(seen).toEqual([{ role: 'throughline_app', tenants: 0 }]);
  });

  it('that cannot be reached is named with place and reason, never with its password', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const refused = checkExternalDatabase(`postgres://u:secret@127.0.0.1:${port}/d`, undefined);
    await expect(refused).rejects.toThrow(
      `The database of DATABASE_URL (127.0.0.1:${port}/d) cannot be reached: nothing listens there.`,
    );
    await expect(refused).rejects.not.toThrow('secret');
    const wrong = new URL(database.ownerUrl);
    wrong.password = 'guessed';
    await expect(checkExternalDatabase(wrong.href, undefined)).rejects.toThrow('the password is wrong');
    const missing = new URL(database.ownerUrl);
    missing.pathname = '/no_such_database';
    await expect(checkExternalDatabase(database.appUrl, missing.href)).rejects.toThrow(
      'The database of DATABASE_OWNER_URL',
    );
  });
});
