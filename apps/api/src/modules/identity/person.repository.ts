import type { Tx } from '@throughline/persistence';

/** A person as colleagues see them; the fields match PersonType. */
export type PersonRow = { id: string; displayName: string; email: string; roles: string[] };

const COLUMNS = `person_id as id, display_name as "displayName", email, roles`;

/** People by id, also those who left, in the order of the ids; null where there is none. Fits Operation.loader. */
export async function findPeople(tx: Tx, personIds: readonly string[]): Promise<(PersonRow | null)[]> {
  const rows = await tx.query<PersonRow>(
    `select ${COLUMNS} from person where tenant_id = $1 and person_id = any($2::uuid[])`,
    [tx.tenantId, personIds],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return personIds.map((id) => byId.get(id) ?? null);
}

/** The people who can be given work, by name. */
export async function listActivePeople(tx: Tx): Promise<PersonRow[]> {
  return tx.query<PersonRow>(
    `select ${COLUMNS} from person where tenant_id = $1 and is_active order by display_name, person_id`,
    [tx.tenantId],
  );
}

/** Everybody of the tenant whom a text may name, also those who left. */
export async function listNamedPeople(tx: Tx): Promise<(PersonRow & { isActive: boolean })[]> {
  return tx.query<PersonRow & { isActive: boolean }>(
    `select ${COLUMNS}, is_active as "isActive" from person where tenant_id = $1 order by display_name, person_id`,
    [tx.tenantId],
  );
}
