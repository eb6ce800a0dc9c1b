import type { Tx } from '@throughline/persistence';
import type { RunCounts, RunLimits } from './domain/run.js';
import type { RequestState } from './domain/request-life.js';

/** How one request is sent. */
export type RunRow = RunLimits & {
  requestId: string;
  state: RequestState;
  /** Outcomes of what was released before are not counted; null = it has not begun. */
  measuredFrom: Date | null;
  note: string | null;
};

/** The columns of limits, in the order of limitValues. */
export const LIMIT_COLUMNS = `rate_per_second, canary, canary_proof, ramp, max_in_flight, stop_percent, stop_minimum`;

/** The limits of a row by their names. */
export const limitsSql = (row: string): string =>
  `${row}.rate_per_second as "ratePerSecond", ${row}.canary, ${row}.canary_proof as "canaryProof", ${row}.ramp,
   ${row}.max_in_flight as "maxInFlight", ${row}.stop_percent as "stopPercent", ${row}.stop_minimum as "stopMinimum"`;

const RUN = `u.request_id as "requestId", r.state, u.measured_from as "measuredFrom", u.note, ${limitsSql('u')}`;

/** Requests by id, with their runs; what was asked for before there were runs has none. */
export async function findRuns(tx: Tx, requestIds: readonly string[]): Promise<(RunRow | null)[]> {
  const rows = await tx.query<RunRow>(
    `select ${RUN} from requeue_run u join requeue_request r on r.tenant_id = $1 and r.request_id = u.request_id
     where u.tenant_id = $1 and u.request_id = any($2::uuid[])`,
    [tx.tenantId, requestIds],
  );
  const byId = new Map(rows.map((row) => [row.requestId, row]));
  return requestIds.map((id) => byId.get(id) ?? null);
}

/** The state of a request, held: nothing of it is released or ended by others until the transaction ends. Null = none. */
export async function lockRequestState(tx: Tx, requestId: string): Promise<RequestState | null> {
  const [row] = await tx.query<{ state: RequestState }>(
    `select state from requeue_request where tenant_id = $1 and request_id = $2 for update`,
    [tx.tenantId, requestId],
  );
  return row?.state ?? null;
}

/** The run that is to be worked on, held; null = it is not sending, or another worker has it in hand. */
export async function lockSendingRun(tx: Tx, requestId: string): Promise<RunRow | null> {
  const [row] = await tx.query<RunRow>(
    `select ${RUN} from requeue_request r join requeue_run u on u.tenant_id = $1 and u.request_id = r.request_id
     where r.tenant_id = $1 and r.request_id = $2 and r.state = 'SENDING' and u.measured_from is not null
     for update of r skip locked`,
    [tx.tenantId, requestId],
  );
  return row ?? null;
}

/** Of a run the next so many say how urgent it is: the canary, and what is the most urgent behind it. */
const LOOKED_AT = 100;

/**
 * Requests that are being sent, and whether something of them is left to release: first what is the most urgent, so that it gets the room
 * of a target before an older run, of equals the oldest.
 */
export async function findSendingRuns(tx: Tx): Promise<{ requestId: string; hasLeft: boolean }[]> {
  return tx.query(
    `select r.request_id as "requestId", held.has_left as "hasLeft"
     from requeue_request r
     join requeue_run u on u.tenant_id = $1 and u.request_id = r.request_id and u.measured_from is not null
     cross join lateral (
       select count(*) > 0 as has_left, max(e.priority_order) as priority
       from (select a.exception_id from requeue_attempt a
             where a.tenant_id = $1 and a.request_id = r.request_id and a.state = 'QUEUED' and a.released_at is null
             order by a.position, a.attempt_id limit ${LOOKED_AT}) next
       left join exception e on e.tenant_id = $1 and e.exception_id = next.exception_id
     ) held
     where r.tenant_id = $1 and r.state = 'SENDING'
     order by held.priority desc nulls last, r.created_at, r.request_id`,
    [tx.tenantId],
  );
}

/** Writes the limits of a request, unless it has some. */
export async function insertRun(tx: Tx, requestId: string, limits: RunLimits): Promise<void> {
  await tx.query(
    `insert into requeue_run (tenant_id, request_id, ${LIMIT_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict do nothing`,
    [tx.tenantId, requestId, ...limitValues(limits)],
  );
}

/** Lets a run begin, or begin anew after it had stopped: with a canary again. */
export async function beginRun(tx: Tx, requestId: string, now: Date): Promise<void> {
  await tx.query(`update requeue_run set measured_from = $3, note = null where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    now,
  ]);
}

/** Writes a step of a request, which the caller holds locked. */
export async function writeState(
  tx: Tx,
  requestId: string,
  state: RequestState,
  note: string | null,
  now: Date,
): Promise<void> {
  await tx.query(`update requeue_request set state = $3, changed_at = $4 where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    state,
    now,
  ]);
  await tx.query(`update requeue_run set note = $3, is_ending = $4 where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
    note,
    state === 'CANCELLED',
  ]);
}

/** Cancelled requests of which something is not ended yet. */
export async function findEndingRuns(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select request_id as id from requeue_run where tenant_id = $1 and is_ending order by request_id`,
    [tx.tenantId],
  );
  return rows.map((row) => row.id);
}

export async function endedRun(tx: Tx, requestId: string): Promise<void> {
  await tx.query(`update requeue_run set is_ending = false where tenant_id = $1 and request_id = $2`, [
    tx.tenantId,
    requestId,
  ]);
}

/** Requests of these attempts. */
export async function findRequestsOf(tx: Tx, attemptIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct request_id as id from requeue_attempt where tenant_id = $1 and attempt_id = any($2::uuid[])`,
    [tx.tenantId, attemptIds],
  );
  return rows.map((row) => row.id);
}

/** It was taken back before it went out: neither a failure nor a proof. */
export const IS_WITHDRAWN = 'a.sent_at is null';

/** Where runs are, counted in one statement; null = there is nothing to count. */
export async function countRuns(tx: Tx, requestIds: readonly string[], now: Date): Promise<(RunCounts | null)[]> {
  const isUnproved = `(a.state = 'UNKNOWN' or a.state = 'ACKNOWLEDGED' and u.canary_proof = 'VERIFIED')`;
  const isProved = `(a.state = 'VERIFIED' or a.state = 'ACKNOWLEDGED' and u.canary_proof = 'ACKNOWLEDGED')`;
  const isOpen = `${isUnproved} and a.finished_at is null`;
  const isOverdue = `coalesce(a.verify_by <= $3, false)`;
  // one that was overtaken while a worker was sending it, and killed, is under way no more
  const isUnderWay = `a.state in ('QUEUED', 'SENDING') and a.finished_at is null`;
  const rows = await tx.query<RunCounts & { requestId: string }>(
    `select a.request_id as "requestId",
            count(*) filter (where a.state = 'QUEUED' and a.released_at is null)::int as left,
            count(*) filter (where ${isUnderWay} and a.released_at is not null)::int as "inFlight",
            count(*) filter (where a.released_at >= u.measured_from and ${isProved})::int as proved,
            count(*) filter (where a.released_at >= u.measured_from and (
              ${isUnderWay} or ${isOpen} and not ${isOverdue}))::int as pending,
            count(*) filter (where a.released_at >= u.measured_from and (
              a.state = 'FAILED' or a.state = 'REFUSED' and not ${IS_WITHDRAWN} or ${isOpen} and ${isOverdue}))::int as failed,
            count(*) filter (where a.released_at > $4)::int as "releasedLastSecond",
            min(a.released_at) filter (where a.released_at > $4) as "firstOfLastSecond"
     from requeue_run u
     join requeue_attempt a on a.tenant_id = $1 and a.request_id = u.request_id
     where u.tenant_id = $1 and u.request_id = any($2::uuid[]) group by a.request_id`,
    [tx.tenantId, requestIds, now, new Date(now.getTime() - 1_000)],
  );
  const byId = new Map(rows.map(({ requestId, ...counts }) => [requestId, counts]));
  return requestIds.map((id) => byId.get(id) ?? null);
}

/** Takes an attempt back that was released while its request is held: it is released again when that goes on. */
export async function holdBack(tx: Tx, attemptId: string): Promise<void> {
  await tx.query(
    `update requeue_attempt set released_at = null where tenant_id = $1 and attempt_id = $2 and state = 'QUEUED'`,
    [tx.tenantId, attemptId],
  );
}

/** Ends requests of these states of which nothing is left to send, nor to ask their targets about, and answers which. */
export async function finishRequests(tx: Tx, from: readonly RequestState[], now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update requeue_request r set state = 'FINISHED', changed_at = $3
     where r.tenant_id = $1 and r.state = any($2::text[]) and not exists (
       select from requeue_attempt a
       where a.tenant_id = $1 and a.request_id = r.request_id and a.finished_at is null and a.state in ('QUEUED', 'SENDING')
     ) and not exists (
       select from requeue_attempt a
       where a.tenant_id = $1 and a.request_id = r.request_id and a.finished_at is null and a.state = 'UNKNOWN' and (
           a.retry_at is not null
           or exists (select from requeue_probe p where p.tenant_id = $1 and p.attempt_id = a.attempt_id and p.ask_at is not null)
           -- not asked yet
           or exists (select from integration i where i.tenant_id = $1 and i.name = a.integration and i.requeue_status_url is not null)
              and not exists (select from requeue_probe p where p.tenant_id = $1 and p.attempt_id = a.attempt_id
                                and p.transmission >= a.transmissions)))
     returning r.request_id as id`,
    [tx.tenantId, from, now],
  );
  return rows.map((row) => row.id);
}

export type CancelledRow = {
  attemptId: string;
  exceptionId: string;
  attempt: number;
  objectId: string;
  hasClaim: boolean;
};

/** An attempt that has not gone out, with its exception. */
export type Cancellable = { attemptId: string; exceptionId: string };

/** Attempts of a request that have not gone out; of these alone, if some are named. */
export async function findCancellable(
  tx: Tx,
  requestId: string,
  most: number,
  attemptId: string | null = null,
): Promise<Cancellable[]> {
  return tx.query(
    `select attempt_id as "attemptId", exception_id as "exceptionId" from requeue_attempt
     where tenant_id = $1 and request_id = $2 and state = 'QUEUED' and ($4::uuid is null or attempt_id = $4)
     order by position, attempt_id limit $3`,
    [tx.tenantId, requestId, most, attemptId],
  );
}

/** Ends those of them that still have not gone out; their exceptions are held locked. */
export async function cancelAttempts(
  tx: Tx,
  attemptIds: readonly string[],
  answer: string,
  now: Date,
): Promise<CancelledRow[]> {
  return tx.query<CancelledRow>(
    `update requeue_attempt a set state = 'CANCELLED', finished_at = $3, answer = $4, retry_at = null
     where a.tenant_id = $1 and a.attempt_id = any($2::uuid[]) and a.state = 'QUEUED'
     returning a.attempt_id as "attemptId", a.exception_id as "exceptionId", a.attempt, a.object_id as "objectId",
       exists (select from requeue_claim c where c.tenant_id = $1 and c.exception_id = a.exception_id
                 and c.attempt_id = a.attempt_id) as "hasClaim"`,
    [tx.tenantId, attemptIds, now, answer],
  );
}

/** Limits as values of their columns. */
export function limitValues(limits: RunLimits): unknown[] {
  const { ratePerSecond, canary, canaryProof, ramp, maxInFlight, stopPercent, stopMinimum } = limits;
  return [ratePerSecond, canary, canaryProof, ramp, maxInFlight, stopPercent, stopMinimum];
}
