import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import type { Role } from './domain/permissions.js';

/** Makes the tenant when it is not there; its transaction must be the tenant's own. True = it was made. */
export async function createTenant(tx: Tx, name: string, environment: string): Promise<boolean> {
  const existing = await tx.query(`select 1 from tenant where tenant_id = $1`, [tx.tenantId]);
  await tx.query(`select throughline_create_tenant($1, $2, $3)`, [tx.tenantId, name, environment]);
  return existing.length === 0;
}

/** Adds a person; false = the e-mail address is taken and nothing was changed. */
export async function insertPerson(
  tx: Tx,
  person: { personId?: string; email: string; displayName: string; passwordHash: string; roles: readonly Role[] },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into person (tenant_id, person_id, email, display_name, password_hash, roles)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning person_id`,
    [
      tx.tenantId,
      person.personId ?? randomUUID(),
      person.email.toLowerCase(),
      person.displayName,
      person.passwordHash,
      [...person.roles],
    ],
  );
  return rows.length > 0;
}

/** Adds an ingest key, of which only the SHA-256 is kept; false = this very key is there already. */
export async function insertIngestKey(
  tx: Tx,
  key: { keyId: string; key: string; name: string; sourceSystem: string | null },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into ingest_key (tenant_id, key_id, key_hash, name, source_system)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning key_id`,
    [tx.tenantId, key.keyId, createHash('sha256').update(key.key, 'utf8').digest(), key.name, key.sourceSystem],
  );
  return rows.length > 0;
}
