import type { Tx } from '@throughline/persistence';
import type { StoredException } from './domain/stored-exception.js';

export type EventRow = { id: string; at: Date; kind: string; actorName: string; details: Record<string, unknown> };

/** Select list of a step of a timeline. */
const EVENT = `e.exception_id as "exceptionId", e.event_id as id, e.at, e.kind, e.actor_name as "actorName", e.details`;

type StoredEvent = EventRow & { exceptionId: string };

/** What clocks are told by, oldest first: all steps but those that it failed again, which may be thousands. Fits Operation.loader. */
export async function findClockEvents(tx: Tx, exceptionIds: readonly string[]): Promise<EventRow[][]> {
  const rows = await tx.query<StoredEvent>(
    // one by one in the order of its index: of many at once a planner may walk all steps of the tenant in their order instead
    `select e.* from (select distinct id from unnest($2::uuid[]) as id) wanted
     cross join lateral (
       select ${EVENT} from exception_event e
       where e.tenant_id = $1 and e.exception_id = wanted.id and e.kind <> 'occurred-again' order by e.at, e.ordinal
     ) e`,
    [tx.tenantId, exceptionIds],
  );
  return byException(exceptionIds, rows);
}

/** The latest steps of each timeline, at most so many, oldest first. */
export async function findLastEvents(tx: Tx, exceptionIds: readonly string[], most: number): Promise<EventRow[][]> {
  const rows = await tx.query<StoredEvent>(
    `select e.* from unnest($2::uuid[]) as wanted(id)
     cross join lateral (
       select ${EVENT}, e.ordinal from exception_event e where e.tenant_id = $1 and e.exception_id = wanted.id
       order by e.at desc, e.ordinal desc limit $3
     ) e order by e.at, e.ordinal`,
    [tx.tenantId, exceptionIds, most],
  );
  return byException(exceptionIds, rows);
}

/** How many steps each timeline has. Fits Operation.loader. */
export async function countEvents(tx: Tx, exceptionIds: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ exceptionId: string; steps: number }>(
    `select exception_id as "exceptionId", count(*)::int as steps from exception_event
     where tenant_id = $1 and exception_id = any($2::uuid[]) group by exception_id`,
    [tx.tenantId, exceptionIds],
  );
  const counts = new Map(rows.map(({ exceptionId, steps }) => [exceptionId, steps]));
  return exceptionIds.map((id) => counts.get(id) ?? 0);
}

function byException(exceptionIds: readonly string[], rows: readonly StoredEvent[]): EventRow[][] {
  const events = new Map<string, EventRow[]>(exceptionIds.map((id) => [id, []]));
  for (const row of rows) {
    events.get(row.exceptionId)?.push(row);
  }
  return exceptionIds.map((id) => events.get(id) ?? []);
}

/** The last step of each timeline; null where there is none. */
export async function findLatestEvents(tx: Tx, exceptionIds: readonly string[]): Promise<(EventRow | null)[]> {
  const rows = await tx.query<EventRow & { exceptionId: string }>(
    `select distinct on (exception_id) exception_id as "exceptionId", event_id as id, at, kind, actor_name as "actorName", details
     from exception_event where tenant_id = $1 and exception_id = any($2::uuid[])
     order by exception_id, at desc, ordinal desc`,
    [tx.tenantId, exceptionIds],
  );
  return exceptionIds.map((id) => rows.find((row) => row.exceptionId === id) ?? null);
}

export type FailureRow = {
  occurredAt: Date;
  message: string;
  traceId: string | null;
  spanId: string | null;
  /** Of the latest failed run that gave one; undefined = none did. */
  payload: unknown;
  payloadVersion: number | null;
  field: string | null;
  headers: Record<string, string> | null;
};

/** What of an exception tells its failures. */
export type FailureOf = Pick<StoredException, 'exceptionId' | 'lastActivityId'>;

/**
 * The latest failed run that gave a payload, of the exception that each row of e names, as `failed`; `columns` are made of its
 * activity v. Of its own problem: one document can fail at one step in several ways of one kind, each with a payload of its own.
 */
export const failedRunSql = (columns: string): string => `
     left join lateral (
       select ${columns}
       from exception x
       join problem p on p.tenant_id = $1 and p.object_id = x.object_id and p.hop = x.hop and p.signature = x.signature
       join object_alias o on o.tenant_id = $1 and o.object_id = x.object_id
       join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id and s.outcome = 'failure'
       join activity v on v.tenant_id = $1 and v.activity_id = s.activity_id
       where x.tenant_id = $1 and x.exception_id = e."exceptionId" and v.outcome = 'failure'
         and v.integration = x.integration and (v.integration <> '' or v.system = x.hop)
         and v.problem ->> 'taxonomy' = p.taxonomy and v.problem -> 'discriminators' = p.discriminators
         and jsonb_typeof(v.problem -> 'payload') <> 'null'
       order by v.occurred_at desc, v.activity_id limit 1
     ) failed on true`;

/** The latest failure per exception; null where nothing failed (an overdue milestone). */
export async function findFailures(tx: Tx, exceptions: readonly FailureOf[]): Promise<(FailureRow | null)[]> {
  const rows = await tx.query<FailureRow & { exceptionId: string }>(
    `select e."exceptionId", last.occurred_at as "occurredAt", coalesce(last.problem ->> 'message', '') as message,
            encode(last.trace_id, 'hex') as "traceId", encode(last.span_id, 'hex') as "spanId",
            failed.problem -> 'payload' as payload, (failed.problem ->> 'payloadVersion')::int as "payloadVersion",
            failed.problem ->> 'field' as field, coalesce(failed.problem -> 'headers', last.problem -> 'headers') as headers
     from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, "lastActivityId" uuid)
     join activity last on last.tenant_id = $1 and last.activity_id = e."lastActivityId"
     ${failedRunSql('v.problem')}`,
    [tx.tenantId, JSON.stringify(exceptions)],
  );
  const byException = new Map(rows.map(({ exceptionId, ...row }) => [exceptionId, row]));
  return exceptions.map(({ exceptionId }) => byException.get(exceptionId) ?? null);
}
