import type { Tx } from '@throughline/persistence';
import { SHIPPED_LIMITS, type RunLimits } from '../domain/run.js';
import type { SendingHours } from '../domain/sending-hours.js';
import { LIMIT_COLUMNS, limitsSql, limitValues } from '../run.repository.js';

/** How an integration is sent to. */
export type SendingSettings = RunLimits & {
  /** How long the outcome of what it took may take to be seen. */
  verifyWithinMinutes: number;
  /** Null = at any time. */
  hours: SendingHours | null;
};

/** 0 = nothing was said so far. */
export type StoredSettings = SendingSettings & {
  version: number;
  changedAt: Date | null;
  changedByName: string | null;
};

/** Where nothing is said. */
export const SHIPPED_SETTINGS: StoredSettings = {
  ...SHIPPED_LIMITS,
  verifyWithinMinutes: 60,
  hours: null,
  version: 0,
  changedAt: null,
  changedByName: null,
};

/** Settings per integration; the shipped ones where nothing is said. Fits Operation.loader. */
export async function findSettings(tx: Tx, integrations: readonly string[]): Promise<StoredSettings[]> {
  const rows = await tx.query<StoredSettings & { integration: string }>(
    `select s.integration, ${limitsSql('s')}, s.verify_within_minutes as "verifyWithinMinutes", s.hours, s.version,
            s.changed_at as "changedAt", s.changed_by_name as "changedByName"
     from requeue_settings s where s.tenant_id = $1 and s.integration = any($2::text[])`,
    [tx.tenantId, integrations],
  );
  const byName = new Map(rows.map(({ integration, ...settings }) => [integration, settings]));
  return integrations.map((name) => byName.get(name) ?? SHIPPED_SETTINGS);
}

/** Makes whoever else changes how an integration is sent to wait. */
export async function lockSettings(tx: Tx, integration: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('sending settings ' || $1 || $2, 0))`, [
    tx.tenantId,
    integration,
  ]);
}

/** Says how an integration is sent to from the next request on; its hours hold at once. */
export async function saveSettings(tx: Tx, integration: string, settings: StoredSettings): Promise<void> {
  const columns = `${LIMIT_COLUMNS}, verify_within_minutes, hours, version, changed_at, changed_by_name`;
  const names = columns.split(',').map((column) => `excluded.${column.trim()}`);
  await tx.query(
    `insert into requeue_settings (tenant_id, integration, ${columns})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14)
     on conflict (tenant_id, integration) do update set (${columns}) = row(${names.join(', ')})`,
    [
      tx.tenantId,
      integration,
      ...limitValues(settings),
      settings.verifyWithinMinutes,
      settings.hours && JSON.stringify(settings.hours),
      settings.version,
      settings.changedAt,
      settings.changedByName,
    ],
  );
}
