import type { Tx } from '@throughline/persistence';
import type { ChangeCounts, ChangeReport, ChangeRow, ChangedRow } from '../../domain/change-report.js';
import type { ReportPlace } from './remapping.repository.js';

/** A row that mapping again would change. */
export type KeptChange = { part: string; label: string; row: ChangedRow };

/** Part of the changes that are activities; all others are named as their table. */
export const ACTIVITY_PART = 'activity';

/** Begins a report, or begins it again: nothing of an earlier one is left. */
export async function beginReport(
  tx: Tx,
  remappingId: string,
  { until, total, place }: { until: Date; total: number; place: ReportPlace },
): Promise<void> {
  await tx.query('delete from remapping_change where tenant_id = $1 and remapping_id = $2', [tx.tenantId, remappingId]);
  await tx.query(
    `update remapping set reported_to = $3, signals_total = $4, report_place = $5::jsonb
     where tenant_id = $1 and remapping_id = $2 and state = 'reporting'`,
    [tx.tenantId, remappingId, until, total, JSON.stringify(place)],
  );
}

export async function advanceReport(tx: Tx, remappingId: string, place: ReportPlace): Promise<void> {
  await tx.query(
    `update remapping set report_place = $3::jsonb where tenant_id = $1 and remapping_id = $2 and state = 'reporting'`,
    [tx.tenantId, remappingId, JSON.stringify(place)],
  );
}

/** Keeps rows that would change, behind those that are kept. */
export async function keepChanges(
  tx: Tx,
  remappingId: string,
  from: number,
  changes: readonly KeptChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `insert into remapping_change (tenant_id, remapping_id, position, part, label, before, after)
     select $1, $2, position, part, label, nullif(before, 'null'), nullif(after, 'null')
     from jsonb_to_recordset($3::jsonb) as c(position int, part text, label text, before jsonb, after jsonb)`,
    [
      tx.tenantId,
      remappingId,
      JSON.stringify(changes.map(({ part, label, row }, index) => ({ position: from + index, part, label, ...row }))),
    ],
  );
}

/** The kept changes, in their order. */
export async function findChanges(
  tx: Tx,
  remappingId: string,
  { part, after, most }: { part: string | null; after: number | null; most: number },
): Promise<(KeptChange & { position: number })[]> {
  const rows = await tx.query<{
    position: number;
    part: string;
    label: string;
    before: ChangeRow | null;
    after: ChangeRow | null;
  }>(
    `select position, part, label, nullif(before, 'null') as before, nullif(after, 'null') as after from remapping_change
     where tenant_id = $1 and remapping_id = $2 and ($3::text is null or part = $3) and position > $4
     order by position limit $5`,
    [tx.tenantId, remappingId, part, after ?? -1, most],
  );
  return rows.map(({ position, part: of, label, before, after: is }) => ({
    position,
    part: of,
    label,
    row: { before, after: is },
  }));
}

export const COUNT_CHANGES =
  'select 1 from remapping_change where tenant_id = $1 and remapping_id = $2 and ($3::text is null or part = $3)';

/** What stands in the place of a report that is made. */
export type MadeReport = { report: ChangeReport; hash: string; isReleased: boolean };

export async function putReport(tx: Tx, remappingId: string, { report, hash, isReleased }: MadeReport): Promise<void> {
  await tx.query(
    `update remapping set report = $3::jsonb, report_hash = $4, report_place = null,
            approved_hash = case when $5 then $4 end, state = case when $5 then 'waiting' else 'pending' end
     where tenant_id = $1 and remapping_id = $2 and state = 'reporting'`,
    [tx.tenantId, remappingId, JSON.stringify(report), hash, isReleased],
  );
}

/** An act that is done and whose changes nobody has looked at; none while something of it may wait to be projected. */
export async function findToCompare(
  tx: Tx,
): Promise<{ remappingId: string; report: ChangeReport; happened: { activities: ChangeCounts } | null } | null> {
  const [row] = await tx.query<{
    remappingId: string;
    report: ChangeReport;
    happened: { activities: ChangeCounts } | null;
  }>(
    `select remapping_id as "remappingId", report, happened from remapping
     where tenant_id = $1 and state = 'done' and report is not null and happened_at is null
       and not exists (select 1 from dirty_alias where tenant_id = $1 and is_silent)
     order by finished_at limit 1 for update skip locked`,
    [tx.tenantId],
  );
  return row ?? null;
}

export async function putHappened(tx: Tx, remappingId: string, happened: object, now: Date): Promise<void> {
  await tx.query(
    `update remapping set happened = $3::jsonb, happened_at = $4 where tenant_id = $1 and remapping_id = $2`,
    [tx.tenantId, remappingId, JSON.stringify(happened), now],
  );
}

/** Activities as they are stored, in the form in which they are compared. */
export async function findActivityRows(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ChangeRow>> {
  const rows = await tx.query<{ id: string; row: ChangeRow }>(
    `select activity_id as id, jsonb_build_object(
              'activityId', activity_id, 'type', type, 'occurredAt', occurred_at, 'outcome', outcome, 'system', system,
              'integration', integration, 'problem', problem, 'objects', objects, 'links', links,
              'mapping', jsonb_build_object('name', mapping_name, 'version', mapping_version, 'rule', mapping_rule)) as row
     from activity where tenant_id = $1 and activity_id = any($2::uuid[])`,
    [tx.tenantId, ids],
  );
  return new Map(rows.map(({ id, row }) => [id, row]));
}
