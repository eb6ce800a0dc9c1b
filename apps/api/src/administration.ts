import { randomBytes, randomUUID } from 'node:crypto';
import { StartFailure } from '@throughline/observability';
import type { Database, Tx } from '@throughline/persistence';
import { recordAudit, type Actor } from './modules/audit/index.js';
import { findSourceSystems, newIngestKeyText } from './modules/catalog/index.js';
import { createTenant, hashPassword, insertIngestKey, insertPerson } from './modules/identity/index.js';

const OPERATOR: Actor = { kind: 'system', id: 'command-line', name: 'Command line' };

/** Which tenant is meant (the only one, or a new one, when not given) and when. */
type Target = { tenantId: string | undefined; now: Date };

/** The tenant's id; a database without any gets its first. */
async function tenantOf(database: Database, wanted: string | undefined): Promise<string> {
  const existing = await database.tenantIds();
  if (wanted !== undefined) {
    if (!existing.includes(wanted.toLowerCase())) {
      throw new StartFailure(`there is no tenant ${wanted}; the tenants are: ${existing.join(', ') || 'none'}`);
    }
    return wanted.toLowerCase();
  }
  if (existing.length > 1) {
    throw new StartFailure(`say which tenant is meant with --tenant, one of: ${existing.join(', ')}`);
  }
  return existing[0] ?? randomUUID();
}

async function audited(
  tx: Tx,
  now: Date,
  action: string,
  subject: { type: string; id: string },
  details: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, { at: now, actor: OPERATOR, action, subject, details });
}

/** Makes a person with the role admin and a random password, which only the caller gets to see. */
export async function createAdministrator(
  database: Database,
  request: Target & { email: string; displayName: string },
): Promise<{ password: string }> {
  const { email, displayName, now } = request;
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) {
    throw new StartFailure('--email must be an e-mail address');
  }
  const tenantId = await tenantOf(database, request.tenantId);
  const password = randomBytes(18).toString('base64url');
  const passwordHash = await hashPassword(password);
  await database.withTenant(tenantId, async (tx) => {
    if (await createTenant(tx, 'Throughline', 'production')) {
      await audited(tx, now, 'tenant.created', { type: 'tenant', id: tenantId }, {});
    }
    const personId = randomUUID();
    const isNew = await insertPerson(tx, { personId, email, displayName, passwordHash, roles: ['admin'] });
    if (!isNew) {
      throw new StartFailure(`${email} is a person of this tenant already`);
    }
    await audited(
      tx,
      now,
      'person.created',
      { type: 'person', id: personId },
      { email: email.toLowerCase(), roles: ['admin'] },
    );
  });
  return { password };
}

/** Makes a random ingest key, which only the caller gets to see. */
export async function createIngestKey(
  database: Database,
  request: Target & { name: string; sourceSystem: string | null },
): Promise<{ key: string }> {
  const { name, sourceSystem, now } = request;
  const tenantId = await tenantOf(database, request.tenantId);
  const key = newIngestKeyText();
  const keyId = randomUUID();
  await database.withTenant(tenantId, async (tx) => {
    if (await createTenant(tx, 'Throughline', 'production')) {
      await audited(tx, now, 'tenant.created', { type: 'tenant', id: tenantId }, {});
    }
    if (sourceSystem !== null && (await findSourceSystems(tx, [sourceSystem])).length === 0) {
      throw new StartFailure(`there is no source system ${sourceSystem}; people configure them in the console`);
    }
    await insertIngestKey(tx, { keyId, key, name, sourceSystem });
    await audited(tx, now, 'ingest-key.created', { type: 'ingest-key', id: keyId }, { after: { name, sourceSystem } });
  });
  return { key };
}
