import { randomUUID } from 'node:crypto';
import { rebuildTables, type Tx } from '@throughline/persistence';
import type { ChangeReport } from '../../domain/change-report.js';
import type { TableDifference } from './compare-projections.js';

/**
 * States of a rebuild of the whole; one of a range has those of the remapping that makes it. One that is pending is stored as ready,
 * and its switch waits for approval.
 */
export type RebuildState =
  'reporting' | 'pending' | 'waiting' | 'running' | 'paused' | 'ready' | 'switching' | 'done' | 'failed' | 'cancelled';

/** What of a range of signals is made again; empty = the whole. Instants bound the time of receipt. */
export type RebuildScope = { from?: string; to?: string; sourceSystem?: string };

/** A wish to make lineage again. */
export type RebuildRequest = {
  scope: RebuildScope;
  reason: string;
  requestedBy: string | null;
  requestedAt: Date;
  remappingId: string | null;
};

/** A rebuild of the whole that the worker has something to do for. */
export type RebuildAtWork = {
  rebuildId: string;
  state: 'waiting' | 'running' | 'ready' | 'switching';
  reason: string;
  requestedBy: string | null;
  activitiesTotal: string | null;
  approvedHash: string | null;
};

/** Asks for a rebuild in the caller's transaction; null when one of the whole is under way already. */
export async function insertRebuild(tx: Tx, request: RebuildRequest): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    `insert into lineage_rebuild (tenant_id, rebuild_id, reason, scope, remapping_id, state, requested_by, requested_at, is_cleared)
     values ($1, $2, $3, $4, $5, 'waiting', $6, $7, $5::uuid is not null)
     on conflict (tenant_id) where remapping_id is null and state in ('waiting', 'running', 'paused', 'ready', 'switching')
     do nothing
     returning rebuild_id as id`,
    [
      tx.tenantId,
      randomUUID(),
      request.reason,
      JSON.stringify(request.scope),
      request.remappingId,
      request.requestedBy,
      request.requestedAt,
    ],
  );
  if (rows[0] === undefined) return null;
  await tx.notify('throughline_rebuild', tx.tenantId);
  return rows[0].id;
}

/** One step of a tenant's rebuilds at a time: false when another worker is at it. */
export async function lockRebuild(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('throughline.rebuild.' || $1::text, 0)) as taken`,
    [tx.tenantId],
  );
  return row?.taken === true;
}

/** What follows in this transaction reads and writes whole tables: that takes minutes where they hold millions of rows. */
export async function withoutTimeLimit(tx: Tx): Promise<void> {
  await tx.query('set local statement_timeout = 0');
}

/** True when there may be something to do, asked before any lock. */
export async function hasRebuildWork(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ has: boolean }>(
    `select exists (select 1 from lineage_rebuild where tenant_id = $1 and remapping_id is null
                    and (not is_cleared and state <> 'paused')) as has`,
    [tx.tenantId],
  );
  return row?.has === true;
}

export async function findRebuildAtWork(tx: Tx): Promise<RebuildAtWork | null> {
  const [row] = await tx.query<RebuildAtWork>(
    `select rebuild_id as "rebuildId", state, reason, coalesce(switch_asked_by, requested_by) as "requestedBy", activities_total as "activitiesTotal",
            approved_hash as "approvedHash"
     from lineage_rebuild
     where tenant_id = $1 and remapping_id is null and state in ('waiting', 'running', 'ready', 'switching')`,
    [tx.tenantId],
  );
  return row ?? null;
}

/** A rebuild that has ended and whose rows beside are still there. */
export async function findUncleared(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select rebuild_id as id from lineage_rebuild
     where tenant_id = $1 and remapping_id is null and not is_cleared and state in ('done', 'failed', 'cancelled') limit 1`,
    [tx.tenantId],
  );
  return row?.id ?? null;
}

/** Sets what a step changed, in its transaction; a state only from that in which the step found it. */
export async function updateRebuild(
  tx: Tx,
  rebuildId: string,
  change: {
    from?: RebuildState;
    state?: RebuildState;
    startedAt?: Date;
    finishedAt?: Date;
    activitiesTotal?: number;
    activitiesDone?: number;
    report?: readonly TableDifference[];
    comparedAt?: Date;
    isCleared?: boolean;
    error?: string;
    changes?: ChangeReport;
    hash?: string;
    isPending?: boolean;
    /** Null = nothing is approved any more. */
    approvedHash?: string | null;
    happened?: ChangeReport;
    switchAskedBy?: string;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `update lineage_rebuild set state = coalesce($4, state), started_at = coalesce($5, started_at),
            finished_at = coalesce($6, finished_at), activities_total = coalesce($7, activities_total),
            activities_done = activities_done + coalesce($8, 0), report = coalesce($9::jsonb, report),
            compared_at = coalesce($10, compared_at), is_cleared = coalesce($11, is_cleared), error = coalesce($12, error),
            changes = coalesce($13::jsonb, changes), report_hash = coalesce($14, report_hash),
            is_pending = coalesce($15, is_pending), approved_hash = case when $16 then $17 else approved_hash end,
            happened = coalesce($18::jsonb, happened), switch_asked_by = coalesce($19, switch_asked_by)
     where tenant_id = $1 and rebuild_id = $2 and ($3::text is null or state = $3)
     returning 1`,
    [
      tx.tenantId,
      rebuildId,
      change.from ?? null,
      change.state ?? null,
      change.startedAt ?? null,
      change.finishedAt ?? null,
      change.activitiesTotal ?? null,
      change.activitiesDone ?? null,
      change.report === undefined ? null : JSON.stringify(change.report),
      change.comparedAt ?? null,
      change.isCleared ?? null,
      change.error ?? null,
      change.changes === undefined ? null : JSON.stringify(change.changes),
      change.hash ?? null,
      change.isPending ?? null,
      change.approvedHash !== undefined,
      change.approvedHash ?? null,
      change.happened === undefined ? null : JSON.stringify(change.happened),
      change.switchAskedBy ?? null,
    ],
  );
  return rows.length > 0;
}

/** Ends a rebuild of the whole that is under way: its facts were made anew without it. */
export async function failRebuilds(tx: Tx, error: string): Promise<void> {
  await tx.query(
    `update lineage_rebuild set state = 'failed', finished_at = now(), error = $2
     where tenant_id = $1 and remapping_id is null and state in ('waiting', 'running', 'paused', 'ready', 'switching')`,
    [tx.tenantId, error],
  );
}

const CLEARED_AT_ONCE = 50_000;

/** Deletes rows beside, so many in a transaction; true when none is left. */
export async function clearBeside(tx: Tx): Promise<boolean> {
  for (const table of [...rebuildTables.map((name) => `rebuild.${name}`), 'lineage_rebuild_work']) {
    const [row] = await tx.query<{ deleted: string }>(
      `with gone as (
         delete from ${table} where tenant_id = $1 and ctid = any(array(
           select ctid from ${table} where tenant_id = $1 limit ${CLEARED_AT_ONCE}))
         returning 1
       )
       select count(*) as deleted from gone`,
      [tx.tenantId],
    );
    if (row?.deleted !== '0') return false;
  }
  return true;
}
