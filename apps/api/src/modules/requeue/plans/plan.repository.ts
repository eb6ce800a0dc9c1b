import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { chosenSql, HASH_OF_CHOSEN, type ChosenExceptions } from '../../exceptions/index.js';
import type { InSpiteOf, LeftOutCode } from '../domain/left-out.js';
import { HASH_VERSION } from '../domain/request-hash.js';
import type { PlanSum } from '../domain/plan-sums.js';
import type { RequestState } from '../domain/request-life.js';
import type { RunLimits } from '../domain/run.js';
import type { NeededApproval } from '../approval/domain/four-eyes.js';
import type { WaitingRow } from '../plan-facts.repository.js';

export type LeftOutCount = { code: LeftOutCode; hasFallenOut: boolean; count: number };

/** A large selection with what was planned of it. */
export type PlanRow = {
  requestId: string;
  state: RequestState;
  makerId: string;
  makerName: string;
  reason: string;
  approval: NeededApproval | null;
  isCarriedForward: boolean;
  selectionWords: string;
  mode: RequeueMode;
  wish: InSpiteOf;
  items: number;
  /** Lower-case hex. */
  idsHash: string;
  donePosition: number;
  /** Attempts that are written. */
  frozen: number;
  /** Null = not planned yet. */
  going: number | null;
  leftOut: LeftOutCount[];
  sentSums: PlanSum[];
  leftOutSums: PlanSum[];
  waiting: WaitingRow[];
  plannedAt: Date | null;
  expiresAt: Date | null;
  askedAt: Date | null;
  limits: Partial<RunLimits>;
  traceId: string | null;
  note: string | null;
};

const COLUMNS = `p.request_id as "requestId", r.state, r.maker_id as "makerId", r.maker_name as "makerName", r.reason, r.approval,
  r.is_carried_forward as "isCarriedForward", p.selection_words as "selectionWords", p.mode, p.wish, p.item_count as items,
  encode(p.ids_hash, 'hex') as "idsHash", p.done_position as "donePosition", p.frozen, p.going, p.left_out as "leftOut",
  p.sent_sums as "sentSums", p.left_out_sums as "leftOutSums", p.waiting, p.planned_at as "plannedAt", p.expires_at as "expiresAt",
  p.asked_at as "askedAt", p.limits, p.trace_id as "traceId", p.note`;

const FROM = `requeue_plan p join requeue_request r on r.tenant_id = $1 and r.request_id = p.request_id`;

export type NewPlan = {
  requestId: string;
  makerId: string;
  makerName: string;
  reason: string;
  mode: RequeueMode;
  wish: InSpiteOf;
  selectionWords: string;
  filter: Readonly<Record<string, unknown>> | null;
  at: Date;
  traceId: string | undefined;
};

export type FrozenSelection = { count: number; present: number; isFrozen: boolean };

/** What is frozen: what a person picked, or what another plan was about, as it is now. */
export type ToFreeze = ChosenExceptions | { ofPlan: string };

/** Keeps the selection as of one moment, in one statement; or nothing, where it is empty, too large, or names what is not there. */
export async function freezeChosen(tx: Tx, picked: ToFreeze, plan: NewPlan, most: number): Promise<FrozenSelection> {
  const { sql, parameters, parameter } =
    'ofPlan' in picked ? ofPlanSql(tx.tenantId, picked.ofPlan) : chosenSql(tx.tenantId, picked);
  const id = parameter(plan.requestId, 'uuid');
  const at = parameter(plan.at, 'timestamptz');
  const [row] = await tx.query<FrozenSelection>(
    `with chosen as materialized (${sql}),
     totals as materialized (
       select count(*)::int as count, count(seen_version)::int as present, ${HASH_OF_CHOSEN} as hash from chosen
     ),
     frozen as (
       insert into requeue_request (tenant_id, request_id, maker_id, maker_name, reason, selection_hash, items, created_at, state,
                                    is_carried_forward)
       select $1, ${id}, ${parameter(plan.makerId, 'uuid')}, ${parameter(plan.makerName, 'text')}, ${parameter(plan.reason, 'text')},
              t.hash, t.count, ${at}, 'PLANNING', ${parameter(plan.wish.passedDates === true, 'boolean')}
       from totals t where t.count between 1 and ${parameter(most, 'integer')} and t.present = t.count
       returning 1
     ),
     plan as (
       insert into requeue_plan (tenant_id, request_id, selection_words, filter, mode, wish, item_count, ids_hash, trace_id, worked_at)
       select $1, ${id}, ${parameter(plan.selectionWords, 'text')}, ${parameter(plan.filter && JSON.stringify(plan.filter), 'jsonb')},
              ${parameter(plan.mode, 'text')}, ${parameter(JSON.stringify(plan.wish), 'jsonb')}, t.count, t.hash,
              ${parameter(plan.traceId ?? null, 'text')}, ${at}
       from totals t where exists (select from frozen)
     ),
     items as (
       insert into requeue_plan_item (tenant_id, request_id, position, exception_id)
       select $1, ${id}, row_number() over (order by e.priority_order desc, e.exception_id), e.exception_id
       from chosen e where exists (select from frozen)
     )
     select count, present, exists (select from frozen) as "isFrozen" from totals`,
    parameters,
  );
  return row!;
}

/** Those of a plan that are kept still. */
function ofPlanSql(tenantId: string, requestId: string): ReturnType<typeof chosenSql> {
  const parameters: unknown[] = [tenantId, requestId];
  return {
    sql: `select i.exception_id, e.version as seen_version, e.priority_order
          from requeue_plan_item i
          join exception e on e.tenant_id = $1 and e.exception_id = i.exception_id
          where i.tenant_id = $1 and i.request_id = $2::uuid`,
    parameters,
    parameter: (value, type) => `$${parameters.push(value)}::${type}`,
  };
}

/** Plans by request; null = a request without one. Fits Operation.loader. */
export async function findPlans(tx: Tx, requestIds: readonly string[]): Promise<(PlanRow | null)[]> {
  const rows = await tx.query<PlanRow>(
    `select ${COLUMNS} from ${FROM} where p.tenant_id = $1 and p.request_id = any($2::uuid[])`,
    [tx.tenantId, requestIds],
  );
  const byId = new Map(rows.map((row) => [row.requestId, row]));
  return requestIds.map((id) => byId.get(id) ?? null);
}

/** One plan, held until the transaction ends. Where its exceptions are locked as well, the caller has them before. */
export async function lockPlan(tx: Tx, requestId: string): Promise<PlanRow | null> {
  const [row] = await tx.query<PlanRow>(
    `select ${COLUMNS} from ${FROM} where p.tenant_id = $1 and p.request_id = $2 for update of r`,
    [tx.tenantId, requestId],
  );
  return row ?? null;
}

/** The plan whose turn it is: the one in work that waited longest; null = there is nothing to do. */
export async function findNextPlan(tx: Tx): Promise<PlanRow | null> {
  const [row] = await tx.query<PlanRow>(
    `select ${COLUMNS} from ${FROM} where p.tenant_id = $1 and r.state in ('PLANNING', 'FREEZING') order by p.worked_at limit 1`,
    [tx.tenantId],
  );
  return row ?? null;
}

/** Plans with which nobody went on in time. */
export async function findExpiredPlans(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select p.request_id as id from ${FROM} where p.tenant_id = $1 and r.state = 'PLANNED' and p.expires_at <= $2`,
    [tx.tenantId, now],
  );
  return rows.map(({ id }) => id);
}

/** Writes how far it is; the caller holds it. */
export async function putProgress(
  tx: Tx,
  requestId: string,
  { donePosition, frozen }: { donePosition: number; frozen: number },
  now: Date,
): Promise<void> {
  await tx.query(
    `update requeue_plan set done_position = $3, frozen = $4, worked_at = $5 where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId, donePosition, frozen, now],
  );
}

/** Writes that it had its turn. */
export async function putWorked(tx: Tx, requestId: string, now: Date): Promise<void> {
  await tx.query(`update requeue_plan set worked_at = $3 where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    now,
  ]);
}

/** What was planned of a selection. */
export type Planned = {
  going: number;
  approval: NeededApproval | null;
  sent: readonly PlanSum[];
  leftOut: readonly PlanSum[];
  waiting: readonly WaitingRow[];
  expiresAt: Date;
};

export async function putPlanned(tx: Tx, requestId: string, planned: Planned, now: Date): Promise<void> {
  await tx.query(
    `update requeue_plan set going = $3, sent_sums = $4::jsonb, left_out_sums = $5::jsonb, waiting = $6::jsonb, planned_at = $7,
            worked_at = $7, expires_at = $8
     where tenant_id = $1 and request_id = $2`,
    [
      tx.tenantId,
      requestId,
      planned.going,
      JSON.stringify(planned.sent),
      JSON.stringify(planned.leftOut),
      JSON.stringify(planned.waiting),
      now,
      planned.expiresAt,
    ],
  );
  await tx.query(`update requeue_request set approval = $3::jsonb where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    planned.approval && JSON.stringify(planned.approval),
  ]);
}

/** Writes that a person goes on with it, and why: it is asked for from now on. */
export async function putAsked(
  tx: Tx,
  requestId: string,
  { reason, limits, traceId }: { reason: string; limits: Partial<RunLimits>; traceId: string | undefined },
  now: Date,
): Promise<void> {
  await tx.query(`update requeue_request set reason = $3, created_at = $4 where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    reason,
    now,
  ]);
  await tx.query(
    `update requeue_plan set done_position = 0, asked_at = $3, worked_at = $3, limits = $4::jsonb, trace_id = $5
     where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId, now, JSON.stringify(limits), traceId ?? null],
  );
}

/** A step of the request, which the caller holds. */
export async function putState(tx: Tx, requestId: string, state: RequestState, now: Date): Promise<void> {
  await tx.query(`update requeue_request set state = $3, changed_at = $4 where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    state,
    now,
  ]);
}

export async function putNote(tx: Tx, requestId: string, note: string): Promise<void> {
  await tx.query(`update requeue_plan set note = $3 where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    note,
  ]);
}

/** Counts anew why items are left out. */
export async function countLeftOut(tx: Tx, requestId: string): Promise<void> {
  await tx.query(
    `update requeue_plan p set left_out = coalesce((
       select jsonb_agg(jsonb_build_object('code', c.code, 'hasFallenOut', c.has_fallen_out, 'count', c.count) order by c.count desc, c.code)
       from (select i.code, i.has_fallen_out, count(*) as count from requeue_plan_item i
             where i.tenant_id = $1 and i.request_id = $2 and i.code is not null group by 1, 2) c), '[]')
     where p.tenant_id = $1 and p.request_id = $2`,
    [tx.tenantId, requestId],
  );
}

/** The same number for the request and for what was frozen of it. */
export async function putFrozen(tx: Tx, requestId: string, items: number, selectionHash: Buffer): Promise<void> {
  await tx.query(
    `update requeue_request set items = $3, selection_hash = $4, hash_version = $5 where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId, items, selectionHash, HASH_VERSION],
  );
}

/**
 * Hash of all that was frozen, line by line as selectionHash makes it of a small one: in the order of the ids, of hashes that were kept
 * slice by slice.
 */
export async function hashOfFrozen(tx: Tx, requestId: string): Promise<{ items: number; hash: Buffer }> {
  const [row] = await tx.query<{ items: number; hash: Buffer }>(
    `select count(*)::int as items,
            sha256(coalesce(string_agg(convert_to(
              format(E'%s %s %s\\n', i.exception_id, i.attempt, encode(i.body_hash, 'hex')), 'UTF8'), ''::bytea
              order by i.exception_id), ''::bytea)) as hash
     from requeue_plan_item i where i.tenant_id = $1 and i.request_id = $2 and i.body_hash is not null`,
    [tx.tenantId, requestId],
  );
  return row!;
}

/** Any attempt of a request. */
export async function findAnyAttempt(tx: Tx, requestId: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select attempt_id as id from requeue_attempt where tenant_id = $1 and request_id = $2 limit 1`,
    [tx.tenantId, requestId],
  );
  return row?.id ?? null;
}

/** Distinct integrations of what goes. */
export async function findIntegrationsOfPlan(tx: Tx, requestId: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select distinct e.integration as name from requeue_plan_item i
     join exception e on e.tenant_id = $1 and e.exception_id = i.exception_id
     where i.tenant_id = $1 and i.request_id = $2 and i.code is null and e.integration <> '' order by 1`,
    [tx.tenantId, requestId],
  );
  return rows.map(({ name }) => name);
}
