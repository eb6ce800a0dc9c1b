import type { Tx } from '@throughline/persistence';
import type { Absence } from '../domain/deputies.js';

export type AbsenceRow = Absence & { id: string; note: string; statedAt: Date; statedBy: string; statedByName: string };

const COLUMNS = `absence_id as id, person_id as "personId", from_at as "from", until_at as "until", deputy_id as "deputyId",
  note, stated_at as "statedAt", stated_by as "statedBy", stated_by_name as "statedByName"`;

/** Absences that a page of them shows at once; a tenant with more of them to come names a person. */
const MOST_LISTED = 500;

/** Absences in which a time lies. */
export async function listAbsencesAt(tx: Tx, at: Date): Promise<AbsenceRow[]> {
  return tx.query<AbsenceRow>(
    `select ${COLUMNS} from person_absence where tenant_id = $1 and until_at > $2 and from_at <= $2`,
    [tx.tenantId, at],
  );
}

/** Absences that are not over, of one person or of all, the next one first. */
export async function listAbsences(tx: Tx, now: Date, personId: string | null): Promise<AbsenceRow[]> {
  return tx.query<AbsenceRow>(
    `select ${COLUMNS} from person_absence
     where tenant_id = $1 and until_at > $2 and ($3::uuid is null or person_id = $3)
     order by from_at, absence_id limit ${MOST_LISTED}`,
    [tx.tenantId, now, personId],
  );
}

/** One absence; null = there is none. */
export async function findAbsence(tx: Tx, absenceId: string): Promise<AbsenceRow | null> {
  const [row] = await tx.query<AbsenceRow>(
    `select ${COLUMNS} from person_absence where tenant_id = $1 and absence_id = $2`,
    [tx.tenantId, absenceId],
  );
  return row ?? null;
}

/** Makes others who state absences of this person wait: two that overlap are never both taken. */
export async function lockAbsencesOf(tx: Tx, personId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('absences ' || $1 || $2, 0))`, [tx.tenantId, personId]);
}

/** Writes an absence. */
export async function insertAbsence(tx: Tx, row: AbsenceRow): Promise<void> {
  await tx.query(
    `insert into person_absence (tenant_id, absence_id, person_id, from_at, until_at, deputy_id, note, stated_at, stated_by,
                                 stated_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.tenantId,
      row.id,
      row.personId,
      row.from,
      row.until,
      row.deputyId,
      row.note,
      row.statedAt,
      row.statedBy,
      row.statedByName,
    ],
  );
}

/** Ends an absence now: one that has begun was, one that has not never is. */
export async function endAbsence(tx: Tx, absenceId: string, now: Date): Promise<void> {
  await tx.query(`delete from person_absence where tenant_id = $1 and absence_id = $2 and from_at >= $3`, [
    tx.tenantId,
    absenceId,
    now,
  ]);
  await tx.query(`update person_absence set until_at = $3 where tenant_id = $1 and absence_id = $2 and until_at > $3`, [
    tx.tenantId,
    absenceId,
    now,
  ]);
}
