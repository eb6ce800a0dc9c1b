import type { Tx } from '@throughline/persistence';
import { EXACT_COUNT_LIMIT, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';
import { type ActivityRow, NAMED_OBJECTS, SOURCE_OF_ACTIVITY } from './transaction-parts.repository.js';

/** The activity that something is known by. */
export type OriginRow = {
  activityId: string;
  activityType: string;
  system: string;
  occurredAt: Date;
  recordedOn: string;
};

const ORIGIN = `a.activity_id as "activityId", a.type as "activityType", a.system, a.occurred_at as "occurredAt",
  a.signal_received_on::text as "recordedOn"`;

/** The activities that stated names first, in the order of the ids. Fits Operation.loader. */
export async function findFirstStatements(tx: Tx, aliasIds: readonly string[]): Promise<(OriginRow | null)[]> {
  const rows = await tx.query<OriginRow & { aliasId: string }>(
    `select asked.id as "aliasId", ${ORIGIN}
     from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       select activity_id from alias_statement where tenant_id = $1 and alias_id = asked.id
       order by occurred_at, activity_id limit 1
     ) s
     join activity a on a.tenant_id = $1 and a.activity_id = s.activity_id`,
    [tx.tenantId, aliasIds],
  );
  const byAlias = new Map(rows.map(({ aliasId, ...row }) => [aliasId, row]));
  return aliasIds.map((id) => byAlias.get(id) ?? null);
}

/** Activities by id, in the order of the ids; null = its signal has left. Fits Operation.loader. */
export async function findOrigins(tx: Tx, activityIds: readonly string[]): Promise<(OriginRow | null)[]> {
  const rows = await tx.query<OriginRow>(
    `select ${ORIGIN} from activity a where a.tenant_id = $1 and a.activity_id = any($2::uuid[])`,
    [tx.tenantId, activityIds],
  );
  const byId = new Map(rows.map((row) => [row.activityId, row]));
  return activityIds.map((id) => byId.get(id) ?? null);
}

/** A link by its ends. */
export type LinkKey = { from: string; to: string; qualifier: string };
export type ValidityRow = { validFrom: string | null; validTo: string | null };

/** The days on which links hold by the latest statement that says so, in the order of the keys. Fits Operation.loader. */
export async function findValidities(tx: Tx, keys: readonly LinkKey[]): Promise<(ValidityRow | null)[]> {
  const rows = await tx.query<ValidityRow & { place: number }>(
    `select asked.place::int as place, latest."validFrom", latest."validTo"
     from unnest($2::uuid[], $3::uuid[], $4::text[]) with ordinality as asked(from_id, to_id, qualifier, place)
     cross join lateral (
       select stated.link ->> 'validFrom' as "validFrom", stated.link ->> 'validTo' as "validTo"
       from (select alias_id from object_alias where tenant_id = $1 and object_id = asked.from_id offset 0) f
       cross join lateral (
         select activity_id, occurred_at, position from alias_statement where tenant_id = $1 and alias_id = f.alias_id offset 0
       ) s
       cross join (select alias_id from object_alias where tenant_id = $1 and object_id = asked.to_id offset 0) t
       cross join lateral (
         select position from alias_statement
         where tenant_id = $1 and alias_id = t.alias_id and occurred_at = s.occurred_at and activity_id = s.activity_id offset 0
       ) far
       cross join lateral (
         select links, recorded_at from activity where tenant_id = $1 and activity_id = s.activity_id limit 1
       ) a
       cross join lateral jsonb_array_elements(a.links) with ordinality as stated(link, ordinal)
       where (stated.link ->> 'from')::int = s.position and (stated.link ->> 'to')::int = far.position
         and stated.link ->> 'qualifier' = asked.qualifier
         and (stated.link ->> 'validFrom' is not null or stated.link ->> 'validTo' is not null)
       order by s.occurred_at desc, a.recorded_at desc nulls last, s.activity_id desc, stated.ordinal desc limit 1
     ) latest`,
    [tx.tenantId, keys.map((key) => key.from), keys.map((key) => key.to), keys.map((key) => key.qualifier)],
  );
  const byPlace = new Map(rows.map(({ place, ...row }) => [place, row]));
  return keys.map((_key, index) => byPlace.get(index + 1) ?? null);
}

/** What names an object, the latest first. */
export async function listActivitiesOf(
  tx: Tx,
  objectId: string,
  page: Page,
): Promise<(ActivityRow & { occurredText: string })[]> {
  return tx.query<ActivityRow & { occurredText: string }>(
    `select a.activity_id as id, a.type, a.occurred_at as "occurredAt", a.outcome, a.system, a.integration,
            encode(a.trace_id, 'hex') as "traceId", a.requeue_id as "requeueId", a.problem ->> 'message' as message,
            named.objects, ${instantCursorSql('a.occurred_at')} as "occurredText", ${SOURCE_OF_ACTIVITY}
     from (
       select distinct s.occurred_at, s.activity_id
       from (select alias_id from object_alias where tenant_id = $1 and object_id = $2 offset 0) o
       cross join lateral (
         select occurred_at, activity_id from alias_statement
         where tenant_id = $1 and alias_id = o.alias_id
           and ($3::timestamptz is null or (occurred_at, activity_id) < ($3::timestamptz, $4::uuid))
         order by occurred_at desc, activity_id desc limit $5
       ) s
       order by s.occurred_at desc, s.activity_id desc limit $5
     ) w
     join activity a on a.tenant_id = $1 and a.activity_id = w.activity_id
     cross join ${NAMED_OBJECTS}
     order by a.occurred_at desc, a.activity_id desc`,
    [tx.tenantId, objectId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** How many activities name an object; no more than 10 000 statements of it are looked at. */
export async function countActivitiesOf(tx: Tx, objectId: string): Promise<RowCount> {
  const [counted] = await tx.query<{ activities: number; statements: number }>(
    `select count(distinct activity_id)::int as activities, count(*)::int as statements from (
       select s.activity_id from object_alias o
       join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
       where o.tenant_id = $1 and o.object_id = $2 limit ${EXACT_COUNT_LIMIT + 1}
     ) counted`,
    [tx.tenantId, objectId],
  );
  return { count: counted?.activities ?? 0, isEstimate: (counted?.statements ?? 0) > EXACT_COUNT_LIMIT };
}
