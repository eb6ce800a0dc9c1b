import type { RequestAction, RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { failedRunSql } from '../exceptions/index.js';
import type { AttemptState } from './domain/attempt.js';
import { HASH_VERSION } from './domain/request-hash.js';

/** A decision to send again, as stored. */
export type RequeueRequestRow = { id: string; reason: string; makerName: string; createdAt: Date; items: number };

/** One send and its outcome, with who decided it. */
export type AttemptRow = {
  id: string;
  exceptionId: string;
  requestId: string;
  attempt: number;
  state: AttemptState;
  makerName: string;
  reason: string;
  createdAt: Date;
  sentAt: Date | null;
  acknowledgedAt: Date | null;
  /** When the run that it caused went through; null = no run of its own told so. */
  processedAt: Date | null;
  finishedAt: Date | null;
  /** Its outcome should be seen by then; null = it has not gone out. */
  verifyBy: Date | null;
  httpStatus: number | null;
  answer: string | null;
  transmissions: number;
  traceparent: string;
  mode: RequeueMode;
  /** Null = sent before versions were noted. */
  payloadVersion: number | null;
};

/** Of attempts a with their requests r. */
export const ATTEMPT_COLUMNS = `a.attempt_id as id, a.exception_id as "exceptionId", a.request_id as "requestId", a.attempt, a.state,
  r.maker_name as "makerName", r.reason, a.created_at as "createdAt", a.sent_at as "sentAt",
  a.acknowledged_at as "acknowledgedAt", a.processed_at as "processedAt", a.finished_at as "finishedAt", a.verify_by as "verifyBy", a.http_status as "httpStatus", a.answer,
  a.transmissions, a.traceparent, a.mode, a.payload_version as "payloadVersion"`;

/** Attempts per exception, oldest first. Fits Operation.loader. */
export async function findAttemptsOf(tx: Tx, exceptionIds: readonly string[]): Promise<AttemptRow[][]> {
  const rows = await tx.query<AttemptRow>(
    `select ${ATTEMPT_COLUMNS}
     from requeue_attempt a join requeue_request r on r.tenant_id = a.tenant_id and r.request_id = a.request_id
     where a.tenant_id = $1 and a.exception_id = any($2::uuid[]) order by a.exception_id, a.attempt`,
    [tx.tenantId, exceptionIds],
  );
  return exceptionIds.map((id) => rows.filter((row) => row.exceptionId === id));
}

/** So many attempts are told with a request, which may have a hundred thousand. */
export const MOST_ATTEMPTS = 100;

/** The first attempts per request, in the order in which they go out. Fits Operation.loader. */
export async function findAttemptsOfRequests(tx: Tx, requestIds: readonly string[]): Promise<AttemptRow[][]> {
  const rows = await tx.query<AttemptRow>(
    `select ${ATTEMPT_COLUMNS}
     from requeue_request r
     cross join lateral (
       select * from requeue_attempt one where one.tenant_id = $1 and one.request_id = r.request_id
       order by one.position, one.attempt_id limit $3
     ) a
     where r.tenant_id = $1 and r.request_id = any($2::uuid[]) order by a.request_id, a.position, a.attempt_id`,
    [tx.tenantId, requestIds, MOST_ATTEMPTS],
  );
  return requestIds.map((id) => rows.filter((row) => row.requestId === id));
}

/** One request; null = none. */
export async function findRequest(tx: Tx, requestId: string): Promise<RequeueRequestRow | null> {
  const [row] = await tx.query<RequeueRequestRow>(
    `select request_id as id, reason, maker_name as "makerName", created_at as "createdAt", items
     from requeue_request where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId],
  );
  return row ?? null;
}

export type ExceptionAtObject = { exceptionId: string; objectId: string; integration: string };

/** The highest attempt number so far per exception; absent = never sent. */
export async function findLastAttemptNumbers(tx: Tx, exceptionIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ id: string; last: number }>(
    `select exception_id as id, max(attempt) as last from requeue_attempt
     where tenant_id = $1 and exception_id = any($2::uuid[]) group by exception_id`,
    [tx.tenantId, exceptionIds],
  );
  return new Map(rows.map((row) => [row.id, row.last]));
}

/** What is sent: the object by its names, and the latest payload of a failed run as JSON text. */
export type SendableObject = {
  type: string;
  key: string;
  aliases: { system: string; kind: string; scope: string; value: string }[];
  payloadJson: string | null;
  payloadVersion: number | null;
};

/** Object and payload per exception. */
export async function findSendable(
  tx: Tx,
  exceptions: readonly Pick<ExceptionAtObject, 'exceptionId' | 'objectId'>[],
): Promise<Map<string, SendableObject>> {
  const rows = await tx.query<SendableObject & { exceptionId: string }>(
    `select e."exceptionId", b.type, b.key, names.aliases, failed.payload as "payloadJson",
            failed.version as "payloadVersion"
     from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, "objectId" uuid)
     join business_object b on b.tenant_id = $1 and b.object_id = e."objectId"
     cross join lateral (
       select coalesce(jsonb_agg(jsonb_build_object('system', o.system, 'kind', o.kind, 'scope', o.scope, 'value', o.value)
                                 order by o.system, o.kind, o.scope, o.value), '[]') as aliases
       from object_alias o where o.tenant_id = $1 and o.object_id = e."objectId"
     ) names
     ${failedRunSql(`(v.problem -> 'payload')::text as payload, (v.problem ->> 'payloadVersion')::int as version`)}`,
    [tx.tenantId, JSON.stringify(exceptions)],
  );
  return new Map(rows.map(({ exceptionId, ...object }) => [exceptionId, object]));
}

export type NewAttempt = {
  attemptId: string;
  exceptionId: string;
  objectId: string;
  integration: string;
  attempt: number;
  idempotencyKey: string;
  body: string;
  traceparent: string;
  mode: RequeueMode;
  /** Of the payload in the body; null = it carries none. */
  payloadVersion: number | null;
  /** Exceptions that go before it. */
  after: readonly string[];
  /** Its turn, where that is known already. */
  position?: number;
};

/** Claims exceptions for attempts; the unique rows decide, and the answer names those that were free. */
export async function insertClaims(
  tx: Tx,
  claims: readonly (ExceptionAtObject & { attemptId: string })[],
  now: Date,
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `insert into requeue_claim (tenant_id, exception_id, attempt_id, object_id, integration, claimed_at)
     select $1, c."exceptionId", c."attemptId", c."objectId", c.integration, $3
     from jsonb_to_recordset($2::jsonb) as c("exceptionId" uuid, "attemptId" uuid, "objectId" uuid, integration text)
     order by c."objectId", c.integration
     on conflict do nothing
     returning exception_id as id`,
    [tx.tenantId, JSON.stringify(claims), now],
  );
  return new Set(rows.map((row) => row.id));
}

export type NewRequest = {
  requestId: string;
  makerId: string;
  makerName: string;
  reason: string;
  selectionHash: Buffer;
  /** Absent = they take a payload again. */
  action?: RequestAction;
};

/** The request and its attempts, frozen. */
export async function insertRequest(
  tx: Tx,
  request: NewRequest,
  attempts: readonly NewAttempt[],
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into requeue_request (tenant_id, request_id, maker_id, maker_name, reason, selection_hash, items, created_at, hash_version, action)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.tenantId,
      request.requestId,
      request.makerId,
      request.makerName,
      request.reason,
      request.selectionHash,
      attempts.length,
      now,
      HASH_VERSION,
      request.action ?? 'requeue',
    ],
  );
  await insertAttempts(tx, request.requestId, attempts, now);
}

/** Attempts of a request and what they go behind. */
export async function insertAttempts(
  tx: Tx,
  requestId: string,
  attempts: readonly NewAttempt[],
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into requeue_attempt (tenant_id, attempt_id, request_id, exception_id, object_id, attempt, integration,
                                  idempotency_key, body, traceparent, mode, payload_version, position, state, created_at)
     select $1, a."attemptId", $2, a."exceptionId", a."objectId", a.attempt, a.integration, a."idempotencyKey", a.body,
            a.traceparent, a.mode, a."payloadVersion", coalesce(a.position, 0), 'QUEUED', $4
     from jsonb_to_recordset($3::jsonb) as a("attemptId" uuid, "exceptionId" uuid, "objectId" uuid, attempt integer,
                                             integration text, "idempotencyKey" text, body text, traceparent text,
                                             mode text, "payloadVersion" integer, position integer)`,
    [tx.tenantId, requestId, JSON.stringify(attempts), now],
  );
  await tx.query(
    `insert into requeue_order (tenant_id, attempt_id, after_exception_id)
     select distinct $1::uuid, a."attemptId", first.id::uuid
     from jsonb_to_recordset($2::jsonb) as a("attemptId" uuid, after jsonb)
     cross join lateral jsonb_array_elements_text(a.after) as first(id)`,
    [tx.tenantId, JSON.stringify(attempts.map(({ attemptId, after }) => ({ attemptId, after })))],
  );
}

/** Tells open pages that other requests wait for a decision than before; whoever listens reads them anew. */
export async function notifyApprovalsChanged(tx: Tx): Promise<void> {
  // one id for all: a burst of decisions is one piece of news
  await tx.notify(
    'throughline_changed',
    JSON.stringify({ tenantId: tx.tenantId, kind: 'requeue-approval', id: tx.tenantId }),
  );
}

/** Tells open pages how far requests are; ids only, delivered at commit. */
export async function notifyRequestsChanged(tx: Tx, requestIds: Iterable<string>): Promise<void> {
  for (const id of new Set(requestIds)) {
    await tx.notify('throughline_changed', JSON.stringify({ tenantId: tx.tenantId, kind: 'requeue', id }));
  }
}
