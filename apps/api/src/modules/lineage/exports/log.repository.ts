import type { ActivityLink, ActivityObject, ObjectType, Outcome } from '@throughline/canonical';
import type { HistoryStatement, OcelRelation, RunActivity } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import { cursorPages } from './cursor-pages.js';

// Everything that an export reads of the facts stands here.

/** Activities or objects that are read at once. */
const ROWS_OF_PAGE = 500;
/** Statements about one object that its history is made of: the latest. */
const MOST_STATEMENTS = 1_000;

/** Objects of the chosen transactions: members, hubs, and the context of members, one step. $1 tenant, $2 transactions. */
const CHOSEN = `
  linked as materialized (
    select o.object_id, bool_or(not o.is_hub) as is_member
    from unnest($2::uuid[]) as w(id)
    join transaction_object o on o.tenant_id = $1 and o.transaction_id = w.id
    group by o.object_id),
  chosen as materialized (
    select c.object_id, bool_or(c.is_member) as is_member
    from (select object_id, is_member from linked
          union all
          select l.from_object_id, false from linked m
          join object_link l on l.tenant_id = $1 and l.to_object_id = m.object_id and l.is_context
          where m.is_member
          union all
          select l.to_object_id, false from linked m
          join object_link l on l.tenant_id = $1 and l.from_object_id = m.object_id and l.is_context
          where m.is_member) c
    group by c.object_id)`;

/** What happened to the members, and the hub activities that reached milestones. */
const WANTED = `
  wanted as materialized (
    select s.activity_id
    from chosen c
    join object_alias v on v.tenant_id = $1 and v.object_id = c.object_id
    join alias_statement s on s.tenant_id = $1 and s.alias_id = v.alias_id
    where c.is_member
    union
    select m.reached_by
    from unnest($2::uuid[]) as w(id)
    join milestone m on m.tenant_id = $1 and m.transaction_id = w.id and m.reached_by is not null)`;

/** An activity with its relations to objects of the log. */
export type LogActivity = {
  activityId: string;
  type: string;
  occurredAt: Date;
  outcome: Outcome;
  system: string;
  integration: string;
  traceId: string | null;
  requeueId: string | null;
  problem: { taxonomy: string; message: string } | null;
  objects: OcelRelation[];
};

/** The activities of the chosen transactions, each once, whatever the number of transactions that it touches. */
export async function* logActivities(tx: Tx, transactionIds: readonly string[]): AsyncGenerator<LogActivity[]> {
  type Line = { id: string; relations: { objectId: string; position: number }[] };
  const sql = `with ${CHOSEN}, ${WANTED}
    select a.activity_id as id,
           json_agg(json_build_object('objectId', c.object_id, 'position', s.position) order by s.position, c.object_id) as relations
    from wanted w
    join activity a on a.tenant_id = $1 and a.activity_id = w.activity_id
    cross join lateral throughline_ids(a.names) as own(id)
    cross join lateral (
      select position from alias_statement
      where tenant_id = $1 and alias_id = own.id and occurred_at = a.occurred_at and activity_id = a.activity_id offset 0
    ) s
    join object_alias v on v.tenant_id = $1 and v.alias_id = own.id
    join chosen c on c.object_id = v.object_id
    group by a.activity_id order by a.activity_id`;
  const statement = { name: 'log_activities', sql, params: [tx.tenantId, uuidArray(transactionIds)] };
  for await (const lines of cursorPages<Line>(tx, statement, ROWS_OF_PAGE)) {
    const relations = new Map(lines.map((line) => [line.id, line.relations]));
    const rows = await tx.query<Omit<LogActivity, 'objects'> & { qualifiers: string[] }>(
      `select a.activity_id as "activityId", a.type, a.occurred_at as "occurredAt", a.outcome, a.system, a.integration,
              encode(a.trace_id, 'hex') as "traceId", a.requeue_id as "requeueId",
              case when a.problem is null then null
                   else jsonb_build_object('taxonomy', a.problem -> 'taxonomy', 'message', a.problem -> 'message') end as problem,
              (select array_agg(each.value ->> 'qualifier' order by each.place)
               from jsonb_array_elements(a.objects) with ordinality as each(value, place)) as qualifiers
       from activity a where a.tenant_id = $1 and a.activity_id = any($2::uuid[])
       order by a.activity_id`,
      [tx.tenantId, uuidArray([...relations.keys()])],
    );
    yield rows.map(({ qualifiers, ...row }) => ({
      ...row,
      objects: (relations.get(row.activityId) ?? []).map(({ objectId, position }) => ({
        objectId,
        qualifier: qualifiers?.[position] ?? '',
      })),
    }));
  }
}

/** An object of the log. */
export type LogObject = {
  objectId: string;
  type: ObjectType;
  key: string;
  firstOccurredAt: Date;
  statements: HistoryStatement[];
  follows: OcelRelation[];
};

/** The objects of the chosen transactions, each once. Members come with their history, others with what they are today. */
export async function* logObjects(tx: Tx, transactionIds: readonly string[]): AsyncGenerator<LogObject[]> {
  type Line = { id: string; isMember: boolean; follows: OcelRelation[] | null };
  const sql = `with ${CHOSEN},
    follows as (
      select l.to_object_id as id,
             json_agg(json_build_object('objectId', l.from_object_id, 'qualifier', l.qualifier)
                      order by l.from_object_id, l.qualifier) as relations
      from chosen t
      join object_link l on l.tenant_id = $1 and l.to_object_id = t.object_id
      join chosen f on f.object_id = l.from_object_id
      group by l.to_object_id)
    select c.object_id as id, c.is_member as "isMember", f.relations as follows
    from chosen c left join follows f on f.id = c.object_id
    order by c.object_id`;
  const statement = { name: 'log_objects', sql, params: [tx.tenantId, uuidArray(transactionIds)] };
  for await (const lines of cursorPages<Line>(tx, statement, ROWS_OF_PAGE)) {
    const byId = new Map(lines.map((line) => [line.id, line]));
    const members = lines.filter(({ isMember }) => isMember).map(({ id }) => id);
    const histories = await findStatements(tx, members);
    const rows = await findStates(tx, [...byId.keys()]);
    yield rows.map(({ state, ...row }) => ({
      ...row,
      statements: histories.get(row.objectId) ?? [state],
      follows: byId.get(row.objectId)?.follows ?? [],
    }));
  }
}

type StateRow = Omit<LogObject, 'statements' | 'follows'> & { state: HistoryStatement };

/** Objects with what is known of them today, as one statement at the time of the last one. */
async function findStates(tx: Tx, objectIds: readonly string[]): Promise<StateRow[]> {
  type Line = Omit<StateRow, 'state'> & { lastOccurredAt: Date; stated: HistoryStatement['stated'] };
  const lines = await tx.query<Line>(
    `select object_id as "objectId", type, key, first_occurred_at as "firstOccurredAt", last_occurred_at as "lastOccurredAt",
            jsonb_strip_nulls(jsonb_build_object(
              'legalEntity', legal_entity, 'counterparty', counterparty, 'direction', direction, 'attributes', attributes,
              'amount', case when amount is null or currency is null then null
                             else jsonb_build_object('amount', amount::text, 'currency', currency) end)) as stated
     from business_object where tenant_id = $1 and object_id = any($2::uuid[]) order by object_id`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return lines.map(({ lastOccurredAt, stated, ...row }) => ({
    ...row,
    state: {
      activityId: row.objectId,
      occurredAt: lastOccurredAt.toISOString(),
      outcome: 'success',
      isSubject: true,
      stated,
    },
  }));
}

/** What activities stated about objects, of each object the latest 1 000. */
async function findStatements(tx: Tx, objectIds: readonly string[]): Promise<Map<string, HistoryStatement[]>> {
  type Line = Omit<HistoryStatement, 'occurredAt' | 'recordedAt'> & {
    objectId: string;
    occurredAt: Date;
    recordedAt: Date | null;
  };
  const lines = await tx.query<Line>(
    `select w.id as "objectId", s.activity_id as "activityId", s.occurred_at as "occurredAt", s.outcome, s.is_subject as "isSubject",
            a.recorded_at as "recordedAt", (a.objects -> s.position::int) - 'aliases' as stated
     from unnest($2::uuid[]) as w(id)
     cross join lateral (
       select distinct s.activity_id, s.occurred_at, s.outcome, s.is_subject, s.position
       from object_alias v join alias_statement s on s.tenant_id = $1 and s.alias_id = v.alias_id
       where v.tenant_id = $1 and v.object_id = w.id
       order by s.occurred_at desc, s.activity_id, s.position, s.is_subject limit ${MOST_STATEMENTS}) s
     join activity a on a.tenant_id = $1 and a.activity_id = s.activity_id
     where a.objects -> s.position::int is not null`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  const found = new Map<string, HistoryStatement[]>();
  for (const { objectId, occurredAt, recordedAt, ...line } of lines) {
    const known = found.get(objectId) ?? [];
    known.push({ ...line, occurredAt: occurredAt.toISOString(), recordedAt: recordedAt?.toISOString() });
    found.set(objectId, known);
  }
  return found;
}

/** The activities of the chosen transactions run by run, each run in order of time. */
export async function* runActivities(tx: Tx, transactionIds: readonly string[]): AsyncGenerator<RunActivity[]> {
  type Line = Omit<RunActivity, 'occurredAt' | 'traceId' | 'spanId' | 'requeueId'> & {
    occurredAt: Date;
    traceId: string | null;
    spanId: string | null;
    requeueId: string | null;
    objects: ActivityObject[];
    links: ActivityLink[];
  };
  const sql = `with ${CHOSEN}, ${WANTED}
    select a.activity_id as "activityId", a.type, a.occurred_at as "occurredAt", a.outcome, a.system, a.integration,
           a.run_key as "runKey", encode(a.trace_id, 'hex') as "traceId", encode(a.span_id, 'hex') as "spanId",
           a.requeue_id as "requeueId", a.problem ->> 'message' as message, a.objects, a.links
    from wanted w join activity a on a.tenant_id = $1 and a.activity_id = w.activity_id
    order by a.system, a.integration, a.run_key, a.occurred_at, a.activity_id`;
  const statement = { name: 'log_runs', sql, params: [tx.tenantId, uuidArray(transactionIds)] };
  for await (const lines of cursorPages<Line>(tx, statement, ROWS_OF_PAGE)) {
    yield lines.map(({ traceId, spanId, requeueId, occurredAt, ...line }) => ({
      ...line,
      occurredAt: occurredAt.toISOString(),
      ...(traceId !== null && { traceId }),
      ...(spanId !== null && { spanId }),
      ...(requeueId !== null && { requeueId }),
    }));
  }
}
