import type { Client } from 'pg';
import pg from 'pg';
import { appRole, jobsRole } from './migrations/schema/initial/isolation.js';

// Roles belong to the whole server, so that databases which migrate side by side meet here: duplicate_object,
// unique_violation, and "tuple concurrently updated", which the server reports as an internal error.
const raceCodes = new Set(['42710', '23505', 'XX000']);
const attempts = 20;

/**
 * Makes the group roles, lets the owner act as the job role and makes the app's user a member of the app role; without such a
 * user the owner itself may take on the app role. Idempotent.
 * Throws when the app's user does not exist or would bypass row-level security.
 */
export async function ensureRoles(client: Client, appUser: string | undefined): Promise<void> {
  await createRole(client, appRole);
  await createRole(client, jobsRole);
  await letOwnerActAs(client, jobsRole);
  if (appUser === undefined) await letOwnerActAs(client, appRole);
  else await admitAppUser(client, appUser);
  await retryRaces(() =>
    client.query(`
      do $$ begin
        execute format('grant temporary, connect on database %I to ${appRole}', current_database());
      end $$`),
  );
}

async function createRole(client: Client, role: string): Promise<void> {
  await retryRaces(async () => {
    const found = await client.query('select from pg_roles where rolname = $1', [role]);
    if (found.rowCount === 0) await client.query(`create role ${role} nologin`);
  });
}

async function letOwnerActAs(client: Client, role: string): Promise<void> {
  const version = await serverVersion(client);
  // Since 16 the creator of a role administers it but is not allowed to take it on before granting itself that.
  const privilege = version >= 160_000 ? 'SET' : 'MEMBER';
  const grant = `grant ${role} to current_user${version >= 160_000 ? ' with set true' : ''}`;
  await retryRaces(async () => {
    const { rows } = await client.query('select pg_has_role(current_user, $1, $2) as "canSet"', [role, privilege]);
    if (!rows[0]?.canSet) await client.query(grant);
  });
}

async function admitAppUser(client: Client, appUser: string): Promise<void> {
  const { rows } = await client.query<{ isOwner: boolean; isExempt: boolean }>(
    `select rolname = current_user as "isOwner", rolsuper or rolbypassrls as "isExempt" from pg_roles where rolname = $1`,
    [appUser],
  );
  const [role] = rows;
  if (!role)
    throw new Error(`the user "${appUser}" of DATABASE_URL does not exist: create it (create role … login password …)`);
  if (role.isOwner)
    throw new Error(`DATABASE_URL and DATABASE_OWNER_URL both log in as "${appUser}": the app must not own the tables`);
  if (role.isExempt) {
    throw new Error(
      `the user "${appUser}" of DATABASE_URL is a superuser or bypasses row-level security: use an ordinary one`,
    );
  }
  await retryRaces(async () => {
    const member = await client.query(`select pg_has_role($1, '${appRole}', 'USAGE') as "isMember"`, [appUser]);
    if (!member.rows[0]?.isMember) await client.query(`grant ${appRole} to ${pg.escapeIdentifier(appUser)}`);
  });
}

/** server_version_num, for instance 150018. */
export async function serverVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  return rows[0]?.version ?? 0;
}

async function retryRaces(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const isRace = error instanceof pg.DatabaseError && raceCodes.has(error.code ?? '');
      if (!isRace || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * attempt));
    }
  }
}
