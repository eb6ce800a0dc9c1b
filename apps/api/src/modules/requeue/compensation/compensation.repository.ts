import { CONTEXT_TYPES, HUB_TYPES } from '@throughline/canonical';
import type { CompensationAction, RequestAction } from '@throughline/contracts';
import { refusalsOf, UNDOING_PARTICIPLES } from '@throughline/lineage';
import { uuidArray, type Tx } from '@throughline/persistence';
import type { AttemptState } from '../domain/attempt.js';
import { MOVES_MONEY } from '../domain/hard-rules.js';
import { isOwnRun, TRACE_OF_ATTEMPT } from '../own-run.js';
import type { CompensationEvidence } from './domain/judge-compensation.js';

/** What an attempt undoes or tells of, frozen with it. */
export type CompensationRow = {
  attemptId: string;
  documentId: string;
  documentType: string;
  documentKey: string;
  path: string | null;
  proofActivity: string | null;
  proofMilestone: string | null;
  withinMinutes: number;
  /** 2026-09-30. */
  postingOn: string | null;
};

const COLUMNS = `k.attempt_id as "attemptId", k.document_id as "documentId", k.document_type as "documentType",
  k.document_key as "documentKey", k.path, k.proof_activity as "proofActivity", k.proof_milestone as "proofMilestone",
  k.within_minutes as "withinMinutes", k.posting_on::text as "postingOn"`;

export async function insertCompensations(tx: Tx, rows: readonly CompensationRow[]): Promise<void> {
  await tx.query(
    `insert into requeue_compensation (tenant_id, attempt_id, document_id, document_type, document_key, path, proof_activity,
                                       proof_milestone, within_minutes, posting_on)
     select $1, k."attemptId", k."documentId", k."documentType", k."documentKey", k.path, k."proofActivity", k."proofMilestone",
            k."withinMinutes", k."postingOn"
     from jsonb_to_recordset($2::jsonb) as k("attemptId" uuid, "documentId" uuid, "documentType" text, "documentKey" text, path text,
       "proofActivity" text, "proofMilestone" text, "withinMinutes" integer, "postingOn" date)`,
    [tx.tenantId, JSON.stringify(rows)],
  );
}

/** What these attempts undo; null = they send something again. Fits Operation.loader. */
export async function findCompensations(
  tx: Tx,
  attemptIds: readonly string[],
): Promise<((CompensationRow & { action: CompensationAction }) | null)[]> {
  const rows = await tx.query<CompensationRow & { action: CompensationAction }>(
    `select ${COLUMNS}, r.action
     from requeue_compensation k
     join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = k.attempt_id
     join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     where k.tenant_id = $1 and k.attempt_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(attemptIds)],
  );
  const byId = new Map(rows.map((row) => [row.attemptId, row]));
  return attemptIds.map((id) => byId.get(id) ?? null);
}

/** What requests ask of their targets. Fits Operation.loader. */
export async function findActions(tx: Tx, requestIds: readonly string[]): Promise<(RequestAction | null)[]> {
  const rows = await tx.query<{ id: string; action: RequestAction }>(
    `select request_id as id, action from requeue_request where tenant_id = $1 and request_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(requestIds)],
  );
  const byId = new Map(rows.map(({ id, action }) => [id, action]));
  return requestIds.map((id) => byId.get(id) ?? null);
}

export type WaitingCompensation = CompensationRow & {
  exceptionId: string;
  /** The effect as it was frozen, decimal text. */
  amount: string | null;
  currency: string | null;
};

/** What of a request still waits to undo something; documents by the id that they have now. */
export function findWaitingCompensations(tx: Tx, requestId: string): Promise<WaitingCompensation[]> {
  return tx.query<WaitingCompensation>(
    `select ${COLUMNS}, coalesce(o.object_id, k.document_id) as "documentId", a.exception_id as "exceptionId", i.amount, i.currency
     from requeue_attempt a
     join requeue_compensation k on k.tenant_id = $1 and k.attempt_id = a.attempt_id
     join requeue_item i on i.tenant_id = $1 and i.request_id = a.request_id and i.attempt_id = a.attempt_id
     left join object_alias o on o.tenant_id = $1 and o.alias_id = k.document_id
     where a.tenant_id = $1 and a.request_id = $2 and a.state = 'QUEUED' order by a.attempt_id`,
    [tx.tenantId, requestId],
  );
}

export type CompensationEvidenceRow = CompensationEvidence & {
  attemptId: string;
  requestId: string;
  exceptionId: string;
  attempt: number;
  state: AttemptState;
  documentType: string;
  documentKey: string;
  /** Where the document is now. */
  documentId: string;
};

/** What follows the type of a document in the name of an activity that undoes it. */
const UNDOING = UNDOING_PARTICIPLES.map((participle) => `.${participle}`);

/** A bank's no to money, which is told as a failure: what was asked to be undone never went, or came back. */
const REFUSALS = [...MOVES_MONEY].flatMap(refusalsOf);

/** What is named beside a document without being one. */
const NO_DOCUMENTS = [...CONTEXT_TYPES, ...HUB_TYPES];

/** The present object of the document of compensation k; looked up first, or row-level security would keep it from every index. */
const HOME = `cross join lateral (
  select coalesce((select o.object_id from object_alias o where o.tenant_id = $1 and o.alias_id = k.document_id), k.document_id)
    as object_id offset 0
) home`;

/**
 * What the facts say about the claimed attempts of these exceptions that undo or tell something. A document that was undone earlier is
 * undone; what is declared as a proof may have happened long before for another reason, and counts since the attempt was made, and so
 * does the no of a bank, after which money may have been sent again.
 */
export async function loadCompensationEvidence(
  tx: Tx,
  exceptionIds: readonly string[],
): Promise<CompensationEvidenceRow[]> {
  return tx.query<CompensationEvidenceRow>(
    `select a.attempt_id as "attemptId", a.request_id as "requestId", a.exception_id as "exceptionId", a.attempt, a.state,
            coalesce(a.first_sent_at, a.sent_at, a.created_at) as "sentAt", r.action, k.document_type as "documentType", k.document_key as "documentKey",
            home.object_id as "documentId",
            coalesce(own.proved_at, least(undone.occurred_at, reached.reached_at)) as "provedAt",
            own.proved_at is not null as "isOwnProof", coalesce(own.failed, false) as "hasOwnFailure"
     from requeue_claim c
     join requeue_attempt a on a.tenant_id = $1 and a.exception_id = c.exception_id and a.attempt_id = c.attempt_id
     join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     join requeue_compensation k on k.tenant_id = $1 and k.attempt_id = a.attempt_id
     ${HOME}
     cross join lateral (
       select array(select k.document_type || ending from unnest($3::text[]) as u(ending)) as undoing
     ) kinds
     cross join lateral (select kinds.undoing || coalesce(k.proof_activity, '') as types) proof
     left join lateral (
       select min(s.occurred_at) as occurred_at
       from object_alias o
       join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
         and (s.outcome = 'success' and s.is_subject and s.activity_type = any(kinds.undoing)
              or s.outcome = 'success' and s.activity_type = k.proof_activity and s.occurred_at >= a.created_at
              or s.is_subject and s.activity_type = any($4::text[]) and s.occurred_at >= a.created_at
                and split_part(s.activity_type, '.', 1) = k.document_type)
       where o.tenant_id = $1 and o.object_id = home.object_id
     ) undone on true
     left join lateral (
       select min(m.reached_at) as reached_at
       from transaction_object t
       join business_transaction b on b.tenant_id = $1 and b.transaction_id = t.transaction_id
         and b.workflow = split_part(k.proof_milestone, '/', 1)
       join milestone m on m.tenant_id = $1 and m.transaction_id = b.transaction_id
         and m.name = split_part(k.proof_milestone, '/', 2)
         and (m.object_id = home.object_id or b.anchor_object_id = home.object_id)
         and m.reached_at >= a.created_at
       where t.tenant_id = $1 and t.object_id = home.object_id
     ) reached on k.proof_milestone is not null
     left join lateral (
       select bool_or(v.outcome = 'failure' and v.integration = a.integration) as failed,
              min(v.occurred_at) filter (where v.outcome = 'success' and v.type = any(proof.types)) as proved_at
       from object_alias o
       join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
       cross join lateral (
         select r.outcome, r.integration, r.type, r.occurred_at from activity r
         where r.tenant_id = $1 and r.activity_id = s.activity_id
           and ${isOwnRun('r', 'a.request_id', TRACE_OF_ATTEMPT)} offset 0
       ) v
       where o.tenant_id = $1 and o.object_id = home.object_id
     ) own on true
     where c.tenant_id = $1 and c.exception_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(exceptionIds), UNDOING, REFUSALS],
  );
}

export type UndoingRow = {
  activityId: string;
  activityType: string;
  occurredAt: Date;
  system: string;
  documents: { objectId: string; type: string; key: string }[];
};

/** What undid the document of an attempt, since it was asked for or naming it, with the documents that it names beside it; oldest first. */
export function findUndoing(tx: Tx, attemptId: string): Promise<UndoingRow[]> {
  return tx.query<UndoingRow>(
    `select v.activity_id as "activityId", v.type as "activityType", v.occurred_at as "occurredAt", v.system, beside.named as documents
     from requeue_compensation k
     join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = k.attempt_id
     ${HOME}
     cross join lateral (
       select distinct s.activity_id, s.occurred_at
       from object_alias o
       join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
         and (s.outcome = 'success' and s.activity_type = any(
                array(select k.document_type || ending from unnest($3::text[]) as u(ending)) || coalesce(k.proof_activity, ''))
              or s.is_subject and s.activity_type = any($5::text[]) and split_part(s.activity_type, '.', 1) = k.document_type)
       where o.tenant_id = $1 and o.object_id = home.object_id
     ) told
     join activity v on v.tenant_id = $1 and v.activity_id = told.activity_id and v.occurred_at = told.occurred_at
       and (v.occurred_at >= a.created_at or v.requeue_id = a.request_id)
     cross join lateral (
       select coalesce(jsonb_agg(distinct jsonb_build_object('objectId', d.object_id, 'type', d.type, 'key', d.key)), '[]') as named
       from throughline_ids(v.names) as n(alias_id)
       join object_alias o on o.tenant_id = $1 and o.alias_id = n.alias_id
       join business_object d on d.tenant_id = $1 and d.object_id = o.object_id
       where d.object_id <> home.object_id and d.type <> all($4::text[])
     ) beside
     where k.tenant_id = $1 and k.attempt_id = $2
     order by v.occurred_at, v.activity_id`,
    [tx.tenantId, attemptId, UNDOING, NO_DOCUMENTS, REFUSALS],
  );
}
