import type { RequestAction, RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { isOpen, type ExceptionState } from '../exceptions/index.js';
import type { AttemptState, Outcome, Sending } from './domain/attempt.js';
import type { Predecessor } from './domain/order.js';
import type { Evidence } from './domain/judgement.js';
import { isOwnRun, TRACE_OF_ATTEMPT } from './own-run.js';
import type { RequestState } from './domain/request-life.js';
import { SHIPPED_SETTINGS } from './sending-settings/sending-settings.repository.js';

/** An attempt as its sender needs it. */
export type SendingRow = Sending & {
  attemptId: string;
  requestId: string;
  exceptionId: string;
  integration: string;
  idempotencyKey: string;
  body: string;
  traceparent: string;
  attempt: number;
  /** It still holds the claim of its exception: the right to send. */
  hasClaim: boolean;
  action: RequestAction;
  mode: RequeueMode;
  /** Where on the host of the target it goes; null = to the target itself. */
  path: string | null;
  requestState: RequestState;
  /** When the dates of payments that had passed by then were accepted; null = they were not. */
  carriedForwardAt: Date | null;
  /** Its run, if it has one, lets it go out. */
  isReleased: boolean;
  /** When the same bytes go out again; null = not by a time. */
  retryAt: Date | null;
};

/** Which exception an attempt belongs to; null = no such attempt. Read before locking, since exceptions are locked first. */
export async function findExceptionOfAttempt(tx: Tx, attemptId: string): Promise<string | null> {
  const [id] = await findExceptionsOfAttempts(tx, [attemptId]);
  return id ?? null;
}

/** The exceptions of attempts, those that there are. */
export async function findExceptionsOfAttempts(tx: Tx, attemptIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select exception_id as id from requeue_attempt where tenant_id = $1 and attempt_id = any($2::uuid[])`,
    [tx.tenantId, attemptIds],
  );
  return rows.map(({ id }) => id);
}

/** The attempt, locked. */
export async function lockAttempt(tx: Tx, attemptId: string): Promise<SendingRow | null> {
  const [row] = await lockAttempts(tx, [attemptId]);
  return row ?? null;
}

/** Attempts, locked in one order. */
export async function lockAttempts(tx: Tx, attemptIds: readonly string[]): Promise<SendingRow[]> {
  return tx.query<SendingRow>(
    `select a.attempt_id as "attemptId", a.request_id as "requestId", a.exception_id as "exceptionId", a.integration,
            a.idempotency_key as "idempotencyKey", a.body, a.traceparent, a.attempt, a.state, a.transmissions,
            a.sent_at as "sentAt", greatest(coalesce(a.released_at, a.created_at), a.first_sent_at) as "carriedSince",
            a.may_have_applied as "mayHaveApplied", r.state as "requestState", r.action, a.mode,
            (select k.path from requeue_compensation k where k.tenant_id = $1 and k.attempt_id = a.attempt_id) as path,
            case when r.is_carried_forward then r.created_at end as "carriedForwardAt", a.retry_at as "retryAt",
            a.released_at is not null
            or not exists (select from requeue_run u where u.tenant_id = $1 and u.request_id = a.request_id) as "isReleased",
            exists (select from requeue_claim c where c.tenant_id = a.tenant_id and c.attempt_id = a.attempt_id
                      and c.exception_id = a.exception_id) as "hasClaim"
     from requeue_attempt a join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     where a.tenant_id = $1 and a.attempt_id = any($2::uuid[]) order by a.attempt_id for update of a`,
    [tx.tenantId, attemptIds],
  );
}

/** Which of these attempts go behind something else. */
export async function findOrdered(tx: Tx, attemptIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct attempt_id as id from requeue_order where tenant_id = $1 and attempt_id = any($2::uuid[])`,
    [tx.tenantId, attemptIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Writes that an attempt is on its way, before it is; `at` is read once its locks are held, however long they were waited for. */
export async function markSending(tx: Tx, begun: BegunSending, at: Date): Promise<void> {
  await markAllSending(tx, [begun], at);
}

/** A transmission that begins, and as what it goes. */
export type BegunSending = { attemptId: string; mayHaveApplied: boolean; contentType: string | null };

/** The same of many. */
export async function markAllSending(tx: Tx, begun: readonly BegunSending[], at: Date): Promise<void> {
  await tx.query(
    `update requeue_attempt a set state = 'SENDING', transmissions = a.transmissions + 1, sent_at = $3,
            first_sent_at = coalesce(a.first_sent_at, $3),
            may_have_applied = b."mayHaveApplied", retry_at = null, sent_content_type = b."contentType"
     from jsonb_to_recordset($2::jsonb) as b("attemptId" uuid, "mayHaveApplied" boolean, "contentType" text)
     where a.tenant_id = $1 and a.attempt_id = b."attemptId"`,
    [tx.tenantId, JSON.stringify(begun), at],
  );
}

/**
 * Writes what transmissions brought. States that telemetry decided stay: a run can be told before its request is answered. What ended
 * meanwhile is not tried again.
 */
export async function recordOutcomes(
  tx: Tx,
  outcomes: readonly { attemptId: string; outcome: Outcome }[],
  now: Date,
): Promise<void> {
  await tx.query(
    `update requeue_attempt a set
       state = case when a.state in ('VERIFIED', 'FAILED') then a.state
                    when a.finished_at is not null and o.state = 'QUEUED' then 'REFUSED' else o.state end,
       acknowledged_at = case when o.state = 'ACKNOWLEDGED' then coalesce(a.acknowledged_at, $3) else a.acknowledged_at end,
       finished_at = case when o.state = 'REFUSED' then coalesce(a.finished_at, $3) else a.finished_at end,
       may_have_applied = o."mayHaveApplied", http_status = coalesce(o."httpStatus", a.http_status), answer = o.answer,
       retry_at = case when a.finished_at is null then o."retryAt" end,
       -- what may be with the target should be seen downstream in time
       verify_by = case when o.state in ('ACKNOWLEDGED', 'UNKNOWN') then coalesce(a.verify_by, $3 + make_interval(mins => coalesce(
         (select k.within_minutes from requeue_compensation k where k.tenant_id = $1 and k.attempt_id = a.attempt_id),
         (select s.verify_within_minutes from requeue_settings s where s.tenant_id = $1 and s.integration = a.integration), $4)))
         -- what was not applied is due anew once it goes out again
         when o.state = 'QUEUED' and not o."mayHaveApplied" then null
         else a.verify_by end
     from jsonb_to_recordset($2::jsonb) as o("attemptId" uuid, state text, "mayHaveApplied" boolean, "httpStatus" integer,
                                              answer text, "retryAt" timestamptz)
     where a.tenant_id = $1 and a.attempt_id = o."attemptId"`,
    [
      tx.tenantId,
      JSON.stringify(outcomes.map(({ attemptId, outcome }) => ({ attemptId, ...outcome }))),
      now,
      SHIPPED_SETTINGS.verifyWithinMinutes,
    ],
  );
}

/** Attempts that may go out to a target and have not, the longest first. */
export async function findToSend(tx: Tx, integration: string, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select attempt_id as id from requeue_attempt
     where tenant_id = $1 and integration = $2 and state = 'QUEUED' and released_at is not null order by released_at limit $3`,
    [tx.tenantId, integration, most],
  );
  return rows.map(({ id }) => id);
}

/**
 * Attempts that should have gone on before a time, and have not: whatever was to carry them is lost. Read from the claims, which are
 * those of what is under way alone.
 */
export async function findForgotten(tx: Tx, before: Date, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select a.attempt_id as id
     from requeue_claim c join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = c.attempt_id
     where c.tenant_id = $1 and a.released_at is not null and a.finished_at is null
       and (a.state in ('QUEUED', 'SENDING') or a.state = 'UNKNOWN' and a.retry_at is not null)
       and greatest(a.released_at, a.sent_at, a.retry_at) <= $2
     order by a.released_at, a.attempt_id limit $3`,
    [tx.tenantId, before, most],
  );
  return rows.map(({ id }) => id);
}

/** Notes that the same bytes do not go out again. */
export async function clearRetry(tx: Tx, attemptId: string): Promise<void> {
  await tx.query(
    `update requeue_attempt set retry_at = null where tenant_id = $1 and attempt_id = $2 and retry_at is not null`,
    [tx.tenantId, attemptId],
  );
}

export type FinishedAttempt = {
  attemptId: string;
  state: AttemptState;
  answer: string | null;
  /** When a run of its own went through for the first time, where one did. */
  processedAt?: Date | null;
};

/** Ends attempts and frees their claims. */
export async function finishAttempts(tx: Tx, finished: readonly FinishedAttempt[], now: Date): Promise<void> {
  await tx.query(
    `update requeue_attempt a set state = f.state, finished_at = coalesce(a.finished_at, $3), answer = coalesce(f.answer, a.answer),
            retry_at = null, processed_at = least(a.processed_at, f."processedAt")
     from jsonb_to_recordset($2::jsonb) as f("attemptId" uuid, state text, answer text, "processedAt" timestamptz)
     where a.tenant_id = $1 and a.attempt_id = f."attemptId"`,
    [tx.tenantId, JSON.stringify(finished), now],
  );
  await freeClaims(
    tx,
    finished.map((one) => one.attemptId),
  );
}

/** Frees the claims of attempts that are not under way any more. */
export async function freeClaims(tx: Tx, attemptIds: readonly string[]): Promise<void> {
  await tx.query(
    `delete from requeue_claim c using requeue_attempt a
     where c.tenant_id = $1 and a.tenant_id = $1 and a.attempt_id = any($2::uuid[])
       and c.exception_id = a.exception_id and c.attempt_id = a.attempt_id`,
    [tx.tenantId, attemptIds],
  );
}

/** What goes before an attempt, as it stands now. */
export async function findBefore(tx: Tx, attemptId: string): Promise<Predecessor[]> {
  const rows = await tx.query<Omit<Predecessor, 'isOpen'> & { state: ExceptionState }>(
    `select e.object_type || ' ' || e.object_key as title, e.state,
            exists (select from requeue_claim c where c.tenant_id = $1 and c.exception_id = e.exception_id)
            or exists (select from requeue_claim c
                       where c.tenant_id = $1 and c.object_id = e.object_id and c.integration = e.integration) as "isUnderWay"
     from requeue_order o
     join exception named on named.tenant_id = $1 and named.exception_id = o.after_exception_id
     -- where two became one meanwhile, the one that goes on
     join exception e on e.tenant_id = $1
       and e.exception_id = case when named.state = 'DUPLICATE' and named.duplicate_of is not null
                                 then named.duplicate_of else named.exception_id end
     where o.tenant_id = $1 and o.attempt_id = $2
     order by o.after_exception_id`,
    [tx.tenantId, attemptId],
  );
  return rows.map(({ state, ...row }) => ({ ...row, isOpen: isOpen(state) }));
}

/** Attempts that were waiting for these exceptions and never went out. */
export async function findWaitingBehind(tx: Tx, exceptionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct o.attempt_id as id
     from requeue_order o join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = o.attempt_id
     where o.tenant_id = $1 and o.after_exception_id = any($2::uuid[]) and a.state = 'QUEUED'
       and a.transmissions = 0`,
    [tx.tenantId, exceptionIds],
  );
  return rows.map((row) => row.id);
}

/**
 * Carries the release of an attempt forward, so that it is not given up for what it waits now: one that never went out is as if released
 * just now, else by that wait. Never into the last minute: that would count as a release to its target.
 */
export async function carryRelease(tx: Tx, attemptId: string, waitMs: number, now: Date): Promise<void> {
  await tx.query(
    `update requeue_attempt set released_at = case when transmissions = 0 then $4::timestamptz
                             else least(released_at + make_interval(secs => $3), $4::timestamptz) end
     where tenant_id = $1 and attempt_id = $2 and released_at < $4::timestamptz`,
    [tx.tenantId, attemptId, waitMs / 1_000, new Date(now.getTime() - 60_000)],
  );
}

/** Says on a waiting attempt for what it waits. */
export async function noteWaiting(tx: Tx, attemptId: string, answer: string): Promise<void> {
  await tx.query(
    `update requeue_attempt set answer = $3
     where tenant_id = $1 and attempt_id = $2 and answer is distinct from $3`,
    [tx.tenantId, attemptId, answer],
  );
}

/** Exceptions with an unfinished attempt whose object, under any id, is one of these. */
export async function findClaimedAt(tx: Tx, objectIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select c.exception_id as id
     from (select alias_id as id from object_alias where tenant_id = $1 and object_id = any($2::uuid[])
           union select id from unnest($2::uuid[]) as id) names
     join requeue_claim c on c.tenant_id = $1 and c.object_id = names.id`,
    [tx.tenantId, objectIds],
  );
  return [...new Set(rows.map((row) => row.id))];
}

/**
 * Which of these exceptions may be over before their attempts went out: their problem was overcome or is gone, or they undo something,
 * of which their own evidence tells.
 */
export async function findOvercome(tx: Tx, exceptionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select c.exception_id as id
     from requeue_claim c
     join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = c.attempt_id
     join exception e on e.tenant_id = $1 and e.exception_id = c.exception_id
     cross join lateral (
       select coalesce((select o.object_id from object_alias o where o.tenant_id = $1 and o.alias_id = a.object_id),
                       a.object_id) as object_id offset 0
     ) home
     left join problem p on p.tenant_id = $1 and p.object_id = home.object_id and p.hop = e.hop and p.signature = e.signature
     where c.tenant_id = $1 and c.exception_id = any($2::uuid[])
       and (p.object_id is null or p.cleared_at is not null
            or exists (select from requeue_compensation k where k.tenant_id = $1 and k.attempt_id = c.attempt_id))`,
    [tx.tenantId, exceptionIds],
  );
  return rows.map(({ id }) => id);
}

export type EvidenceRow = Evidence & {
  attemptId: string;
  requestId: string;
  exceptionId: string;
  attempt: number;
  state: AttemptState;
  transmissions: number;
  /** Where the object is now. */
  objectId: string;
  /** When a run of its own went through for the first time. */
  processedAt: Date | null;
};

/** Notes when runs of attempts went through, the first one of each. */
export async function noteProcessed(tx: Tx, processed: readonly { attemptId: string; at: Date }[]): Promise<void> {
  if (processed.length === 0) return;
  await tx.query(
    `update requeue_attempt a set processed_at = p.at
     from jsonb_to_recordset($2::jsonb) as p("attemptId" uuid, at timestamptz)
     where a.tenant_id = $1 and a.attempt_id = p."attemptId" and (a.processed_at is null or a.processed_at > p.at)`,
    [tx.tenantId, JSON.stringify(processed)],
  );
}

/** What the facts say about the claimed attempts of these exceptions that send something again. */
export async function loadEvidence(tx: Tx, exceptionIds: readonly string[]): Promise<EvidenceRow[]> {
  return tx.query<EvidenceRow>(
    `select a.attempt_id as "attemptId", a.request_id as "requestId", a.exception_id as "exceptionId", a.attempt, a.state,
            a.transmissions, coalesce(a.first_sent_at, a.sent_at, a.created_at) as "sentAt", home.object_id as "objectId",
            a.state <> 'QUEUED' as "mayBeTaken",
            p.object_id is not null as "hasProblem", p.cleared_at as "clearedAt",
            coalesce(own.failed, false) as "hasOwnFailure",
            coalesce(own.succeeded, false) or coalesce(${isOwnRun('proof', 'a.request_id', TRACE_OF_ATTEMPT)}, false) as "hasOwnSuccess",
            least(own.succeeded_at, case when ${isOwnRun('proof', 'a.request_id', TRACE_OF_ATTEMPT)} then proof.occurred_at end) as "processedAt"
     from requeue_claim c
     join requeue_attempt a on a.tenant_id = $1 and a.exception_id = c.exception_id and a.attempt_id = c.attempt_id
     join exception e on e.tenant_id = $1 and e.exception_id = c.exception_id
     cross join lateral (
       -- offset 0: a look-up in the condition of an index is none that row-level security lets through, and all would be read
       select coalesce((select o.object_id from object_alias o where o.tenant_id = $1 and o.alias_id = a.object_id),
                       a.object_id) as object_id offset 0
     ) home
     left join problem p on p.tenant_id = $1 and p.object_id = home.object_id and p.hop = e.hop and p.signature = e.signature
     left join activity proof on proof.tenant_id = $1 and proof.activity_id = p.cleared_by
     left join lateral (
       -- from the object to its few runs: the other way round, each item would look at the runs of all items of its request
       select bool_or(v.outcome = 'failure' and v.integration = a.integration) as failed,
              bool_or(v.outcome = 'success') as succeeded,
              min(v.occurred_at) filter (where v.outcome = 'success') as succeeded_at
       from object_alias o
       join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
       cross join lateral (
         select r.outcome, r.integration, r.occurred_at from activity r
         where r.tenant_id = $1 and r.activity_id = s.activity_id
           and ${isOwnRun('r', 'a.request_id', TRACE_OF_ATTEMPT)} offset 0
       ) v
       where o.tenant_id = $1 and o.object_id = home.object_id
     ) own on true
     where c.tenant_id = $1 and c.exception_id = any($2::uuid[])
       and not exists (select from requeue_compensation k where k.tenant_id = $1 and k.attempt_id = a.attempt_id)`,
    [tx.tenantId, exceptionIds],
  );
}
