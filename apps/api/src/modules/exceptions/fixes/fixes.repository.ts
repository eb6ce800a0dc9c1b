import type { Tx } from '@throughline/persistence';
import { FIX_EVENTS, type FixScope, type Over, type PastEvent, type PastException } from '../domain/fixes.js';
import { IS_CLOSED } from '../exceptions.repository.js';

/** Past cases of one scope that are looked at: the latest. */
export const MOST_PAST = 200;
/** What came again is found among the latest reopenings of all. */
const MOST_REOPENINGS = 2_000;
/** Similar ones are counted no further. */
const MOST_SIMILAR = 1_000;

/** What is asked about: where past cases are looked for; `except` is not similar to itself. */
export type Problem = { groupId: string; taxonomy: string; hop: string; except: string | null };

export type PastCase = PastException & Over & { scope: FixScope };

/** Beside what is over: what was over and is open again, without which every fix would look as if it had lasted. */
const AGAIN = `latest as materialized (
  select exception_id from exception_event where tenant_id = $1 and kind = 'reopened' order by at desc limit ${MOST_REOPENINGS}
), again as materialized (
  select e.* from (select distinct exception_id from latest) r
  join exception e on e.tenant_id = $1 and e.exception_id = r.exception_id where e.resolved_at is null
)`;

const COLUMNS = 'e.exception_id, e.object_type, e.object_key, e.opened_at, e.resolved_at, e.state';

/** Exceptions that were over at least once, by how close they are to each problem; one statement for all of them. */
export async function findPastCases(tx: Tx, problems: readonly Problem[]): Promise<PastCase[][]> {
  const scope = (name: FixScope, condition: string) => `
    select a.place, '${name}' as scope, x.* from asked a cross join lateral (
      (select ${COLUMNS} from exception e where e.tenant_id = $1 and ${condition} and e.resolved_at is not null
       order by e.resolved_at desc limit ${MOST_PAST + 1})
      union all
      (select ${COLUMNS} from again e where ${condition})
    ) x`;
  const rows = await tx.query<PastCase & { place: number }>(
    `with ${AGAIN}, asked as (
       select * from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as a(group_id, taxonomy, hop, place))
     select (place - 1)::int as place, scope, exception_id as "exceptionId", object_type as "objectType", object_key as "objectKey",
            opened_at as "openedAt", resolved_at as "resolvedAt"
     from (${scope('GROUP', 'e.group_id = a.group_id')}
           union all ${scope('STEP', 'e.taxonomy = a.taxonomy collate "C" and e.hop = a.hop collate "C"')}
           union all ${scope('PROBLEM', 'e.taxonomy = a.taxonomy collate "C"')}) found
     where state <> 'DUPLICATE'`,
    [
      tx.tenantId,
      problems.map(({ groupId }) => groupId),
      problems.map(({ taxonomy }) => taxonomy),
      problems.map(({ hop }) => hop),
    ],
  );
  return problems.map((_, place) => rows.filter((row) => row.place === place));
}

type EventRow = Omit<PastEvent, 'personId'> & { exceptionId: string; actorId: string };

const UUID = /^[0-9a-f]{8}-/;

/** What happened to exceptions, in order, as far as it tells how they were solved. */
export async function findPastEvents(tx: Tx, exceptionIds: readonly string[]): Promise<Map<string, PastEvent[]>> {
  const rows = await tx.query<EventRow>(
    `select exception_id as "exceptionId", kind, at, actor_id as "actorId", actor_name as "actorName", details
     from exception_event where tenant_id = $1 and exception_id = any($2::uuid[]) and kind = any($3::text[])
     order by exception_id, ordinal`,
    [tx.tenantId, exceptionIds, FIX_EVENTS],
  );
  const events = new Map<string, PastEvent[]>();
  for (const { exceptionId, actorId, ...event } of rows) {
    // parts of the system act under their names
    const told = { ...event, personId: UUID.test(actorId) ? actorId : null };
    const known = events.get(exceptionId);
    if (known === undefined) events.set(exceptionId, [told]);
    else known.push(told);
  }
  return events;
}

export type SimilarOpen = { count: number; isCut: boolean; exceptionIds: string[] };

/** Other open members of the groups: how many, and those that failed latest. */
export async function findSimilarOpen(tx: Tx, problems: readonly Problem[]): Promise<SimilarOpen[]> {
  const rows = await tx.query<{ place: number; ids: string[]; count: number }>(
    `select (a.place - 1)::int as place, found.ids, found.count
     from unnest($2::uuid[], $3::uuid[]) with ordinality as a(group_id, except_id, place)
     cross join lateral (
       select coalesce((array_agg(id order by at desc, id))[1:5], '{}') as ids, count(*)::int as count from (
         select e.exception_id as id, e.last_occurred_at as at from exception e
         where e.tenant_id = $1 and e.group_id = a.group_id and not ${IS_CLOSED}
           and case when a.except_id is null then true else e.exception_id <> a.except_id end
         order by e.last_occurred_at desc limit ${MOST_SIMILAR + 1}
       ) open
     ) found`,
    [tx.tenantId, problems.map(({ groupId }) => groupId), problems.map(({ except }) => except)],
  );
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return problems.map((_, place) => {
    const { ids, count } = byPlace.get(place) ?? { ids: [], count: 0 };
    return { count: Math.min(count, MOST_SIMILAR), isCut: count > MOST_SIMILAR, exceptionIds: ids };
  });
}
