import type { Tx } from '@throughline/persistence';
import type { Predicate } from './domain/predicate.js';
import type { BackTo } from './domain/wait.js';

/** What an exception waits for, as stored while it does. */
export type WaitRow = {
  exceptionId: string;
  reason: string;
  note: string;
  pausesClock: boolean;
  until: Date | null;
  predicate: Predicate | null;
  expiresAt: Date;
  nextAt: Date;
  checkedAt: Date | null;
  checkDetail: string | null;
  backTo: BackTo;
  startedAt: Date;
  startedBy: string;
  startedByName: string;
};

const COLUMNS = `w.exception_id as "exceptionId", w.reason, w.note, w.pauses_clock as "pausesClock", w.until_at as until, w.predicate,
  w.expires_at as "expiresAt", w.next_at as "nextAt", w.checked_at as "checkedAt", w.check_detail as "checkDetail",
  w.back_to as "backTo", w.started_at as "startedAt", w.started_by as "startedBy", w.started_by_name as "startedByName"`;

/** Waits of exceptions; null where there is none. One whose exception waits no longer is not told. Fits Operation.loader. */
export async function findWaits(tx: Tx, exceptionIds: readonly string[]): Promise<(WaitRow | null)[]> {
  const rows = await tx.query<WaitRow>(
    `select ${COLUMNS} from exception_wait w
     join exception e on e.tenant_id = $1 and e.exception_id = w.exception_id and e.state = 'WAITING'
     where w.tenant_id = $1 and w.exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  const byId = new Map(rows.map((row) => [row.exceptionId, row]));
  return exceptionIds.map((id) => byId.get(id) ?? null);
}

/** Waits of exceptions that the caller holds locked, also where a duplicate comes back to waiting. */
export async function readWaits(tx: Tx, exceptionIds: readonly string[]): Promise<Map<string, WaitRow>> {
  const rows = await tx.query<WaitRow>(
    `select ${COLUMNS} from exception_wait w where w.tenant_id = $1 and w.exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  return new Map(rows.map((row) => [row.exceptionId, row]));
}

/** Exceptions whose wait is to be looked at, the longest due first. */
export async function findDueWaits(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select exception_id as id from exception_wait where tenant_id = $1 and next_at <= $2 order by next_at, exception_id limit $3`,
    [tx.tenantId, now, limit],
  );
  return rows.map((row) => row.id);
}

/** Writes waits; one that an exception had before is replaced. */
export async function putWaits(tx: Tx, waits: readonly WaitRow[]): Promise<void> {
  await tx.query(
    `insert into exception_wait (tenant_id, exception_id, reason, note, pauses_clock, until_at, predicate, expires_at, next_at,
                                 checked_at, check_detail, back_to, started_at, started_by, started_by_name)
     select $1, r."exceptionId", r.reason, r.note, r."pausesClock", r.until, nullif(r.predicate, 'null'::jsonb), r."expiresAt",
            r."nextAt", r."checkedAt", r."checkDetail", r."backTo", r."startedAt", r."startedBy", r."startedByName"
     from jsonb_to_recordset($2::jsonb) as r("exceptionId" uuid, reason text, note text, "pausesClock" boolean, until timestamptz,
       predicate jsonb, "expiresAt" timestamptz, "nextAt" timestamptz, "checkedAt" timestamptz, "checkDetail" text, "backTo" text,
       "startedAt" timestamptz, "startedBy" uuid, "startedByName" text)
     on conflict (tenant_id, exception_id) do update set
       reason = excluded.reason, note = excluded.note, pauses_clock = excluded.pauses_clock, until_at = excluded.until_at,
       predicate = excluded.predicate, expires_at = excluded.expires_at, next_at = excluded.next_at, checked_at = excluded.checked_at,
       check_detail = excluded.check_detail, back_to = excluded.back_to, started_at = excluded.started_at,
       started_by = excluded.started_by, started_by_name = excluded.started_by_name`,
    [tx.tenantId, JSON.stringify(waits)],
  );
}

export type WaitCheck = { exceptionId: string; nextAt: Date; detail: string | null };

/** Notes what a look at waits brought, and when the next one is due. */
export async function noteWaitChecks(tx: Tx, checks: readonly WaitCheck[], now: Date): Promise<void> {
  if (checks.length > 0) {
    await tx.query(
      `update exception_wait w set next_at = r."nextAt", checked_at = $3, check_detail = r.detail
       from jsonb_to_recordset($2::jsonb) as r("exceptionId" uuid, "nextAt" timestamptz, detail text)
       where w.tenant_id = $1 and w.exception_id = r."exceptionId"`,
      [tx.tenantId, JSON.stringify(checks), now],
    );
  }
}

/** Forgets waits that are over; their timeline tells them. */
export async function deleteWaits(tx: Tx, exceptionIds: readonly string[]): Promise<void> {
  if (exceptionIds.length > 0) {
    await tx.query(`delete from exception_wait where tenant_id = $1 and exception_id = any($2::uuid[])`, [
      tx.tenantId,
      exceptionIds,
    ]);
  }
}
