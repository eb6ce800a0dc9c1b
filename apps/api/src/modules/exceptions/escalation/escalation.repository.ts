import type { Tx } from '@throughline/persistence';
import type { PersonRow } from '../../identity/index.js';
import type { Escalation } from './due-escalations.js';

/** Where a walk through the open exceptions of a tenant is. */
export type WalkPlace = { order: string; exceptionId: string };

/** Open exceptions that one step of a walk passes. */
const PASSED_AT_ONCE = 5_000;

/**
 * Of the open exceptions that follow a place, the most urgent first, those whose clock is to be looked at; and where the walk goes
 * on, null = it is through. As long as there are more than the limit, it stays where it is. What was opened since `youngest` has no
 * clock that can be overdue.
 */
export async function findClocksToLookAt(
  tx: Tx,
  now: Date,
  { after, limit, youngest }: { after: WalkPlace | null; limit: number; youngest: Date },
): Promise<{ ids: string[]; next: WalkPlace | null }> {
  // the states as the partial index has them, so that it is read without the table
  const rows = await tx.query<{ id: string; order: string; isDue: boolean }>(
    `with page as materialized (
       select e.exception_id, e.priority_order, e.opened_at from exception e
       where e.tenant_id = $1 and e.state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')
         ${after === null ? '' : 'and (e.priority_order, e.exception_id) > ($5, $6::uuid)'}
       order by e.priority_order, e.exception_id limit $3
     ), last as (
       select exception_id, priority_order from page order by priority_order desc, exception_id desc limit 1
     )
     select * from (
       select p.exception_id as id, p.priority_order::text as "order", true as "isDue" from page p
       left join exception_clock_look l on l.tenant_id = $1 and l.exception_id = p.exception_id
       where case when l.look_at is null then p.opened_at <= $4 or p.opened_at > $2 else l.look_at <= $2 end
       order by p.priority_order, p.exception_id limit ${limit}
     ) due
     union all
     select exception_id, priority_order::text, false from last where (select count(*) from page) = $3`,
    [tx.tenantId, now, PASSED_AT_ONCE, youngest, ...(after === null ? [] : [after.order, after.exceptionId])],
  );
  const ids = rows.filter(({ isDue }) => isDue).map(({ id }) => id);
  const last = rows.find(({ isDue }) => !isDue);
  if (ids.length === limit) return { ids, next: after };
  return { ids, next: last === undefined ? null : { order: last.order, exceptionId: last.id } };
}

/** A clock that has nothing left to tell is looked at all the same so late: whatever was missed meanwhile is then found. */
const FAR_LOOK_MS = 86_400_000;

/** Says when clocks are looked at next; null = not soon, unless they are forgotten. */
export async function noteLooks(
  tx: Tx,
  now: Date,
  looks: readonly { exceptionId: string; lookAt: Date | null }[],
): Promise<void> {
  const far = new Date(now.getTime() + FAR_LOOK_MS);
  await tx.query(
    `insert into exception_clock_look (tenant_id, exception_id, look_at)
     select $1, id, at from unnest($2::uuid[], $3::timestamptz[]) as n(id, at)
     on conflict (tenant_id, exception_id) do update set look_at = excluded.look_at`,
    [tx.tenantId, looks.map(({ exceptionId }) => exceptionId), looks.map(({ lookAt }) => lookAt ?? far)],
  );
}

/** Has the clocks of exceptions looked at anew, which their caller holds locked. */
export async function forgetLooks(tx: Tx, exceptionIds: readonly string[]): Promise<void> {
  if (exceptionIds.length === 0) return;
  await tx.query('delete from exception_clock_look where tenant_id = $1 and exception_id = any($2::uuid[])', [
    tx.tenantId,
    exceptionIds,
  ]);
}

export type StoredEscalation = Escalation & { exceptionId: string; escalatedAt: Date; leadName: string | null };

/** Escalations of exceptions, in the order of their ids, the latest first. Fits Operation.loader. */
export async function findEscalations(tx: Tx, exceptionIds: readonly string[]): Promise<StoredEscalation[][]> {
  const rows = await tx.query<StoredEscalation>(
    `select exception_id as "exceptionId", clock, started_at as "startedAt", due_at as "dueAt", escalated_at as "escalatedAt",
            lead_name as "leadName"
     from exception_escalation where tenant_id = $1 and exception_id = any($2::uuid[])
     order by escalated_at desc, clock`,
    [tx.tenantId, exceptionIds],
  );
  return exceptionIds.map((id) => rows.filter(({ exceptionId }) => exceptionId === id));
}

/** Keeps them, and marks their exceptions until these are over or come again. */
export async function insertEscalations(
  tx: Tx,
  escalations: readonly (Escalation & { exceptionId: string; leadId: string | null; leadName: string | null })[],
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into exception_escalation (tenant_id, exception_id, clock, started_at, due_at, escalated_at, lead_id, lead_name)
     select $1, e."exceptionId", e.clock, e."startedAt", e."dueAt", $3, e."leadId", e."leadName"
     from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, clock text, "startedAt" timestamptz, "dueAt" timestamptz,
       "leadId" uuid, "leadName" text)
     on conflict do nothing`,
    [tx.tenantId, JSON.stringify(escalations), at],
  );
  await tx.query(
    `update exception set is_escalated = true where tenant_id = $1 and exception_id = any($2::uuid[]) and not is_escalated`,
    [tx.tenantId, escalations.map(({ exceptionId }) => exceptionId)],
  );
}

/** Who leads each queue; null = nobody, or somebody who is here no longer. Fits Operation.loader. */
export async function findQueueLeads(tx: Tx, queues: readonly string[]): Promise<(PersonRow | null)[]> {
  const rows = await tx.query<PersonRow & { queue: string }>(
    `select l.queue, p.person_id as id, p.display_name as "displayName", p.email, p.roles
     from queue_lead l join person p on p.tenant_id = $1 and p.person_id = l.person_id and p.is_active
     where l.tenant_id = $1 and l.queue = any($2::text[])`,
    [tx.tenantId, queues],
  );
  return queues.map((name) => {
    const found = rows.find(({ queue }) => queue === name);
    if (found === undefined) return null;
    const { queue: _queue, ...person } = found;
    return person;
  });
}

/** Makes somebody the lead of a queue, or nobody; answers who was before. */
export async function putQueueLead(tx: Tx, queue: string, personId: string | null): Promise<string | null> {
  const [before] = await tx.query<{ personId: string }>(
    `select person_id as "personId" from queue_lead where tenant_id = $1 and queue = $2 for update`,
    [tx.tenantId, queue],
  );
  if (personId === null) {
    await tx.query('delete from queue_lead where tenant_id = $1 and queue = $2', [tx.tenantId, queue]);
  } else {
    await tx.query(
      `insert into queue_lead (tenant_id, queue, person_id) values ($1, $2, $3)
       on conflict (tenant_id, queue) do update set person_id = excluded.person_id`,
      [tx.tenantId, queue, personId],
    );
  }
  return before?.personId ?? null;
}
