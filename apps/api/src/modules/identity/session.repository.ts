import type { Tx } from '@throughline/persistence';

/** A person who can sign in. */
export type SignedInPerson = { personId: string; email: string; displayName: string; roles: string[] };

/** The person when still active. */
export async function findActivePerson(tx: Tx, personId: string): Promise<SignedInPerson | undefined> {
  const [row] = await tx.query<SignedInPerson>(
    `select person_id as "personId", email, display_name as "displayName", roles
     from person where tenant_id = $1 and person_id = $2 and is_active`,
    [tx.tenantId, personId],
  );
  return row;
}

/** Opens a session and removes the person's expired ones, so that the table does not grow for ever. */
export async function insertSession(
  tx: Tx,
  session: { hash: Buffer; personId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.query(`delete from session where tenant_id = $1 and person_id = $2 and expires_at <= $3`, [
    tx.tenantId,
    session.personId,
    session.createdAt,
  ]);
  await tx.query(
    `insert into session (tenant_id, session_hash, person_id, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
    [tx.tenantId, session.hash, session.personId, session.createdAt, session.expiresAt],
  );
}

/** Ends a session; false when there was none. */
export async function deleteSession(tx: Tx, hash: Buffer): Promise<boolean> {
  const rows = await tx.query(`delete from session where tenant_id = $1 and session_hash = $2 returning person_id`, [
    tx.tenantId,
    hash,
  ]);
  return rows.length > 0;
}

/** The tenant as the viewer sees it. */
export async function findTenant(tx: Tx): Promise<{ id: string; name: string; environment: string } | undefined> {
  const [row] = await tx.query<{ id: string; name: string; environment: string }>(
    `select tenant_id as id, name, environment from tenant where tenant_id = $1`,
    [tx.tenantId],
  );
  return row;
}
