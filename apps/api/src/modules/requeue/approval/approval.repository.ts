import type { RequestAction } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';
import type { RequestState } from '../domain/request-life.js';
import type { NeededApproval } from './domain/four-eyes.js';

/** A request with what decides about it. */
export type ApprovalRow = {
  id: string;
  action: RequestAction;
  state: RequestState;
  makerId: string;
  makerName: string;
  reason: string;
  /** Lower-case hex. */
  selectionHash: string;
  /** What the hash covers. */
  hashVersion: number;
  items: number;
  createdAt: Date;
  /** Null = nobody has to approve it. */
  approval: NeededApproval | null;
  reportingMinor: string | null;
  isMoneyUnknown: boolean;
  isCarriedForward: boolean;
  dueAt: Date | null;
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

const COLUMNS = `r.request_id as id, r.action, r.state, r.maker_id as "makerId", r.maker_name as "makerName", r.reason,
  encode(r.selection_hash, 'hex') as "selectionHash", r.hash_version as "hashVersion", r.items, r.created_at as "createdAt", r.approval,
  r.reporting_minor as "reportingMinor", r.is_money_unknown as "isMoneyUnknown", r.is_carried_forward as "isCarriedForward",
  r.due_at as "dueAt", r.decided_at as "decidedAt", r.decided_by as "decidedBy", r.decided_by_name as "decidedByName",
  r.decision_reason as "decisionReason", r.is_break_glass as "isBreakGlass",
  r.review_due_at as "reviewDueAt", r.reviewed_at as "reviewedAt",
  r.reviewed_by_name as "reviewedByName", r.review_comment as "reviewComment"`;

/** Requests in the order of the ids; null where there is none. Fits Operation.loader. */
export async function findApprovalRows(tx: Tx, ids: readonly string[]): Promise<(ApprovalRow | null)[]> {
  const rows = await tx.query<ApprovalRow>(
    `select ${COLUMNS} from requeue_request r where r.tenant_id = $1 and r.request_id = any($2::uuid[])`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** One request, held until the transaction ends. The caller has locked its exceptions before. */
export async function lockRequest(tx: Tx, id: string): Promise<ApprovalRow | null> {
  const [row] = await tx.query<ApprovalRow>(
    `select ${COLUMNS} from requeue_request r where r.tenant_id = $1 and r.request_id = $2 for update`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

/** What a request asks for, written beside it when it is made. */
export type AskedApproval = {
  state: RequestState;
  approval: NeededApproval | null;
  reportingMinor: string;
  isMoneyUnknown: boolean;
  isCarriedForward: boolean;
  dueAt: Date | null;
};

export async function putAskedApproval(tx: Tx, requestId: string, asked: AskedApproval): Promise<void> {
  await tx.query(
    `update requeue_request set state = $3, approval = $4::jsonb, reporting_minor = $5, is_money_unknown = $6,
            is_carried_forward = $7, due_at = $8
     where tenant_id = $1 and request_id = $2`,
    [
      tx.tenantId,
      requestId,
      asked.state,
      asked.approval && JSON.stringify(asked.approval),
      asked.reportingMinor,
      asked.isMoneyUnknown,
      asked.isCarriedForward,
      asked.dueAt,
    ],
  );
}

/** What became of a request, and by whom; null = the system. */
export type Decided = {
  state: RequestState;
  by: { id: string | null; name: string };
  reason: string;
  isBreakGlass?: boolean;
  /** Of an emergency. */
  reviewDueAt?: Date | null;
};

export async function putDecision(tx: Tx, requestId: string, decided: Decided, now: Date): Promise<void> {
  await tx.query(
    `update requeue_request set state = $3, changed_at = $4, decided_at = $4, decided_by = $5, decided_by_name = $6,
            decision_reason = $7, is_break_glass = $8, review_due_at = $9
     where tenant_id = $1 and request_id = $2`,
    [
      tx.tenantId,
      requestId,
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

export async function putReview(
  tx: Tx,
  requestId: string,
  by: { id: string; name: string },
  comment: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `update requeue_request set reviewed_at = $3, reviewed_by = $4, reviewed_by_name = $5, review_comment = $6
     where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId, now, by.id, by.name, comment],
  );
}

/** Requests whose time to be decided is over, or of which nothing is left to decide, a batch of them. */
export async function findExpired(tx: Tx, now: Date, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select r.request_id as id from requeue_request r
     where r.tenant_id = $1 and r.state = 'PENDING_APPROVAL'
       and (r.due_at <= $2 or not exists (
         select from requeue_item i
         join requeue_claim c on c.tenant_id = $1 and c.exception_id = i.exception_id and c.attempt_id = i.attempt_id
         where i.tenant_id = $1 and i.request_id = r.request_id))
     order by r.due_at limit $3`,
    [tx.tenantId, now, most],
  );
  return rows.map(({ id }) => id);
}

/** Lets what is released count from now on: for its retries, and for what proves it. */
export async function releaseAttempts(tx: Tx, attemptIds: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `update requeue_attempt set created_at = $3 where tenant_id = $1 and attempt_id = any($2::uuid[]) and state = 'QUEUED'`,
    [tx.tenantId, attemptIds, now],
  );
}

export type GivenApproval = {
  requestId: string;
  personId: string;
  personName: string;
  comment: string;
  forPersonId: string | null;
  forPersonName: string | null;
  approvedAt: Date;
};

const GIVEN = `request_id as "requestId", person_id as "personId", person_name as "personName", comment,
  for_person_id as "forPersonId", for_person_name as "forPersonName", approved_at as "approvedAt"`;

/** Approvals per request, in the order in which they were given. Fits Operation.loader. */
export async function findGivenApprovals(tx: Tx, requestIds: readonly string[]): Promise<GivenApproval[][]> {
  const rows = await tx.query<GivenApproval>(
    `select ${GIVEN} from requeue_approval where tenant_id = $1 and request_id = any($2::uuid[])
     order by approved_at, person_id`,
    [tx.tenantId, requestIds],
  );
  return requestIds.map((id) => rows.filter(({ requestId }) => requestId === id));
}

export async function insertApproval(tx: Tx, given: GivenApproval): Promise<void> {
  await tx.query(
    `insert into requeue_approval (tenant_id, request_id, person_id, person_name, comment, for_person_id, for_person_name, approved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.tenantId,
      given.requestId,
      given.personId,
      given.personName,
      given.comment,
      given.forPersonId,
      given.forPersonName,
      given.approvedAt,
    ],
  );
}

/** What the queue shows. */
export type ApprovalFilter = {
  show: 'waiting' | 'review' | 'decided';
  /** Of this maker; null = of all. */
  makerId: string | null;
  /** Not of this maker. */
  notMakerId: string | null;
  legalEntity: string | null;
  integration: string | null;
  /** Whose review is overdue by then; absent = whichever. */
  overdueAt?: Date;
};

export const APPROVAL_CURSOR_PARTS = ['instant', 'uuid'] as const;

/** Requests, what waits longest first and what was decided last first, one more than asked. */
export async function listApprovals(
  tx: Tx,
  filter: ApprovalFilter,
  page: Page,
): Promise<(ApprovalRow & { orderText: string })[]> {
  const isLatestFirst = filter.show === 'decided';
  const order = isLatestFirst ? 'desc' : 'asc';
  const { condition, parameters } = conditionOf(tx.tenantId, filter);
  const after = parameters.push(page.after?.[0] ?? null);
  const afterId = parameters.push(page.after?.[1] ?? null);
  const most = parameters.push(page.first + 1);
  return tx.query<ApprovalRow & { orderText: string }>(
    `select ${COLUMNS}, ${instantCursorSql('r.created_at')} as "orderText" from requeue_request r
     where ${condition}
       and ($${after}::timestamptz is null or (r.created_at, r.request_id) ${isLatestFirst ? '<' : '>'} ($${after}, $${afterId}::uuid))
     order by r.created_at ${order}, r.request_id ${order} limit $${most}`,
    parameters,
  );
}

export async function countApprovals(tx: Tx, filter: ApprovalFilter): Promise<RowCount> {
  const { condition, parameters } = conditionOf(tx.tenantId, filter);
  return countRows(tx, `select 1 from requeue_request r where ${condition}`, parameters);
}

const SHOWN: Readonly<Record<ApprovalFilter['show'], string>> = {
  waiting: `r.state = 'PENDING_APPROVAL'`,
  review: 'r.is_break_glass and r.reviewed_at is null',
  decided: 'r.approval is not null and r.decided_at is not null',
};

function conditionOf(tenantId: string, filter: ApprovalFilter): { condition: string; parameters: unknown[] } {
  const parameters: unknown[] = [tenantId];
  const conditions = ['r.tenant_id = $1', SHOWN[filter.show]];
  if (filter.makerId !== null) conditions.push(`r.maker_id = $${parameters.push(filter.makerId)}`);
  if (filter.notMakerId !== null) conditions.push(`r.maker_id <> $${parameters.push(filter.notMakerId)}`);
  if (filter.overdueAt) conditions.push(`r.review_due_at <= $${parameters.push(filter.overdueAt)}`);
  const ofItem = (column: string, value: string) =>
    conditions.push(
      `exists (select from requeue_item i where i.tenant_id = $1 and i.request_id = r.request_id and i.${column} = $${parameters.push(value)})`,
    );
  if (filter.legalEntity !== null) ofItem('legal_entity', filter.legalEntity);
  if (filter.integration !== null) ofItem('integration', filter.integration);
  return { condition: conditions.join(' and '), parameters };
}
