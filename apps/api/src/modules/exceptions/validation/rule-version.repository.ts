import type { Tx } from '@throughline/persistence';

export type RuleVersionState = 'draft' | 'active' | 'retired';

/** A tenant's own version of a rule. */
export type RuleVersionRow = {
  name: string;
  version: number;
  definition: string;
  note: string;
  state: RuleVersionState;
  createdById: string;
  createdAt: Date;
  approvedById: string | null;
  approvedAt: Date | null;
};

const COLUMNS = `name, version, definition, note, state, created_by as "createdById", created_at as "createdAt",
  approved_by as "approvedById", approved_at as "approvedAt"`;

/** The version of each name that counts: the active one, else the latest draft, else the last that was retired. */
export async function listLeadingVersions(tx: Tx): Promise<RuleVersionRow[]> {
  return tx.query<RuleVersionRow>(
    `select distinct on (name) ${COLUMNS} from validation_rule_version where tenant_id = $1
     order by name, state = 'active' desc, state = 'draft' desc, version desc`,
    [tx.tenantId],
  );
}

/** Definitions in force. */
export async function listActiveVersions(tx: Tx): Promise<Pick<RuleVersionRow, 'name' | 'version' | 'definition'>[]> {
  return tx.query<RuleVersionRow>(
    `select name, version, definition from validation_rule_version where tenant_id = $1 and state = 'active' order by name`,
    [tx.tenantId],
  );
}

/** All versions of the names, latest first. */
export async function findVersions(tx: Tx, names: readonly string[]): Promise<RuleVersionRow[]> {
  return tx.query<RuleVersionRow>(
    `select ${COLUMNS} from validation_rule_version where tenant_id = $1 and name = any($2::text[]) order by name, version desc`,
    [tx.tenantId, names],
  );
}

/** Lets one act at a time change the versions of a name, and gives them, latest first. */
export async function lockVersions(tx: Tx, name: string): Promise<RuleVersionRow[]> {
  // a name without any version has no row to lock
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('validation rule ' || $1 || ' ' || $2, 0))`, [
    tx.tenantId,
    name,
  ]);
  return findVersions(tx, [name]);
}

export async function addVersion(
  tx: Tx,
  row: Pick<RuleVersionRow, 'name' | 'version' | 'definition' | 'note' | 'createdById' | 'createdAt'>,
): Promise<void> {
  await tx.query(
    `insert into validation_rule_version (tenant_id, name, version, definition, note, state, created_by, created_at)
     values ($1, $2, $3, $4, $5, 'draft', $6, $7)`,
    [tx.tenantId, row.name, row.version, row.definition, row.note, row.createdById, row.createdAt],
  );
}

/** Puts a version in force; the one that was is retired, and remembers by which version. */
export async function activateVersion(
  tx: Tx,
  { name, version, approvedById, at }: { name: string; version: number; approvedById: string; at: Date },
): Promise<void> {
  await tx.query(
    `update validation_rule_version set state = 'retired', replaced_by = $3
     where tenant_id = $1 and name = $2 and state = 'active'`,
    [tx.tenantId, name, version],
  );
  await tx.query(
    `update validation_rule_version set state = 'active', approved_by = $4, approved_at = $5
     where tenant_id = $1 and name = $2 and version = $3`,
    [tx.tenantId, name, version, approvedById, at],
  );
}

/** Retires a version; the one that it had replaced is in force again. Answers that one's number, or null. */
export async function retireVersion(tx: Tx, name: string, version: number): Promise<number | null> {
  await tx.query(
    `update validation_rule_version set state = 'retired' where tenant_id = $1 and name = $2 and version = $3`,
    [tx.tenantId, name, version],
  );
  const [restored] = await tx.query<{ version: number }>(
    `update validation_rule_version set state = 'active', replaced_by = null
     where tenant_id = $1 and name = $2 and replaced_by = $3 returning version`,
    [tx.tenantId, name, version],
  );
  return restored?.version ?? null;
}
