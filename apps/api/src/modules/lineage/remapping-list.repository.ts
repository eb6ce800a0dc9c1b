import type { Tx } from '@throughline/persistence';
import { instantCursorSql, type Page } from '../../graphql/connection.js';
import type { SignalSelection } from '../signals/index.js';
import type { ChangeCounts, ChangeReport, ChangesAfterwards } from './domain/change-report.js';

/** An act of mapping again, with its progress; counts arrive as text. */
export type RemappingRow = {
  id: string;
  reason: string;
  state: string;
  selection: SignalSelection;
  requestedById: string | null;
  requestedAt: Date;
  requestedText: string;
  startedAt: Date | null;
  finishedAt: Date | null;
  signalsTotal: string | null;
  signalsDone: string;
  signalsUnmapped: string;
  activitiesBefore: string;
  activitiesAfter: string;
  error: string | null;
  report: ChangeReport | null;
  /** While it runs its activities alone. */
  happened: ChangesAfterwards | { activities: ChangeCounts } | null;
  happenedAt: Date | null;
};

const COLUMNS = `remapping_id as id, reason, state, selection, requested_by as "requestedById",
  requested_at as "requestedAt", ${instantCursorSql('requested_at')} as "requestedText", started_at as "startedAt",
  finished_at as "finishedAt", signals_total as "signalsTotal", signals_done as "signalsDone",
  signals_unmapped as "signalsUnmapped", activities_before as "activitiesBefore",
  activities_after as "activitiesAfter", error, report, happened, happened_at as "happenedAt"`;

export const COUNT_REMAPPINGS = 'select 1 from remapping where tenant_id = $1';

/** Acts, latest first, one more than asked. */
export async function listRemappings(tx: Tx, page: Page): Promise<RemappingRow[]> {
  return tx.query<RemappingRow>(
    `select ${COLUMNS} from remapping
     where tenant_id = $1 and ($2::timestamptz is null or (requested_at, remapping_id) < ($2::timestamptz, $3::uuid))
     order by requested_at desc, remapping_id desc limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export async function findRemapping(tx: Tx, id: string): Promise<RemappingRow | null> {
  const [row] = await tx.query<RemappingRow>(
    `select ${COLUMNS} from remapping where tenant_id = $1 and remapping_id = $2`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

/** How many acts are not finished. */
export async function countUnfinished(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ acts: number }>(
    `select count(*)::int as acts from remapping where tenant_id = $1 and state in ('reporting', 'pending', 'waiting', 'running')`,
    [tx.tenantId],
  );
  return row?.acts ?? 0;
}
