import { CONTEXT_TYPES, NIL_UUID, type ObjectType, TECHNICAL_TYPES } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { instantCursorSql, type RowCount } from '../../graphql/connection.js';
import type { OrphanKind } from './graphql/orphan.types.js';

/** Activities of an integration from which its share is told: the latest. */
export const MOST_PER_INTEGRATION = 500;
const MOST_INTEGRATIONS = 200;
/** Activities that one page looks through; where nothing is found in them the page ends and its cursor goes on. */
const MOST_LOOKED_THROUGH = 5_000;

export type TimeRange = { from: Date; to: Date };

const TECHNICAL = [...TECHNICAL_TYPES];
/** Types that are never in a transaction by themselves. */
const UNCLAIMABLE = [...CONTEXT_TYPES];

export type IntegrationTrustRow = {
  integration: string;
  lookedAt: number;
  withoutObject: number;
  outsideTransactions: number;
  masterDataOnly: number;
  inTransactions: number;
  isCapped: boolean;
};

/** The statements `s` of an activity `a`: one for each object that it names. */
const STATEMENTS = `throughline_ids(a.names) as own(id)
  cross join lateral (
    select position, alias_id, is_subject, object_type from alias_statement
    where tenant_id = $1 and alias_id = own.id and occurred_at = a.occurred_at and activity_id = a.activity_id offset 0
  ) s`;

/** Whether an activity `a` names an object of a type that is none of the technical ones, which $5 lists. */
const NAMES_OBJECT = `(
  select true from ${STATEMENTS} where s.object_type <> all ($5::text[]) limit 1)`;

/** Whether the name that a statement `s` gives belongs to a member or a hub of a transaction. */
const IN_TRANSACTION = `(
  select true
  from object_alias v join transaction_object o on o.tenant_id = $1 and o.object_id = v.object_id
  where v.tenant_id = $1 and v.alias_id = s.alias_id limit 1) is not null`;

/** What became of the latest activities of each integration; one integration more than are shown. */
export async function findTrust(tx: Tx, { from, to }: TimeRange): Promise<IntegrationTrustRow[]> {
  return tx.query<IntegrationTrustRow>(
    `with recursive named as (
       (select a.integration from activity a where a.tenant_id = $1 order by a.integration limit 1)
       union all
       select (select a.integration from activity a
               where a.tenant_id = $1 and a.integration > n.integration order by a.integration limit 1)
       from named n where n.integration is not null)
     select n.integration, least(t."lookedAt", ${MOST_PER_INTEGRATION}) as "lookedAt", t."withoutObject",
            t."outsideTransactions", t."masterDataOnly", t."inTransactions", t."lookedAt" > ${MOST_PER_INTEGRATION} as "isCapped"
     from named n
     cross join lateral (
       select count(*)::int as "lookedAt",
              (count(*) filter (where c.place <= $6 and c.fate = 'without'))::int as "withoutObject",
              (count(*) filter (where c.place <= $6 and c.fate = 'outside'))::int as "outsideTransactions",
              (count(*) filter (where c.place <= $6 and c.fate = 'master'))::int as "masterDataOnly",
              (count(*) filter (where c.place <= $6 and c.fate = 'inside'))::int as "inTransactions"
       from (
         select a.place,
                case when a.place > $6 then null
                     when not named.an_object then 'without'
                     when named.inside then 'inside'
                     when named.a_document then 'outside'
                     else 'master' end as fate
         from (select a.activity_id, a.occurred_at, a.names, row_number() over (order by a.occurred_at desc) as place
               from activity a
               where a.tenant_id = $1 and a.integration = n.integration and a.occurred_at >= $2 and a.occurred_at < $3
               order by a.occurred_at desc limit $6 + 1) a
         cross join lateral (
           select coalesce(bool_or(s.object_type <> all ($4::text[])), false) as an_object,
                  coalesce(bool_or(s.object_type <> all ($5::text[])), false) as a_document,
                  coalesce(bool_or(s.object_type <> all ($5::text[]) and ${IN_TRANSACTION}), false) as inside
           from ${STATEMENTS}) named) c) t
     where n.integration is not null and t."lookedAt" > 0
     limit ${MOST_INTEGRATIONS + 1}`,
    [tx.tenantId, from, to, TECHNICAL, UNCLAIMABLE, MOST_PER_INTEGRATION],
  );
}

/** Shown of what findTrust answers. */
export const SHOWN_INTEGRATIONS: number = MOST_INTEGRATIONS;

export type OrphanRow = {
  activityId: string;
  occurredAt: Date;
  occurredText: string;
  activityType: string;
  system: string;
  signalKind: string;
  signalId: string;
  message: string | null;
  objectId: string | null;
  objectType: ObjectType | null;
  objectKey: string | null;
  /** Types that stated flow links to the object come from. */
  upstream: ObjectType[];
};

/** Where a page of orphans begins: after that activity, and that object of it. */
export type OrphanPlace = readonly [occurredAt: string, activityId: string, objectId: string];

export type OrphanSearch = TimeRange & { integration: string; kind: OrphanKind };

// $1 tenant, $2 integration, $3 from, $4 to, $5 technical types, $6 unclaimable types, $7 to $9 the place
const LOOKED_THROUGH = `
  select a.activity_id, a.occurred_at, a.names, a.type, a.system, a.signal_kind, a.signal_id, a.problem ->> 'message' as message
  from activity a
  where a.tenant_id = $1 and a.integration = $2 and a.occurred_at >= $3 and a.occurred_at < $4
    and ($7::timestamptz is null or (a.occurred_at <= $7::timestamptz and (a.occurred_at, a.activity_id) <= ($7::timestamptz, $8::uuid)))
  order by a.occurred_at desc, a.activity_id desc limit ${MOST_LOOKED_THROUGH}`;

const IS_AFTER = (object: string) => `
  ($7::timestamptz is null or (a.occurred_at, a.activity_id, ${object}) < ($7::timestamptz, $8::uuid, $9::uuid))`;

/** The first object that an activity names, its subject before others: what it can be looked at by. */
const WITHOUT_OBJECT = `
  from looked a
  left join lateral (
    select b.object_id, b.type, b.key
    from ${STATEMENTS}
    join object_alias v on v.tenant_id = $1 and v.alias_id = s.alias_id
    join business_object b on b.tenant_id = $1 and b.object_id = v.object_id
    order by s.is_subject desc, s.position limit 1) b on true
  where ${NAMES_OBJECT} is null and $6::text[] is not null
    and ${IS_AFTER(`'${NIL_UUID}'::uuid`)}`;

/**
 * Documents at the latest activity that names them, so that each stands once, under the integration that last spoke of it.
 * Each look-up stands by itself (limit 1): joined, the planner may read whole tables for a few thousand rows.
 */
const OUTSIDE = `
  from looked a
  cross join lateral (
    select distinct v.object_id
    from ${STATEMENTS}
    cross join lateral (select v.object_id from object_alias v where v.tenant_id = $1 and v.alias_id = s.alias_id limit 1) v
    where s.object_type <> all ($6::text[])) named
  cross join lateral (
    select b.object_id, b.type, b.key, b.last_occurred_at
    from business_object b where b.tenant_id = $1 and b.object_id = named.object_id limit 1) b
  where $5::text[] is not null and b.type <> all ($6::text[]) and b.last_occurred_at = a.occurred_at
    and (select true from transaction_object o where o.tenant_id = $1 and o.object_id = b.object_id limit 1) is null
    and ${IS_AFTER('b.object_id')}`;

const FOUND: Record<OrphanKind, string> = { ACTIVITY: WITHOUT_OBJECT, OBJECT: OUTSIDE };

function searchParams(tx: Tx, search: OrphanSearch, after: OrphanPlace | null): unknown[] {
  const { integration, from, to } = search;
  return [
    tx.tenantId,
    integration,
    from,
    to,
    TECHNICAL,
    UNCLAIMABLE,
    after?.[0] ?? null,
    after?.[1] ?? null,
    after?.[2] ?? null,
  ];
}

/** A page of orphans, latest first, one more than asked. */
export async function listOrphans(
  tx: Tx,
  search: OrphanSearch,
  first: number,
  after: OrphanPlace | null,
): Promise<OrphanRow[]> {
  return tx.query<OrphanRow>(
    `with looked as materialized (${LOOKED_THROUGH})
     select r.*, coalesce((select array_agg(distinct l.from_type order by l.from_type)
                           from object_link l
                           where l.tenant_id = $1 and l.to_object_id = r."objectId" and not l.is_context), '{}') as upstream
     from (select a.activity_id as "activityId", a.occurred_at as "occurredAt", ${instantCursorSql('a.occurred_at')} as "occurredText",
                  a.type as "activityType", a.system, a.signal_kind as "signalKind", a.signal_id as "signalId", a.message,
                  b.object_id as "objectId", b.type as "objectType", b.key as "objectKey"
           ${FOUND[search.kind]}
           order by a.occurred_at desc, a.activity_id desc, b.object_id desc limit $10) r
     order by r."occurredAt" desc, r."activityId" desc, r."objectId" desc`,
    [...searchParams(tx, search, after), first + 1],
  );
}

/** Where the activities that one page looks through end; null when there are no more after them. */
export async function endOfLook(tx: Tx, search: OrphanSearch, after: OrphanPlace | null): Promise<OrphanPlace | null> {
  const [last] = await tx.query<{ at: string; id: string }>(
    `select ${instantCursorSql('a.occurred_at')} as at, a.activity_id as id
     from (${LOOKED_THROUGH}) a
     where ($5::text[], $6::text[]) is not null and ($9::uuid is null or $9::uuid is not null)
     order by a.occurred_at desc, a.activity_id desc offset ${MOST_LOOKED_THROUGH - 1} limit 1`,
    searchParams(tx, search, after),
  );
  return last === undefined ? null : [last.at, last.id, NIL_UUID];
}

/** How many there are among the activities that the first page looks through. */
export async function countOrphans(tx: Tx, search: OrphanSearch): Promise<RowCount> {
  const [row] = await tx.query<{ found: number; looked: number }>(
    `with looked as materialized (${LOOKED_THROUGH})
     select (select count(*)::int ${FOUND[search.kind]}) as found, (select count(*)::int from looked) as looked`,
    searchParams(tx, search, null),
  );
  return { count: row?.found ?? 0, isEstimate: (row?.looked ?? 0) >= MOST_LOOKED_THROUGH };
}
