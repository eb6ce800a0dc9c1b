import { loadWorkflows, type Workflow } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { MaintenanceCover, type MaintenanceWindow } from './maintenance-cover.js';

type WindowRow = {
  id: string;
  sourceSystem: string | null;
  integration: string | null;
  reason: string;
  startsAt: Date;
  endsAt: Date | null;
  weekday: number | null;
  fromTime: string | null;
  toTime: string | null;
  timeZone: string;
  endedAt: Date | null;
  endedByName: string | null;
  plannedByName: string;
  plannedAt: Date;
};

const COLUMNS = `window_id as id, source_system as "sourceSystem", integration, reason, starts_at as "startsAt", ends_at as "endsAt",
  weekday, from_time as "fromTime", to_time as "toTime", time_zone as "timeZone", ended_at as "endedAt",
  ended_by_name as "endedByName", planned_by_name as "plannedByName", planned_at as "plannedAt"`;

/** What ended longer ago holds nothing any more that anybody looks at. */
const KEPT_IN_MIND_MS = 92 * 86_400_000;
/** Windows that are listed: the latest planned. */
const MOST_LISTED = 500;

/** The latest planned first. */
export async function listWindows(tx: Tx): Promise<MaintenanceWindow[]> {
  const rows = await tx.query<WindowRow>(
    `select ${COLUMNS} from maintenance_window where tenant_id = $1 order by planned_at desc, window_id limit ${MOST_LISTED}`,
    [tx.tenantId],
  );
  return rows.map(toWindow);
}

/** Holds a window against another act until the transaction ends; null = there is none. */
export async function lockWindow(tx: Tx, id: string): Promise<MaintenanceWindow | null> {
  const [row] = await tx.query<WindowRow>(
    `select ${COLUMNS} from maintenance_window where tenant_id = $1 and window_id = $2 for update`,
    [tx.tenantId, id],
  );
  return row === undefined ? null : toWindow(row);
}

export async function insertWindow(
  tx: Tx,
  { id, sourceSystem, integration, reason, plan, plannedByName, plannedAt }: MaintenanceWindow,
  plannedById: string,
): Promise<void> {
  const { weekly } = plan;
  await tx.query(
    `insert into maintenance_window (tenant_id, window_id, source_system, integration, reason, starts_at, ends_at, weekday, from_time,
       to_time, time_zone, planned_by, planned_by_name, planned_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      tx.tenantId,
      id,
      sourceSystem,
      integration,
      reason,
      plan.startsAt,
      plan.endsAt,
      weekly?.weekday ?? null,
      weekly?.fromTime ?? null,
      weekly?.toTime ?? null,
      plan.timeZone,
      plannedById,
      plannedByName,
      plannedAt,
    ],
  );
}

export async function endWindow(tx: Tx, id: string, by: { name: string; at: Date }): Promise<void> {
  await tx.query(
    `update maintenance_window set ended_at = $3, ended_by_name = $4 where tenant_id = $1 and window_id = $2`,
    [tx.tenantId, id, by.at, by.name],
  );
}

let workflows: readonly Workflow[] | undefined;

/** What planned maintenance holds up, now and lately; null = none is planned. */
export async function loadMaintenance(tx: Tx, now: Date): Promise<MaintenanceCover | null> {
  const rows = await tx.query<WindowRow>(
    `select ${COLUMNS} from maintenance_window where tenant_id = $1
       and case when ended_at is not null then ended_at > $2 when ends_at is not null then ends_at > $2 else true end`,
    [tx.tenantId, new Date(now.getTime() - KEPT_IN_MIND_MS)],
  );
  if (rows.length === 0) return null;
  const integrations = await tx.query<{ name: string; fromSystem: string; toSystem: string }>(
    `select name, from_system as "fromSystem", to_system as "toSystem" from integration where tenant_id = $1`,
    [tx.tenantId],
  );
  const systems = await tx.query<{ name: string; kind: string }>(
    `select name, kind from source_system where tenant_id = $1 and name = any($2::text[])`,
    [tx.tenantId, rows.flatMap(({ sourceSystem }) => sourceSystem ?? [])],
  );
  workflows ??= loadWorkflows();
  const systemKinds = new Map(systems.map(({ name, kind }) => [name, kind]));
  return new MaintenanceCover(rows.map(toWindow), { integrations, systemKinds }, workflows);
}

function toWindow(row: WindowRow): MaintenanceWindow {
  const { id, sourceSystem, integration, reason, plannedByName, plannedAt, endedByName } = row;
  const { weekday, fromTime, toTime } = row;
  return {
    id,
    sourceSystem,
    integration,
    reason,
    plan: {
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt?.toISOString() ?? null,
      weekly: weekday === null || fromTime === null || toTime === null ? null : { weekday, fromTime, toTime },
      timeZone: row.timeZone,
      endedAt: row.endedAt?.toISOString() ?? null,
    },
    plannedByName,
    plannedAt,
    endedByName,
  };
}
