import type { Tx } from '@throughline/persistence';
import { IS_CLOSED } from './exceptions.repository.js';

/** Kept out of the inbox: until a time, until it occurs again, or whichever comes first. */
export type SnoozeRow = {
  exceptionId: string;
  /** Null = until it occurs again. */
  until: Date | null;
  isUntilNextOccurrence: boolean;
  reason: string;
  snoozedAt: Date;
  snoozedByName: string;
};

/** Snoozes of exceptions; null where there is none. Fits Operation.loader. */
export async function findSnoozes(tx: Tx, exceptionIds: readonly string[]): Promise<(SnoozeRow | null)[]> {
  const rows = await tx.query<SnoozeRow>(
    `select exception_id as "exceptionId", case when isfinite(until_at) then until_at end as until,
            until_occurrences is not null as "isUntilNextOccurrence", reason, snoozed_at as "snoozedAt",
            snoozed_by_name as "snoozedByName"
     from exception_snooze where tenant_id = $1 and exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  const byId = new Map(rows.map((row) => [row.exceptionId, row]));
  return exceptionIds.map((id) => byId.get(id) ?? null);
}

export type NewSnooze = {
  exceptionId: string;
  until: Date | null;
  /** Failed runs so far; null = a further one does not end it. */
  occurrences: number | null;
};

/** Writes snoozes; one that an exception has is replaced. */
export async function putSnoozes(
  tx: Tx,
  snoozes: readonly NewSnooze[],
  by: { reason: string; personId: string; personName: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into exception_snooze (tenant_id, exception_id, until_at, until_occurrences, reason, snoozed_at, snoozed_by, snoozed_by_name)
     select $1, r."exceptionId", coalesce(r.until, 'infinity'), r.occurrences, $3, $4, $5, $6
     from jsonb_to_recordset($2::jsonb) as r("exceptionId" uuid, until timestamptz, occurrences integer)
     on conflict (tenant_id, exception_id) do update set
       until_at = excluded.until_at, until_occurrences = excluded.until_occurrences, reason = excluded.reason,
       snoozed_at = excluded.snoozed_at, snoozed_by = excluded.snoozed_by, snoozed_by_name = excluded.snoozed_by_name`,
    [tx.tenantId, JSON.stringify(snoozes), by.reason, by.at, by.personId, by.personName],
  );
}

export type EndedSnooze = { exceptionId: string; why: 'time-reached' | 'occurred-again' | 'closed' };

/**
 * Snoozes that are over: their time came, the exception failed again, or it was closed, and must be seen when it reopens. Few are
 * snoozed at once, so that each is looked at.
 */
export async function findEndedSnoozes(tx: Tx, now: Date, limit: number): Promise<EndedSnooze[]> {
  return tx.query<EndedSnooze>(
    `select s.exception_id as "exceptionId",
            case when ${IS_CLOSED} then 'closed'
                 when s.until_at <= $2 then 'time-reached' else 'occurred-again' end as why
     from exception_snooze s
     join exception e on e.tenant_id = $1 and e.exception_id = s.exception_id
     where s.tenant_id = $1
       and (s.until_at <= $2 or ${IS_CLOSED} or e.occurrences > s.until_occurrences)
     order by s.exception_id limit $3`,
    [tx.tenantId, now, limit],
  );
}

/** Ends snoozes; answers those that there were. */
export async function deleteSnoozes(tx: Tx, exceptionIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `delete from exception_snooze where tenant_id = $1 and exception_id = any($2::uuid[]) returning exception_id as id`,
    [tx.tenantId, exceptionIds],
  );
  return new Set(rows.map((row) => row.id));
}
