import { createHash } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../migrate.js';
import { connected } from './connections.js';
import { migrationText } from './migration-text.js';

/** Addresses of a database as its owner and as the app. */
export type DatabaseUrls = { ownerUrl: string; appUrl: string };

const ownerUser = 'throughline_test_owner';
const appUser = 'throughline_test_app';

/** Addresses of a database of the test server, for the test owner and the test app. */
export function urlsOf(adminUrl: string, database: string): DatabaseUrls {
  const address = (user: string): string => {
    const url = new URL(adminUrl);
    url.username = user;
    url.password = rolePassword(adminUrl);
    url.pathname = `/${database}`;
    return url.href;
  };
  return { ownerUrl: address(ownerUser), appUrl: address(appUser) };
}

/** Makes an empty database, owned by the test owner (an ordinary role that may create roles, as in production). */
export async function createEmptyDatabase(client: pg.Client, adminUrl: string, name: string): Promise<DatabaseUrls> {
  await ensureTestRoles(client, adminUrl);
  await client.query(`create database ${name} owner ${ownerUser} template template0 encoding 'UTF8'`);
  return urlsOf(adminUrl, name);
}

/** Makes a clone of the migrated template; the first caller of all workers makes the template. */
export async function cloneTemplate(adminUrl: string, name: string): Promise<DatabaseUrls> {
  await connected(adminUrl, async (client) => {
    const template = await ensureTemplate(client, adminUrl);
    await client.query(`create database ${name} template ${template} owner ${ownerUser}`);
  });
  return urlsOf(adminUrl, name);
}

let knownTemplate: string | undefined;

async function ensureTemplate(client: pg.Client, adminUrl: string): Promise<string> {
  if (knownTemplate) return knownTemplate;
  // The day is part of the name: the template holds the partitions of the days around it.
  const today = new Date().toISOString().slice(0, 10);
  const name = `throughline_template_${createHash('sha256')
    .update(`${today} ${await migrationText()}`)
    .digest('hex')
    .slice(0, 16)}`;
  await client.query(`select pg_advisory_lock(hashtext('throughline template'))`);
  try {
    if (!(await exists(client, name))) {
      const unfinished = `${name}_unfinished`;
      await client.query(`drop database if exists ${unfinished}`);
      const urls = await createEmptyDatabase(client, adminUrl, unfinished);
      await migrate({ ...urls, log: () => undefined });
      await untilUnused(client, unfinished);
      await client.query(`alter database ${unfinished} rename to ${name}`);
    }
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('throughline template'))`);
  }
  knownTemplate = name;
  return name;
}

async function exists(client: pg.Client, database: string): Promise<boolean> {
  const found = await client.query('select from pg_database where datname = $1', [database]);
  return found.rowCount === 1;
}

async function ensureTestRoles(client: pg.Client, adminUrl: string): Promise<void> {
  await client.query(`select pg_advisory_lock(hashtext('throughline test roles'))`);
  try {
    const password = pg.escapeLiteral(rolePassword(adminUrl));
    for (const [role, attributes] of [
      [ownerUser, 'createrole'],
      [appUser, ''],
    ] as const) {
      const found = await client.query('select from pg_roles where rolname = $1', [role]);
      const verb = found.rowCount === 0 ? 'create' : 'alter';
      await client.query(`${verb} role ${role} login ${attributes} password ${password}`);
    }
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('throughline test roles'))`);
  }
}

// The same in every worker without telling each other.
function rolePassword(adminUrl: string): string {
  return createHash('sha256').update(adminUrl).digest('hex');
}

/** Connections to a database by application name; a backend is listed until it has ended. */
export async function connectionsTo(client: pg.Client, database: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_stat_activity where datname = $1 and backend_type = 'client backend' order by 1`,
    [database],
  );
  return rows.map((row) => row.name);
}

/** Waits until nobody is connected to the database; answers who still is after two seconds. */
export async function untilUnused(client: pg.Client, database: string): Promise<string[]> {
  for (let waitedMs = 0; ; waitedMs += 20) {
    const connections = await connectionsTo(client, database);
    if (connections.length === 0 || waitedMs > 2_000) return connections;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
