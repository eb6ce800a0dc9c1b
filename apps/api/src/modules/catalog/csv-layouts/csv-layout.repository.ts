import type { Tx } from '@throughline/persistence';

/** A version of a layout that a tenant declared. */
export type CsvLayoutRow = {
  name: string;
  version: number;
  definition: string;
  note: string;
  createdBy: string;
  createdByName: string;
  createdAt: Date;
};

const COLUMNS = `name, version, definition, note, created_by as "createdBy", created_by_name as "createdByName",
  created_at as "createdAt"`;

/** The latest version of every layout of the tenant, by name. */
export async function listLatestCsvLayouts(tx: Tx): Promise<CsvLayoutRow[]> {
  return tx.query<CsvLayoutRow>(
    `select distinct on (name) ${COLUMNS} from csv_layout where tenant_id = $1 order by name, version desc`,
    [tx.tenantId],
  );
}

/** Every version of every layout of the tenant. */
export async function allCsvLayouts(tx: Tx): Promise<Pick<CsvLayoutRow, 'name' | 'version' | 'definition'>[]> {
  return tx.query(`select name, version, definition from csv_layout where tenant_id = $1 order by name, version`, [
    tx.tenantId,
  ]);
}

/** All versions of the names, latest first. Fits Operation.loader. */
export async function findCsvLayoutVersions(tx: Tx, names: readonly string[]): Promise<CsvLayoutRow[][]> {
  const rows = await tx.query<CsvLayoutRow>(
    `select ${COLUMNS} from csv_layout where tenant_id = $1 and name = any($2::text[]) order by name, version desc`,
    [tx.tenantId, names],
  );
  return names.map((name) => rows.filter((row) => row.name === name));
}

/** Lets one act at a time change a layout, and gives its versions, latest first. */
export async function lockCsvLayout(tx: Tx, name: string): Promise<CsvLayoutRow[]> {
  // a layout without any version has no row to lock
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('csv layout ' || $1 || ' ' || $2, 0))`, [
    tx.tenantId,
    name,
  ]);
  const [versions = []] = await findCsvLayoutVersions(tx, [name]);
  return versions;
}

export async function addCsvLayout(tx: Tx, row: CsvLayoutRow): Promise<void> {
  await tx.query(
    `insert into csv_layout (tenant_id, name, version, definition, note, created_by, created_by_name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.tenantId, row.name, row.version, row.definition, row.note, row.createdBy, row.createdByName, row.createdAt],
  );
}
