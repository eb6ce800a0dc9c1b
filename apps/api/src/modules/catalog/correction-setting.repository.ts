import type { Tx } from '@throughline/persistence';

/** What of the payloads of an integration may be corrected, by version; the latest counts. */
export type CorrectionSettingRow = {
  integration: string;
  version: number;
  /** JSON pointers, `*` for positions of lists. */
  fields: string[];
  /** Event type whose contract the payload keeps; null = none is known. */
  contractType: string | null;
  note: string;
  changedBy: string;
  changedByName: string;
  changedAt: Date;
};

const COLUMNS = `integration, version, fields, contract_type as "contractType", note, changed_by as "changedBy",
  changed_by_name as "changedByName", changed_at as "changedAt"`;

/** The settings in force per integration; null = nothing may be corrected. Fits Operation.loader. */
export async function findCorrectionSettings(
  tx: Tx,
  integrations: readonly string[],
): Promise<(CorrectionSettingRow | null)[]> {
  const rows = await tx.query<CorrectionSettingRow>(
    `select distinct on (integration) ${COLUMNS} from correction_setting
     where tenant_id = $1 and integration = any($2::text[]) order by integration, version desc`,
    [tx.tenantId, integrations],
  );
  const byName = new Map(rows.map((row) => [row.integration, row]));
  return integrations.map((name) => byName.get(name) ?? null);
}

/** All versions per integration, latest first, at most a hundred of each. Fits Operation.loader. */
export async function findCorrectionHistories(
  tx: Tx,
  integrations: readonly string[],
): Promise<CorrectionSettingRow[][]> {
  const rows = await tx.query<CorrectionSettingRow>(
    `select ${COLUMNS} from (
       select *, row_number() over (partition by integration order by version desc) as place
       from correction_setting where tenant_id = $1 and integration = any($2::text[])
     ) s where place <= 100 order by integration, version desc`,
    [tx.tenantId, integrations],
  );
  return integrations.map((name) => rows.filter((row) => row.integration === name));
}

/** Lets one act at a time change what may be corrected, and gives what is in force. */
export async function lockCorrectionSetting(tx: Tx, integration: string): Promise<CorrectionSettingRow | null> {
  // an integration without any settings has no row to lock
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('corrections ' || $1 || ' ' || $2, 0))`, [
    tx.tenantId,
    integration,
  ]);
  const [row = null] = await findCorrectionSettings(tx, [integration]);
  return row;
}

export async function addCorrectionSetting(tx: Tx, row: CorrectionSettingRow): Promise<void> {
  await tx.query(
    `insert into correction_setting (tenant_id, integration, version, fields, contract_type, note, changed_by,
                                     changed_by_name, changed_at)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9)`,
    [
      tx.tenantId,
      row.integration,
      row.version,
      JSON.stringify(row.fields),
      row.contractType,
      row.note,
      row.changedBy,
      row.changedByName,
      row.changedAt,
    ],
  );
}
