import { undoingActivities } from '@throughline/lineage';
import type { ObjectType } from '@throughline/canonical';
import { uuidArray, type Tx } from '@throughline/persistence';
import { loadPeriods } from '../exceptions/index.js';
import type { AskedException, ClaimStanding, SinceFailure } from './domain/left-out.js';
import { closedPeriodOf, NEWER_PARTICIPLES, participleOf } from './domain/since-failure.js';

/** Who holds the claim of each exception, or of another one of the same object and integration; absent = nobody. */
export async function findClaimStandings(
  tx: Tx,
  exceptions: readonly Pick<AskedException, 'exceptionId' | 'objectId' | 'integration'>[],
): Promise<Map<string, ClaimStanding>> {
  const rows = await tx.query<{ id: string; standing: ClaimStanding }>(
    // names first: joined the other way round, every claim that is held would be looked at for each exception
    `with asked as materialized (
       select e."exceptionId" as id, e."objectId" as object_id, e.integration
       from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, "objectId" uuid, integration text)
     ), names as materialized (
       select id, object_id as name, integration from asked
       union
       select e.id, o.alias_id, e.integration from asked e
       join object_alias o on o.tenant_id = $1 and o.object_id = e.object_id
     ), held as materialized (
       select e.id, c.attempt_id from asked e join requeue_claim c on c.tenant_id = $1 and c.exception_id = e.id
       union
       select n.id, c.attempt_id from names n
       join requeue_claim c on c.tenant_id = $1 and c.object_id = n.name and c.integration = n.integration
     )
     select held.id,
            min(case when a.state = 'UNKNOWN' then 'unknown'
                     when r.state = 'PENDING_APPROVAL' or a.state = 'QUEUED' and a.released_at is null then 'waiting'
                     else 'sent' end) as standing
     from held
     join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = held.attempt_id
     join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     group by held.id`,
    [
      tx.tenantId,
      JSON.stringify(
        exceptions.map(({ exceptionId, objectId, integration }) => ({ exceptionId, objectId, integration })),
      ),
    ],
  );
  return new Map(rows.map(({ id, standing }) => [id, standing]));
}

/** How urgent each exception is: the more, the more urgent. */
export async function findPriorityOrders(tx: Tx, exceptionIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ id: string; priority: string }>(
    `select exception_id as id, coalesce(priority_order, 0)::text as priority from exception
     where tenant_id = $1 and exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  return new Map(rows.map(({ id, priority }) => [id, BigInt(priority)]));
}

/** What the lineage says of each document since it failed; of look-alikes those that were posted after that time as well. */
export async function findSinceFailure(
  tx: Tx,
  exceptions: readonly Pick<AskedException, 'exceptionId' | 'objectType' | 'legalEntity' | 'postingPeriod'>[],
  lookAlikesAfter: Date | null = null,
): Promise<Map<string, SinceFailure>> {
  const ids = uuidArray(exceptions.map(({ exceptionId }) => exceptionId));
  const types = [...new Set(exceptions.map(({ objectType }) => objectType))];
  const overcome = await findOvercome(tx, ids);
  const later = await findLater(tx, ids, types);
  const lookAlikes = await findLookAlikes(tx, ids, lookAlikesAfter);
  const places = new Map(
    exceptions.flatMap(({ legalEntity, postingPeriod }) =>
      legalEntity === null || typeof postingPeriod !== 'string'
        ? []
        : [[`${legalEntity} ${postingPeriod}`, { legalEntity, period: postingPeriod }] as const],
    ),
  );
  const periods = await loadPeriods(tx, [...places.values()]);
  return new Map(
    exceptions.map((exception) => {
      const { exceptionId: id } = exception;
      const version = later.versions.get(id);
      const since: SinceFailure = {
        isOvercome: overcome.has(id),
        undone: later.undone.get(id) ?? null,
        newer: version === undefined ? (later.newer.get(id) ?? null) : `version ${version}`,
        closedPeriod: closedPeriodOf(exception, periods),
        lookAlike: lookAlikes.get(id) ?? null,
      };
      return [id, since];
    }),
  );
}

async function findOvercome(tx: Tx, ids: Buffer): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `select e.exception_id as id from exception e
     join problem p on p.tenant_id = $1 and p.object_id = e.object_id and p.hop = e.hop and p.signature = e.signature
     where e.tenant_id = $1 and e.exception_id = any($2::uuid[]) and p.cleared_at is not null`,
    [tx.tenantId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

type Later = { undone: Map<string, string>; newer: Map<string, string>; versions: Map<string, number> };

/**
 * Whether it was undone at any time, or changed after it failed; and the highest version of the payload that failed at the object later
 * than the one of the exception, where both say which. What is stated of the objects is walked once for both.
 */
async function findLater(tx: Tx, ids: Buffer, types: readonly string[]): Promise<Later> {
  const undoing = types.flatMap((type) => undoingActivities(type as ObjectType));
  const changing = types.flatMap((type) => NEWER_PARTICIPLES.map((participle) => `${type}.${participle}`));
  const rows = await tx.query<{ id: string; type: string | null; isUndone: boolean; version: number | null }>(
    `with stated as materialized (
       select e.exception_id as id, e.last_activity_id, e.integration, s.activity_type as type, s.occurred_at, s.activity_id,
              s.outcome = 'failure' as is_failure, s.activity_type = any($3::text[]) as is_undone
       from exception e
       join object_alias a on a.tenant_id = $1 and a.object_id = e.object_id
       join alias_statement s on s.tenant_id = $1 and s.alias_id = a.alias_id
         and (s.outcome = 'failure' and s.occurred_at > e.last_occurred_at and s.activity_id is distinct from e.last_activity_id
              or s.outcome = 'success' and s.is_subject
                 and (s.activity_type = any($3::text[])
                      or s.activity_type = any($4::text[]) and s.occurred_at > e.last_occurred_at))
       where e.tenant_id = $1 and e.exception_id = any($2::uuid[])
     ), acts as (
       select distinct on (id, is_undone) id, type, is_undone from stated where not is_failure
       order by id, is_undone, occurred_at desc, activity_id
     ), versions as (
       select f.id, max((v.problem ->> 'payloadVersion')::int) as version
       from stated f
       join activity mine on mine.tenant_id = $1 and mine.activity_id = f.last_activity_id
       join activity v on v.tenant_id = $1 and v.activity_id = f.activity_id and v.integration = f.integration
       where f.is_failure and (v.problem ->> 'payloadVersion')::int > (mine.problem ->> 'payloadVersion')::int
       group by f.id
     )
     select id, type, is_undone as "isUndone", null::int as version from acts
     union all
     select id, null, false, version from versions`,
    [tx.tenantId, ids, undoing, changing],
  );
  const later: Later = { undone: new Map(), newer: new Map(), versions: new Map() };
  for (const { id, type, isUndone, version } of rows) {
    if (type !== null) later[isUndone ? 'undone' : 'newer'].set(id, participleOf(type));
    else if (version !== null) later.versions.set(id, version);
  }
  return later;
}

/**
 * Another document of the same kind, entity, partner and amount that was posted for the first time after the failure. What is new of a
 * partner is read once for all that failed with it, then compared as a whole.
 */
async function findLookAlikes(tx: Tx, ids: Buffer, after: Date | null): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    `with mine as materialized (
       select e.exception_id as id, greatest(e.opened_at, $3::timestamptz) as after, b.object_id, b.counterparty_folded, b.type,
              b.amount, b.currency, coalesce(b.legal_entity, '') as legal_entity, coalesce(b.due_on, '') as due_on
       from exception e
       join business_object b on b.tenant_id = $1 and b.object_id = e.object_id and b.amount is not null
       where e.tenant_id = $1 and e.exception_id = any($2::uuid[])
     ), partner as materialized (
       select counterparty_folded, min(after) as after from mine where counterparty_folded is not null group by 1
     ), later as materialized (
       select b.object_id, b.first_occurred_at, b.counterparty_folded, b.type, b.key, b.amount, b.currency,
              coalesce(b.legal_entity, '') as legal_entity, coalesce(b.due_on, '') as due_on
       from partner p
       join business_object b on b.tenant_id = $1 and b.counterparty_folded = p.counterparty_folded
         and b.first_occurred_at > p.after and not b.is_placeholder and b.amount is not null
     ), alike as materialized (
       select m.id, l.object_id, l.type, l.key, l.first_occurred_at
       from mine m join later l using (counterparty_folded, type, amount, currency, legal_entity, due_on)
       where l.object_id <> m.object_id and l.first_occurred_at > m.after
     )
     select distinct on (b.id) b.id, b.type || ' ' || b.key as name
     from alike b
     join object_alias a on a.tenant_id = $1 and a.object_id = b.object_id
     join alias_statement s on s.tenant_id = $1 and s.alias_id = a.alias_id and s.is_subject and s.outcome = 'success'
       and s.activity_type = b.type || '.posted'
     order by b.id, b.first_occurred_at, b.object_id`,
    [tx.tenantId, ids, after],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What waits downstream for what is sent: a milestone or a hub, and for how many transactions. */
export type WaitingRow = { workflow: string; name: string; title: string; isHub: boolean; count: number };

/** Names of what waits, at most. */
const MOST_WAITING = 100;

/** Milestones that are not reached in the transactions of these objects, in the order of their workflow, and the hubs of those. */
export async function findWaiting(tx: Tx, objectIds: readonly string[]): Promise<WaitingRow[]> {
  return tx.query<WaitingRow>(
    `with held as materialized (
       select distinct o.transaction_id from transaction_object o
       where o.tenant_id = $1 and o.object_id = any($2::uuid[]) and not o.is_hub
     ), waiting as (
       select t.workflow, m.name, min(m.title) as title, false as is_hub, min(m.position) as position,
              count(distinct m.transaction_id)::int as count
       from held h
       join business_transaction t on t.tenant_id = $1 and t.transaction_id = h.transaction_id
       join milestone m on m.tenant_id = $1 and m.transaction_id = h.transaction_id and m.reached_at is null
       group by t.workflow, m.name
       union all
       select t.workflow, b.type, min(b.key), true, 30000, count(distinct h.transaction_id)::int
       from held h
       join business_transaction t on t.tenant_id = $1 and t.transaction_id = h.transaction_id
       join transaction_object o on o.tenant_id = $1 and o.transaction_id = h.transaction_id and o.is_hub
       join business_object b on b.tenant_id = $1 and b.object_id = o.object_id
       group by t.workflow, b.type
     )
     select workflow, name, title, is_hub as "isHub", count from waiting
     order by workflow, position, name limit ${MOST_WAITING}`,
    [tx.tenantId, uuidArray(objectIds)],
  );
}
