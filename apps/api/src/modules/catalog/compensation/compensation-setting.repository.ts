import type { Tx } from '@throughline/persistence';
import type { DeclaredCompensation } from '../domain/compensation-rules.js';

/** What an integration undoes or tells, by version; the latest counts. */
export type CompensationSettingRow = {
  integration: string;
  version: number;
  actions: DeclaredCompensation[];
  note: string;
  changedBy: string;
  changedByName: string;
  changedAt: Date;
};

const COLUMNS = `integration, version, actions, note, changed_by as "changedBy", changed_by_name as "changedByName",
  changed_at as "changedAt"`;

/** What all integrations declare now, by name. */
export function listCompensationSettings(tx: Tx): Promise<CompensationSettingRow[]> {
  return tx.query<CompensationSettingRow>(
    `select distinct on (integration) ${COLUMNS} from compensation_setting
     where tenant_id = $1 order by integration, version desc`,
    [tx.tenantId],
  );
}

/** The settings in force per integration; null = it undoes and tells nothing. Fits Operation.loader. */
export async function findCompensationSettings(
  tx: Tx,
  integrations: readonly string[],
): Promise<(CompensationSettingRow | null)[]> {
  const rows = await tx.query<CompensationSettingRow>(
    `select distinct on (integration) ${COLUMNS} from compensation_setting
     where tenant_id = $1 and integration = any($2::text[]) order by integration, version desc`,
    [tx.tenantId, integrations],
  );
  const byName = new Map(rows.map((row) => [row.integration, row]));
  return integrations.map((name) => byName.get(name) ?? null);
}

/** All versions per integration, latest first, at most a hundred of each. Fits Operation.loader. */
export async function findCompensationHistories(
  tx: Tx,
  integrations: readonly string[],
): Promise<CompensationSettingRow[][]> {
  const rows = await tx.query<CompensationSettingRow>(
    `select ${COLUMNS} from (
       select *, row_number() over (partition by integration order by version desc) as place
       from compensation_setting where tenant_id = $1 and integration = any($2::text[])
     ) s where place <= 100 order by integration, version desc`,
    [tx.tenantId, integrations],
  );
  return integrations.map((name) => rows.filter((row) => row.integration === name));
}

/** Lets one act at a time change what an integration declares, and gives what is in force. */
export async function lockCompensationSetting(tx: Tx, integration: string): Promise<CompensationSettingRow | null> {
  // an integration without any settings has no row to lock
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('compensations ' || $1 || ' ' || $2, 0))`, [
    tx.tenantId,
    integration,
  ]);
  const [row = null] = await findCompensationSettings(tx, [integration]);
  return row;
}

export async function addCompensationSetting(tx: Tx, row: CompensationSettingRow): Promise<void> {
  await tx.query(
    `insert into compensation_setting (tenant_id, integration, version, actions, note, changed_by, changed_by_name, changed_at)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8)`,
    [
      tx.tenantId,
      row.integration,
      row.version,
      JSON.stringify(row.actions),
      row.note,
      row.changedBy,
      row.changedByName,
      row.changedAt,
    ],
  );
}
