import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { jobRunnerUrl, takesOnAppRole, userOf } from './connection-url.js';
import { migrations } from './migrations/index.js';
import { jobsRole } from './migrations/schema/initial/isolation.js';
import { makePartitions } from './partitions.js';
import { matchRebuildTables } from './rebuild-tables.js';
import { oldestServerVersion } from './readiness.js';
import { ensureRoles, serverVersion } from './roles.js';
import { DatabaseUnavailable, isTransientDatabaseError, reasonOf } from './transient-error.js';

/**
 * `ownerUrl` owns the database, `appUrl` names the user that the app logs in as, or is the owner's with `options=-c role=throughline_app`;
 * `log` takes one line per step.
 */
export type MigrateOptions = { ownerUrl: string; appUrl: string; log: (message: string) => void };

/**
 * Brings the database to this version's schema: roles, job schema, tables, rights, partitions for the coming week.
 * Safe to run again and by several processes at once. Throws one clear sentence when the server is too old or a right is lacking.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  await asOwner(options.ownerUrl, async (client) => {
    const appUser = takesOnAppRole(options.appUrl) ? undefined : userOf(options.appUrl, 'DATABASE_URL');
    await ensureRoles(client, appUser);
    await installJobSchema(client, options.ownerUrl);
    const dataSource = await openOwner(options.ownerUrl);
    try {
      const done = await dataSource.runMigrations({ transaction: 'each' });
      for (const migration of done) options.log(`migrated: ${migration.name}`);
      if (done.length === 0) options.log('the schema is up to date');
    } finally {
      await dataSource.destroy();
    }
    await matchRebuildTables(client);
    await client.query('grant select on schema_migration to throughline_app');
    const made = await makePartitions(client, new Date(Date.now() - dayMs), partitionDays);
    if (made > 0) options.log(`partitions made: ${made}`);
  });
}

/** Undoes the last migration; for development and the test that every migration can be undone. */
export async function revertLastMigration(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, async () => {
    const dataSource = await openOwner(ownerUrl);
    try {
      await dataSource.undoLastMigration({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }
  });
}

const dayMs = 86_400_000;
// Yesterday, for a request that began before midnight, today, and the seven days after it.
const partitionDays = 9;

async function asOwner(ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'throughline migrate' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (!isTransientDatabaseError(error)) throw error;
    throw new DatabaseUnavailable(`the database of DATABASE_OWNER_URL cannot be reached: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  try {
    const version = await serverVersion(client);
    if (version < oldestServerVersion) {
      throw new Error(`PostgreSQL ${Math.floor(version / 10_000)} is too old: Throughline needs 15 or newer`);
    }
    // Held until the connection ends: processes that start side by side migrate one after another.
    await client.query(`select pg_advisory_lock(hashtext('throughline migrate'))`);
    await work(client);
  } finally {
    await client.end();
  }
}

function openOwner(url: string): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: 'throughline migrate',
    poolSize: 1,
    migrations: [...migrations],
    migrationsTableName: 'schema_migration',
    installExtensions: false,
    logging: false,
    poolErrorHandler: () => undefined,
  }).initialize();
}

async function installJobSchema(client: pg.Client, ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({
    connectionString: jobRunnerUrl(ownerUrl),
    application_name: 'throughline migrate',
    max: 2,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (connected) => connected.on('error', () => undefined));
  const database = pg.escapeIdentifier(client.database ?? '');
  // The library says "create schema if not exists", which asks for the right even when the schema is there.
  await client.query(`grant create on database ${database} to ${jobsRole}`);
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) });
  } finally {
    await client.query(`revoke create on database ${database} from ${jobsRole}`);
    await pool.end();
  }
}
