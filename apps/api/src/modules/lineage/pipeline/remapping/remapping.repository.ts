import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import type { ChangeCounts } from '../../domain/change-report.js';
import type { SignalCursor, SignalSelection, SpanPosition } from '../../../signals/index.js';

/** A wish to map stored signals again. */
export type RemappingRequest = {
  selection: SignalSelection;
  reason: string;
  /** The person who asks; null = the system. */
  requestedBy: string | null;
  requestedAt: Date;
  /** What it would change is told first, and may have to be approved. */
  isReported?: boolean;
};

/** Where a remapping goes on: signals first, then spans. */
export type RemappingPlace =
  { part: 'signals'; after: SignalCursor | null } | { part: 'spans'; after: SpanPosition | null };

/** A remapping under way. */
export type Remapping = {
  remappingId: string;
  selection: SignalSelection;
  state: 'reporting' | 'waiting' | 'running';
  reason: string;
  requestedBy: string | null;
  startedAt: Date | null;
  resumeAfter: RemappingPlace | null;
  reportPlace: ReportPlace | null;
  reportedTo: Date | null;
  reportHash: string | null;
  approvedHash: string | null;
  /** It was reported, by these mappings; null = no report was asked for, or none is made so far. */
  report: { mappings: string | null } | null;
  /** Mapped again so far. */
  signalsDone: number;
  /** It makes a range of lineage again: what its signals say is projected anew, also where they say the same. */
  isRebuild: boolean;
};

/** How far a report is. */
export type ReportPlace = {
  place: RemappingPlace;
  signals: number;
  activities: ChangeCounts;
  /** Changes that are kept, row by row. */
  kept: number;
  /** Of all changes so far, in whichever order they came. */
  digest: string;
  /** Those that were in force when it began. */
  mappings: string;
  /** Of a rebuild: how many activities stay what they are, and the first of them, of which it is told what follows. */
  equal?: { count: number; first: string[] };
};

/** What one step of it did. */
export type RemappingStep = {
  signals: number;
  unmapped: number;
  activitiesBefore: number;
  activitiesAfter: number;
  changes: ChangeCounts;
};

/** Asks for stored signals to be mapped again, in the caller's transaction; answers the id under which its progress shows. */
export async function requestRemapping(tx: Tx, request: RemappingRequest): Promise<string> {
  const remappingId = randomUUID();
  await tx.query(
    `insert into remapping (tenant_id, remapping_id, selection, reason, state, requested_by, requested_at)
     values ($1, $2, $3, $4, $7, $5, $6)`,
    [
      tx.tenantId,
      remappingId,
      JSON.stringify(request.selection),
      request.reason,
      request.requestedBy,
      request.requestedAt,
      request.isReported === true ? 'reporting' : 'waiting',
    ],
  );
  await tx.notify('throughline_remapping', tx.tenantId);
  return remappingId;
}

/** One remapping of a tenant at a time: false when another worker is at it. */
export async function lockRemapping(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('throughline.remap.' || $1::text, 0)) as taken`,
    [tx.tenantId],
  );
  return row?.taken === true;
}

/** The oldest that is not finished. */
export async function findNextRemapping(tx: Tx): Promise<Remapping | null> {
  const [row] = await tx.query<Remapping>(
    `select remapping_id as "remappingId", selection, state, reason, requested_by as "requestedBy", started_at as "startedAt",
            resume_after as "resumeAfter", report_place as "reportPlace", reported_to as "reportedTo", report_hash as "reportHash",
            approved_hash as "approvedHash", signals_done::int as "signalsDone",
            case when report is not null then jsonb_build_object('mappings', report -> 'mappings') end as report,
            exists (select 1 from lineage_rebuild r where r.tenant_id = $1 and r.remapping_id = remapping.remapping_id) as "isRebuild"
     from remapping where tenant_id = $1 and state in ('reporting', 'waiting', 'running')
     order by requested_at, remapping_id limit 1`,
    [tx.tenantId],
  );
  return row ?? null;
}

export async function startRemapping(
  tx: Tx,
  remappingId: string,
  { now, total, place }: { now: Date; total: number; place: RemappingPlace },
): Promise<void> {
  await tx.query(
    `update remapping set state = 'running', started_at = $3, signals_total = $4, resume_after = $5, signals_done = 0,
            signals_unmapped = 0, activities_before = 0, activities_after = 0
     where tenant_id = $1 and remapping_id = $2 and state in ('waiting', 'running')`,
    [tx.tenantId, remappingId, now, total, JSON.stringify(place)],
  );
}

/** Adds a step to the counters, in the transaction that did it. */
export async function advanceRemapping(
  tx: Tx,
  remappingId: string,
  step: RemappingStep,
  place: RemappingPlace,
): Promise<void> {
  await tx.query(
    `update remapping set signals_done = signals_done + $3, signals_total = greatest(signals_total, signals_done + $3), signals_unmapped = signals_unmapped + $4,
            activities_before = activities_before + $5, activities_after = activities_after + $6, resume_after = $7,
            happened = jsonb_build_object('activities', (
              select jsonb_object_agg(key, coalesce((happened -> 'activities' ->> key)::bigint, 0) + value::bigint)
              from jsonb_each_text($8::jsonb)))
     where tenant_id = $1 and remapping_id = $2`,
    [
      tx.tenantId,
      remappingId,
      step.signals,
      step.unmapped,
      step.activitiesBefore,
      step.activitiesAfter,
      JSON.stringify(place),
      JSON.stringify(step.changes),
    ],
  );
}

/** Back to its report, from the beginning of its range: what was done so far stays done, and counted as changed. */
export async function reportAgain(tx: Tx, remappingId: string): Promise<void> {
  await tx.query(
    `update remapping set state = 'reporting', report_place = null, started_at = null, resume_after = null
     where tenant_id = $1 and remapping_id = $2 and state in ('waiting', 'running')`,
    [tx.tenantId, remappingId],
  );
}

/** Ends a remapping; `error` = why it could not be finished, in words. */
export async function finishRemapping(tx: Tx, remappingId: string, now: Date, error: string | null): Promise<void> {
  await tx.query(
    `update remapping set state = case when $4::text is null then 'done' else 'failed' end, finished_at = $3, error = $4,
            resume_after = null
     where tenant_id = $1 and remapping_id = $2 and state <> 'cancelled'`,
    [tx.tenantId, remappingId, now, error],
  );
}

/** Moves a remapping on as a person wishes; false when it is no longer in the state that was seen. */
export async function steerRemapping(
  tx: Tx,
  remappingId: string,
  { from, to, finishedAt }: { from: string; to: string; finishedAt?: Date },
): Promise<boolean> {
  const moved = await tx.query(
    `update remapping set state = $4, finished_at = coalesce($5, finished_at)
     where tenant_id = $1 and remapping_id = $2 and state = $3 returning 1`,
    [tx.tenantId, remappingId, from, to, finishedAt ?? null],
  );
  if (moved.length === 0) return false;
  await tx.notify('throughline_remapping', tx.tenantId);
  return true;
}
