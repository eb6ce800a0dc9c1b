import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';
import type { ChangeReport, LineageChange } from '../../lineage/index.js';
import type { NeededApproval } from '../approval/domain/four-eyes.js';
import type { LineageApprovalState } from './domain/approval-life.js';

/** A change of lineage that needs, or needed, somebody else's approval. */
export type LineageApprovalRow = {
  id: string;
  kind: LineageChange['kind'];
  subjectId: string;
  state: LineageApprovalState;
  makerId: string;
  makerName: string;
  reason: string;
  hash: string;
  report: ChangeReport;
  askedAgain: string | null;
  needed: NeededApproval;
  reportingMinor: string;
  isMoneyUnknown: boolean;
  createdAt: Date;
  dueAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  decidedByName: string | null;
  decisionReason: string | null;
  isBreakGlass: boolean;
  /** Of an emergency; null also of one that was let go before there were due times. */
  reviewDueAt: Date | null;
  reviewedAt: Date | null;
  reviewedByName: string | null;
  reviewComment: string | null;
};

const COLUMNS = `a.approval_id as id, a.kind, a.subject_id as "subjectId", a.state, a.maker_id as "makerId",
  a.maker_name as "makerName", a.reason, a.hash, a.report, a.asked_again as "askedAgain", a.needed,
  a.reporting_minor as "reportingMinor", a.is_money_unknown as "isMoneyUnknown", a.created_at as "createdAt", a.due_at as "dueAt",
  a.decided_at as "decidedAt", a.decided_by as "decidedBy", a.decided_by_name as "decidedByName",
  a.decision_reason as "decisionReason", a.is_break_glass as "isBreakGlass", a.review_due_at as "reviewDueAt", a.reviewed_at as "reviewedAt",
  a.reviewed_by_name as "reviewedByName", a.review_comment as "reviewComment"`;

export type NewLineageApproval = Pick<
  LineageApprovalRow,
  | 'id'
  | 'kind'
  | 'subjectId'
  | 'makerId'
  | 'makerName'
  | 'reason'
  | 'hash'
  | 'report'
  | 'askedAgain'
  | 'needed'
  | 'reportingMinor'
  | 'isMoneyUnknown'
  | 'createdAt'
  | 'dueAt'
>;

export async function insertLineageApproval(tx: Tx, one: NewLineageApproval): Promise<void> {
  await tx.query(
    `insert into lineage_approval (tenant_id, approval_id, kind, subject_id, state, maker_id, maker_name, reason, hash, report,
                                   asked_again, needed, reporting_minor, is_money_unknown, created_at, due_at)
     values ($1, $2, $3, $4, 'PENDING_APPROVAL', $5, $6, $7, $8, $9::jsonb, $10, $11::jsonb, $12, $13, $14, $15)`,
    [
      tx.tenantId,
      one.id,
      one.kind,
      one.subjectId,
      one.makerId,
      one.makerName,
      one.reason,
      one.hash,
      JSON.stringify(one.report),
      one.askedAgain,
      JSON.stringify(one.needed),
      one.reportingMinor,
      one.isMoneyUnknown,
      one.createdAt,
      one.dueAt,
    ],
  );
}

/** One approval, held until the transaction ends. */
export async function lockLineageApproval(tx: Tx, id: string): Promise<LineageApprovalRow | null> {
  const [row] = await tx.query<LineageApprovalRow>(
    `select ${COLUMNS} from lineage_approval a where a.tenant_id = $1 and a.approval_id = $2 for update`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

export async function findLineageApproval(tx: Tx, id: string): Promise<LineageApprovalRow | null> {
  const [row] = await tx.query<LineageApprovalRow>(
    `select ${COLUMNS} from lineage_approval a where a.tenant_id = $1 and a.approval_id = $2`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

/** The latest approval of each change, null where none was needed. Fits Operation.loader. */
export async function findLatestOfSubjects(
  tx: Tx,
  subjectIds: readonly string[],
): Promise<(LineageApprovalRow | null)[]> {
  const rows = await tx.query<LineageApprovalRow>(
    `select distinct on (a.subject_id) ${COLUMNS} from lineage_approval a
     where a.tenant_id = $1 and a.subject_id = any($2::uuid[])
     order by a.subject_id, a.state = 'PENDING_APPROVAL' desc, a.created_at desc, a.approval_id desc`,
    [tx.tenantId, subjectIds],
  );
  const bySubject = new Map(rows.map((row) => [row.subjectId, row]));
  return subjectIds.map((id) => bySubject.get(id) ?? null);
}

/** Approvals of a change that still count, oldest first, held until the transaction ends. */
export async function lockStanding(tx: Tx, subjectId: string): Promise<LineageApprovalRow[]> {
  return tx.query<LineageApprovalRow>(
    `select ${COLUMNS} from lineage_approval a
     where a.tenant_id = $1 and a.subject_id = $2 and a.state in ('PENDING_APPROVAL', 'APPROVED')
     order by a.created_at, a.approval_id for update`,
    [tx.tenantId, subjectId],
  );
}

/** What became of an approval, and by whom; null = the system. */
export type LineageDecision = {
  state: LineageApprovalState;
  by: { id: string | null; name: string };
  reason: string;
  isBreakGlass?: boolean;
  /** Of an emergency. */
  reviewDueAt?: Date | null;
};

export async function putLineageDecision(tx: Tx, id: string, decided: LineageDecision, now: Date): Promise<void> {
  await tx.query(
    `update lineage_approval set state = $3, decided_at = $4, decided_by = $5, decided_by_name = $6, decision_reason = $7,
            is_break_glass = $8, review_due_at = $9
     where tenant_id = $1 and approval_id = $2`,
    [
      tx.tenantId,
      id,
      decided.state,
      now,
      decided.by.id,
      decided.by.name,
      decided.reason,
      decided.isBreakGlass ?? false,
      decided.reviewDueAt ?? null,
    ],
  );
}

/** Something else counts from now on; who decided and how stays as it was. */
export async function putOvertaken(tx: Tx, id: string, state: LineageApprovalState): Promise<void> {
  await tx.query('update lineage_approval set state = $3 where tenant_id = $1 and approval_id = $2', [
    tx.tenantId,
    id,
    state,
  ]);
}

export async function putLineageReview(
  tx: Tx,
  id: string,
  by: { id: string; name: string },
  comment: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `update lineage_approval set reviewed_at = $3, reviewed_by = $4, reviewed_by_name = $5, review_comment = $6
     where tenant_id = $1 and approval_id = $2`,
    [tx.tenantId, id, now, by.id, by.name, comment],
  );
}

export type GivenLineageApproval = {
  approvalId: string;
  personId: string;
  personName: string;
  comment: string;
  /** Within whose limit, where that is another's. */
  forPersonId: string | null;
  forPersonName: string | null;
  approvedAt: Date;
};

/** Approvals that were given, in their order, per approval that is asked for. Fits Operation.loader. */
export async function findGiven(tx: Tx, ids: readonly string[]): Promise<GivenLineageApproval[][]> {
  const rows = await tx.query<GivenLineageApproval>(
    `select approval_id as "approvalId", person_id as "personId", person_name as "personName", comment,
            for_person_id as "forPersonId", for_person_name as "forPersonName", approved_at as "approvedAt"
     from lineage_approval_given where tenant_id = $1 and approval_id = any($2::uuid[]) order by approved_at, person_id`,
    [tx.tenantId, ids],
  );
  return ids.map((id) => rows.filter(({ approvalId }) => approvalId === id));
}

export async function insertGiven(tx: Tx, given: GivenLineageApproval): Promise<void> {
  await tx.query(
    `insert into lineage_approval_given (tenant_id, approval_id, person_id, person_name, comment, for_person_id, for_person_name,
                                         approved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.tenantId,
      given.approvalId,
      given.personId,
      given.personName,
      given.comment,
      given.forPersonId,
      given.forPersonName,
      given.approvedAt,
    ],
  );
}

/** Those that wait, the one that expires first first: a batch of them is looked at in a turn. */
export async function findWaitingApprovals(
  tx: Tx,
  most: number,
): Promise<{ id: string; dueAt: Date; isOver: boolean }[]> {
  return tx.query<{ id: string; dueAt: Date; isOver: boolean }>(
    `select a.approval_id as id, a.due_at as "dueAt",
            not exists (select 1 from remapping m where m.tenant_id = $1 and m.remapping_id = a.subject_id and m.state = 'pending')
            and not exists (select 1 from lineage_rebuild r where r.tenant_id = $1 and r.rebuild_id = a.subject_id
                            and r.state = 'ready' and r.is_pending) as "isOver"
     from lineage_approval a where a.tenant_id = $1 and a.state = 'PENDING_APPROVAL' order by a.due_at limit $2`,
    [tx.tenantId, most],
  );
}

/** People who made or put in force a mapping that is in force now: they worked on what is mapped again. */
export async function findMappingAuthors(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `select created_by as id from mapping_version where tenant_id = $1 and state = 'active'
     union
     select approved_by from mapping_version where tenant_id = $1 and state = 'active' and approved_by is not null`,
    [tx.tenantId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What the queue shows. */
export type LineageApprovalFilter = {
  show: 'waiting' | 'review' | 'decided';
  makerId: string | null;
  notMakerId: string | null;
  /** Whose review is overdue by then; absent = whichever. */
  overdueAt?: Date;
};

const SHOWN: Readonly<Record<LineageApprovalFilter['show'], string>> = {
  waiting: `a.state = 'PENDING_APPROVAL'`,
  review: 'a.is_break_glass and a.reviewed_at is null',
  decided: `a.state <> 'PENDING_APPROVAL'`,
};

/** Approvals, what waits longest first and what was decided last first, one more than asked. */
export async function listLineageApprovals(
  tx: Tx,
  filter: LineageApprovalFilter,
  page: Page,
): Promise<(LineageApprovalRow & { orderText: string })[]> {
  const isLatestFirst = filter.show === 'decided';
  const order = isLatestFirst ? 'desc' : 'asc';
  return tx.query<LineageApprovalRow & { orderText: string }>(
    `select ${COLUMNS}, ${instantCursorSql('a.created_at')} as "orderText" from lineage_approval a
     where ${conditionOf(filter)}
       and ($4::timestamptz is null or (a.created_at, a.approval_id) ${isLatestFirst ? '<' : '>'} ($4, $5::uuid))
     order by a.created_at ${order}, a.approval_id ${order} limit $6`,
    [...parametersOf(tx, filter), page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export async function countLineageApprovals(tx: Tx, filter: LineageApprovalFilter): Promise<RowCount> {
  const { overdueAt = null } = filter;
  return countRows(
    tx,
    `select 1 from lineage_approval a
     where ${conditionOf(filter)} and ($4::timestamptz is null or a.review_due_at <= $4)`,
    [...parametersOf(tx, filter), overdueAt],
  );
}

function conditionOf({ show }: LineageApprovalFilter): string {
  return `a.tenant_id = $1 and ${SHOWN[show]} and ($2::uuid is null or a.maker_id = $2) and ($3::uuid is null or a.maker_id <> $3)`;
}

function parametersOf(tx: Tx, { makerId, notMakerId }: LineageApprovalFilter): unknown[] {
  return [tx.tenantId, makerId, notMakerId];
}
