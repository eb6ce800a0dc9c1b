import pg from 'pg';
import { APP_GROUP, placeOf, withRole } from './connection-urls.js';
import { LaunchProblem } from './launch-problem.js';

/** Addresses that the processes are given. */
export type DatabaseAddresses = { appUrl: string; ownerUrl: string };

const OLDEST_MAJOR = 15;
const CONNECT_TIMEOUT_MS = 10_000;

/** Why a database cannot be signed in to, in words; the driver's own text where there are none. */
function reasonOf(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: { message: string }[] };
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'the host name cannot be looked up',
    ETIMEDOUT: 'there is no answer',
    EHOSTUNREACH: 'the host cannot be reached',
    '28P01': 'the password is wrong',
    '28000': 'the server does not let this user in',
    '3D000': 'there is no such database',
    '53300': 'the server has too many connections',
    '57P03': 'the server is starting up or shutting down',
  };
  return (
    (code === undefined ? undefined : known[code]) ??
    errors?.[0]?.message ??
    (message === undefined || message === '' ? String(code) : message)
  );
}

async function checkServer(url: string, variable: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'throughline launcher',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new LaunchProblem(
      `The database of ${variable} (${placeOf(url)}) cannot be reached: ${reasonOf(error)}. Start it or correct ${variable}; without it an embedded database is used.`,
    );
  }
  try {
    const { rows } = await client.query<{ version: number; text: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as text`,
    );
    const server = rows[0];
    if (!server || Math.floor(server.version / 10_000) < OLDEST_MAJOR) {
      throw new LaunchProblem(
        `The database of ${variable} (${placeOf(url)}) is PostgreSQL ${server?.text ?? 'of unknown version'}; Throughline needs ${OLDEST_MAJOR} or newer.`,
      );
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Checks a database of one's own and says which addresses the processes get. With DATABASE_URL alone its user owns the
 * tables, and the processes take on the group that row-level security applies to: `isShared` tells that it was so.
 */
export async function checkExternalDatabase(
  databaseUrl: string,
  databaseOwnerUrl: string | undefined,
): Promise<DatabaseAddresses & { isShared: boolean }> {
  await checkServer(
    databaseOwnerUrl ?? databaseUrl,
    databaseOwnerUrl === undefined ? 'DATABASE_URL' : 'DATABASE_OWNER_URL',
  );
  if (databaseOwnerUrl !== undefined) {
    await checkServer(databaseUrl, 'DATABASE_URL');
    return { appUrl: databaseUrl, ownerUrl: databaseOwnerUrl, isShared: false };
  }
  return { appUrl: withRole(databaseUrl, APP_GROUP), ownerUrl: databaseUrl, isShared: true };
}
