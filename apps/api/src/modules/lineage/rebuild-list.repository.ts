import type { Tx } from '@throughline/persistence';
import { instantCursorSql, type Page } from '../../graphql/connection.js';
import type { ChangeCounts, ChangeReport, ChangesAfterwards } from './domain/change-report.js';
import type { TableDifference } from './pipeline/rebuild/compare-projections.js';
import type { RebuildScope, RebuildState } from './pipeline/rebuild/rebuild.repository.js';

/** A rebuild with its progress; one of a range has that of the remapping that makes it. Counts arrive as text. */
export type RebuildRow = {
  id: string;
  reason: string;
  state: RebuildState;
  scope: RebuildScope;
  remappingId: string | null;
  requestedById: string | null;
  requestedAt: Date;
  requestedText: string;
  startedAt: Date | null;
  finishedAt: Date | null;
  total: string | null;
  done: string;
  report: TableDifference[] | null;
  comparedAt: Date | null;
  error: string | null;
  changes: ChangeReport | null;
  /** Of a range while it runs its activities alone. */
  happened: ChangesAfterwards | ChangeReport | { activities: ChangeCounts } | null;
  happenedAt: Date | null;
};

const COLUMNS = `r.rebuild_id as id, r.reason,
  coalesce(m.state, case when r.state = 'ready' and r.is_pending then 'pending' else r.state end) as state, r.scope, r.remapping_id as "remappingId",
  r.requested_by as "requestedById", r.requested_at as "requestedAt", ${instantCursorSql('r.requested_at')} as "requestedText",
  coalesce(m.started_at, r.started_at) as "startedAt", coalesce(m.finished_at, r.finished_at) as "finishedAt",
  case when m.remapping_id is not null then m.signals_total
       when r.activities_total is not null then greatest(r.activities_total, r.activities_done) end as total,
  coalesce(case when m.state = 'reporting' then coalesce((m.report_place ->> 'signals')::bigint, 0) else m.signals_done end,
           r.activities_done) as done,
  coalesce(m.report -> 'tables', r.report) as report, r.compared_at as "comparedAt", coalesce(m.error, r.error) as error,
  coalesce(m.report, r.changes) as changes, coalesce(m.happened, r.happened) as happened, m.happened_at as "happenedAt"`;

const TABLES = `lineage_rebuild r left join remapping m on m.tenant_id = $1 and m.remapping_id = r.remapping_id`;

export const COUNT_REBUILDS = 'select 1 from lineage_rebuild where tenant_id = $1';

/** Rebuilds, latest first, one more than asked. */
export function listRebuilds(tx: Tx, page: Page): Promise<RebuildRow[]> {
  return tx.query<RebuildRow>(
    `select ${COLUMNS} from ${TABLES}
     where r.tenant_id = $1 and ($2::timestamptz is null or (r.requested_at, r.rebuild_id) < ($2::timestamptz, $3::uuid))
     order by r.requested_at desc, r.rebuild_id desc limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export async function findRebuild(tx: Tx, id: string): Promise<RebuildRow | null> {
  const [row] = await tx.query<RebuildRow>(
    `select ${COLUMNS} from ${TABLES} where r.tenant_id = $1 and r.rebuild_id = $2`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

/** True when there are more transactions than that. */
export async function hasMoreTransactionsThan(tx: Tx, most: number): Promise<boolean> {
  const [row] = await tx.query<{ has: boolean }>(
    `select count(*) > $2::bigint as has from (
       select 1 from business_transaction where tenant_id = $1 limit $2::bigint + 1) counted`,
    [tx.tenantId, most],
  );
  return row?.has === true;
}
