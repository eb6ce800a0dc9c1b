import pg from 'pg';
import { APP_ROLE, DATABASE_NAME, OWNER_ROLE } from '../connection-urls.js';

/**
 * Makes database and sign-in roles of an embedded server, or brings their passwords in line. The owner may make roles
 * because the migration makes the group roles; it is no superuser, so it is subject to what an operator's owner is.
 */
export async function ensureDatabase(superuserUrl: string, passwords: { owner: string; app: string }): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl, application_name: 'throughline launcher' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await ensureRole(client, OWNER_ROLE, `login createrole password ${pg.escapeLiteral(passwords.owner)}`);
    await ensureRole(client, APP_ROLE, `login password ${pg.escapeLiteral(passwords.app)}`);
    const found = await client.query('select from pg_database where datname = $1', [DATABASE_NAME]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE_NAME} owner ${OWNER_ROLE}`);
    await client.query(`revoke connect, temporary on database ${DATABASE_NAME} from public`);
    await client.query(`grant connect on database ${DATABASE_NAME} to ${APP_ROLE}`);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, role: string, properties: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [role]);
  await client.query(`${found.rowCount === 0 ? 'create' : 'alter'} role ${role} ${properties}`);
}
