import { randomBytes, randomUUID } from 'node:crypto';
import { Database } from '../database.js';
import { adminUrl } from './test-environment.js';
import { connected } from './connections.js';
import { cloneTemplate, untilUnused } from './template-database.js';

/** A database of a test's own: addresses of both roles, the app's view of it, one tenant. `close` drops it. */
export type TestDatabase = {
  appUrl: string;
  ownerUrl: string;
  database: Database;
  tenantId: string;
  close(): Promise<void>;
};

/**
 * Clones the migrated template (the job schema included) and makes one tenant. `close` fails when connections to the
 * database are left open: a leak in a test is a leak in the code it tests.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = adminUrl();
  const name = `throughline_test_${randomBytes(8).toString('hex')}`;
  const urls = await cloneTemplate(admin, name);
  const tenantId = randomUUID();
  await createTenant(urls.ownerUrl, tenantId);
  const database = await Database.open({ url: urls.appUrl, poolSize: 5, applicationName: 'test' });
  return {
    ...urls,
    database,
    tenantId,
    close: async () => {
      await database.close();
      await dropDatabase(admin, name);
    },
  };
}

/** Makes a further tenant in a test's database. */
export async function createTenant(ownerUrl: string, tenantId: string): Promise<void> {
  await connected(ownerUrl, (client) =>
    client.query(`select throughline_create_tenant($1, 'Test', 'test')`, [tenantId]),
  );
}

/** Drops a test's database; throws, after dropping it all the same, when somebody was still connected. */
export async function dropDatabase(admin: string, name: string): Promise<void> {
  await connected(admin, async (client) => {
    const left = await untilUnused(client, name);
    await client.query(`drop database ${name} with (force)`);
    if (left.length > 0) throw new Error(`connections left open at the end of the test: ${left.join(', ')}`);
  });
}
