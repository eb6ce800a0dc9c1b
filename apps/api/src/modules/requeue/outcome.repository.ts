import { CONTEXT_TYPES, HUB_TYPES } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { Made, Sent } from './domain/double-post.js';
import { isOwnRun, TRACE_OF_ATTEMPT } from './own-run.js';
import type { ProvedAttempt, UnverifiedAttempt } from './domain/outcome-problem.js';

const PROVED = `a.attempt_id as "attemptId", a.request_id as "requestId", a.attempt, a.integration,
  (select r.action from requeue_request r where r.tenant_id = $1 and r.request_id = a.request_id) as action, b.object_id as "objectId",
  b.type as "objectType", b.key as "objectKey"`;

/** The present object of each attempt a; looked up first, or row-level security would keep it from every index. */
const HOME = `cross join lateral (
  select coalesce((select o.object_id from object_alias o where o.tenant_id = $1 and o.alias_id = a.object_id), a.object_id)
    as object_id offset 0
) home
join business_object b on b.tenant_id = $1 and b.object_id = home.object_id`;

/** Marks attempts whose outcome was not seen by its due time as told, and answers them. */
export async function markUnverified(tx: Tx, now: Date, most: number): Promise<UnverifiedAttempt[]> {
  return tx.query<UnverifiedAttempt>(
    `with late as (
       select attempt_id from requeue_attempt
       where tenant_id = $1 and state in ('ACKNOWLEDGED', 'UNKNOWN') and finished_at is null and verify_by <= $2
         and not is_told_unverified
       order by verify_by limit $3 for update skip locked
     ), told as (
       update requeue_attempt a set is_told_unverified = true from late
       where a.tenant_id = $1 and a.attempt_id = late.attempt_id returning a.*
     )
     select ${PROVED}, a.state, a.verify_by as "verifyBy" from told a ${HOME}`,
    [tx.tenantId, now, most],
  );
}

/** Takes the mark off those that ended meanwhile, or are due anew, and answers which. */
export async function unmarkVerified(tx: Tx, now: Date, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with ended as (
       select attempt_id from requeue_attempt
       where tenant_id = $1 and is_told_unverified and (finished_at is not null or verify_by is null or verify_by > $2)
       order by attempt_id limit $3 for update skip locked
     )
     update requeue_attempt a set is_told_unverified = false from ended
     where a.tenant_id = $1 and a.attempt_id = ended.attempt_id returning a.attempt_id as id`,
    [tx.tenantId, now, most],
  );
  return rows.map((row) => row.id);
}

/**
 * Attempts at these objects, under any id, whose request some run names, or whose trace it is of; with the others of their exceptions.
 */
export async function findNamedAttempts(tx: Tx, objectIds: readonly string[]): Promise<(ProvedAttempt & Sent)[]> {
  const rows = await tx.query<ProvedAttempt & Sent & { isNamed: boolean }>(
    `select ${PROVED}, a.exception_id as "exceptionId", a.state, (
       -- the first one at or after it in the index: of a request that many runs name, a planner expects to meet one anywhere
       (select v.requeue_id from activity v where v.tenant_id = $1 and v.requeue_id >= a.request_id
        order by v.requeue_id limit 1) is not distinct from a.request_id
       or exists (select from activity v where v.tenant_id = $1 and v.trace_id = own.trace_id and v.requeue_id is null)
     ) as "isNamed"
     from (select alias_id as id from object_alias where tenant_id = $1 and object_id = any($2::uuid[])
           union select id from unnest($2::uuid[]) as id) names
     join requeue_attempt a on a.tenant_id = $1 and a.object_id = names.id
     cross join lateral (select ${TRACE_OF_ATTEMPT} as trace_id offset 0) own
     ${HOME}`,
    [tx.tenantId, objectIds],
  );
  const named = new Set(rows.filter(({ isNamed }) => isNamed).map(({ exceptionId }) => exceptionId));
  return rows.filter(({ exceptionId }) => named.has(exceptionId));
}

export type MadeRow = Made & { attemptId: string; occurredAt: Date; system: string; integration: string };

/**
 * What successful runs did at the objects of these attempts that name their requests, or are of their traces, or that showed their step overcome; with the
 * documents that they name beside the object: no hubs, but the batches that a payment is put into. Oldest first.
 */
export async function findMade(tx: Tx, attemptIds: readonly string[]): Promise<MadeRow[]> {
  return tx.query<MadeRow>(
    `with homes as materialized (
       select a.attempt_id, a.request_id, ${TRACE_OF_ATTEMPT} as trace_id, b.object_id, b.type as object_type, e.hop, e.signature
       from requeue_attempt a ${HOME}
       join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
       where a.tenant_id = $1 and a.attempt_id = any($2::uuid[])
     ), acts as materialized (
       select h.attempt_id, h.object_id, h.object_type, v.activity_id, v.type, v.occurred_at, v.system, v.integration, v.names
       from homes h
       join object_alias o on o.tenant_id = $1 and o.object_id = h.object_id
       join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
       -- from the object to its few runs: a request has as many as it has items
       cross join lateral (
         select * from activity r
         where r.tenant_id = $1 and r.activity_id = s.activity_id and r.outcome = 'success'
           and ${isOwnRun('r', 'h.request_id', 'h.trace_id')}
         offset 0
       ) v
       union
       select h.attempt_id, h.object_id, h.object_type, v.activity_id, v.type, v.occurred_at, v.system, v.integration, v.names
       from homes h
       join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = h.attempt_id and a.state = 'VERIFIED'
       join problem p on p.tenant_id = $1 and p.object_id = h.object_id and p.hop = h.hop and p.signature = h.signature
       join activity v on v.tenant_id = $1 and v.activity_id = p.cleared_by
     )
     select t.attempt_id as "attemptId", t.activity_id as "activityId", t.type as "activityType", t.occurred_at as "occurredAt",
            t.system, t.integration, documents.named as documents
     from acts t
     cross join lateral (
       select coalesce(jsonb_agg(distinct jsonb_build_object('objectId', d.object_id, 'type', d.type, 'key', d.key)), '[]') as named
       from throughline_ids(t.names) as n(alias_id)
       join object_alias o on o.tenant_id = $1 and o.alias_id = n.alias_id
       join business_object d on d.tenant_id = $1 and d.object_id = o.object_id
       where d.object_id <> t.object_id and (d.type <> all($3::text[]) or d.type = 'payment-batch' and t.object_type = 'payment')
     ) documents
     order by t.occurred_at, t.activity_id`,
    [tx.tenantId, attemptIds, [...CONTEXT_TYPES, ...HUB_TYPES]],
  );
}
