import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';

/** One record as the audit log shows it; `atText` carries the microseconds for the cursor. */
export type AuditRow = {
  id: string;
  at: Date;
  atText: string;
  actorName: string;
  actorKind: string;
  action: string;
  subjectType: string;
  subjectId: string;
  details: unknown;
  traceId: string | null;
  sequence: string | null;
};

/** What the log can be narrowed to. */
export type AuditSelection = { action?: string | null; subjectType?: string | null; subjectId?: string | null };

const MATCHES = `tenant_id = $1 and ($2::text is null or action = $2) and ($3::text is null or subject_type = $3)
  and ($4::text is null or subject_id = $4)`;

function selectionParams(tx: Tx, selection: AuditSelection): unknown[] {
  return [tx.tenantId, selection.action ?? null, selection.subjectType ?? null, selection.subjectId ?? null];
}

/** Records newest first, one more than the page holds. */
export async function listAuditRecords(tx: Tx, selection: AuditSelection, page: Page): Promise<AuditRow[]> {
  return tx.query<AuditRow>(
    `select r.audit_id as id, r.at, ${instantCursorSql('r.at')} as "atText", r.actor_name as "actorName",
            r.actor_kind as "actorKind", r.action, r.subject_type as "subjectType", r.subject_id as "subjectId",
            r.details, r.trace_id as "traceId", s.sequence
     from (select * from audit_record
           where ${MATCHES} and ($5::timestamptz is null or (at, audit_id) < ($5::timestamptz, $6::uuid))
           order by at desc, audit_id desc limit $7) r
     left join audit_seal s on s.tenant_id = $1 and s.audit_id = r.audit_id
     order by r.at desc, r.audit_id desc`,
    [...selectionParams(tx, selection), page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** How many records match. */
export function countAuditRecords(tx: Tx, selection: AuditSelection): Promise<RowCount> {
  return countRows(tx, `select 1 from audit_record where ${MATCHES}`, selectionParams(tx, selection));
}

/** A record about a known subject. */
export type SubjectRecord = { subjectId: string; at: Date; actorName: string; details: unknown; isSealed: boolean };

/** Records of one action about these subjects. */
export async function findAuditRecordsOf(
  tx: Tx,
  subjects: { type: string; ids: readonly string[] },
  action: string,
): Promise<SubjectRecord[]> {
  return tx.query<SubjectRecord>(
    `select r.subject_id as "subjectId", r.at, r.actor_name as "actorName", r.details, s.sequence is not null as "isSealed"
     from audit_record r left join audit_seal s on s.tenant_id = $1 and s.audit_id = r.audit_id
     where r.tenant_id = $1 and r.subject_type = $2 and r.subject_id = any($3::text[]) and r.action = $4`,
    [tx.tenantId, subjects.type, subjects.ids, action],
  );
}

/** Name of who did the last thing on record to a subject; null = nothing was done. */
export async function findLastActor(tx: Tx, subject: { type: string; id: string }): Promise<string | null> {
  const [last] = await tx.query<{ actorName: string }>(
    `select actor_name as "actorName" from audit_record where tenant_id = $1 and subject_type = $2 and subject_id = $3
     order by at desc, audit_id desc limit 1`,
    [tx.tenantId, subject.type, subject.id],
  );
  return last?.actorName ?? null;
}

/** A record about a known subject, with what was done. */
export type SubjectStep = {
  id: string;
  subjectId: string;
  at: Date;
  action: string;
  actorName: string;
  details: unknown;
};

/** The latest records of one action about each of these subjects of which the details say any of `keys`, newest first. */
export async function findLatestAuditRecords(
  tx: Tx,
  subjects: { type: string; ids: readonly string[] },
  { action, keys, most }: { action: string; keys: readonly string[]; most: number },
): Promise<SubjectStep[]> {
  return tx.query<SubjectStep>(
    `select r.audit_id as id, s.id as "subjectId", r.at, r.action, r.actor_name as "actorName", r.details
     from unnest($3::text[]) as s(id)
     cross join lateral (
       select * from audit_record
       where tenant_id = $1 and subject_type = $2 and subject_id = s.id and action = $4 and details ?| $5::text[]
       order by at desc, audit_id desc limit $6
     ) r
     order by r.at desc, r.audit_id desc`,
    [tx.tenantId, subjects.type, subjects.ids, action, keys, most],
  );
}
