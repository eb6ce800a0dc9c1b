import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../domain/stored-exception.js';
import { isOpen } from '../domain/life-cycle.js';
import type { QueueName } from '../domain/queues.js';
import { shortestTargetMs } from '../targets/queue-target.repository.js';

/** When the clock of an exception is looked at. */
export type ClockLook = { exceptionId: string; lookAt: Date };

/** Clocks that are due to be looked at, the longest due first. */
export async function findDueLooks(tx: Tx, now: Date, limit: number): Promise<ClockLook[]> {
  return tx.query<ClockLook>(
    `select exception_id as "exceptionId", look_at as "lookAt" from exception_clock_look
     where tenant_id = $1 and look_at <= $2 order by look_at, exception_id limit $3`,
    [tx.tenantId, now, limit],
  );
}

/** A clock that has nothing left to tell is looked at all the same so late: whatever was missed meanwhile is then found. */
const FAR_LOOK_MS = 86_400_000;

/** Plans looks, whatever was planned before; in the order of ids, as others may. */
async function plan(tx: Tx, exceptionIds: readonly string[], lookAt: Date): Promise<void> {
  if (exceptionIds.length === 0) return;
  await tx.query(
    `insert into exception_clock_look (tenant_id, exception_id, look_at)
     select $1, id, $3 from unnest($2::uuid[]) as n(id) order by id
     on conflict (tenant_id, exception_id) do update set look_at = excluded.look_at`,
    [tx.tenantId, exceptionIds, lookAt],
  );
}

/** Says when clocks that were due are looked at next; null = not soon. One that was planned anew meanwhile stays so. */
export async function moveLooks(
  tx: Tx,
  now: Date,
  looks: readonly { seen: ClockLook; lookAt: Date | null }[],
): Promise<void> {
  if (looks.length === 0) return;
  const far = new Date(now.getTime() + FAR_LOOK_MS);
  await tx.query(
    `with held as materialized (
       select exception_id, look_at from exception_clock_look
       where tenant_id = $1 and exception_id = any($2::uuid[]) order by exception_id for update
     )
     update exception_clock_look l set look_at = n.next
     from held join unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as n(id, seen, next)
       on n.id = held.exception_id and held.look_at >= n.seen and held.look_at < n.seen + interval '1 millisecond'
     where l.tenant_id = $1 and l.exception_id = held.exception_id`,
    [
      tx.tenantId,
      looks.map(({ seen }) => seen.exceptionId),
      looks.map(({ seen }) => seen.lookAt),
      looks.map(({ lookAt }) => lookAt ?? far),
    ],
  );
}

/** Has the clocks of exceptions that were opened, or opened again, looked at as soon as one of them can be overdue. */
export async function planLooks(tx: Tx, now: Date, opened: readonly StoredException[]): Promise<void> {
  const running = opened.filter(({ state }) => isOpen(state));
  if (running.length === 0) return;
  await plan(
    tx,
    running.map(({ exceptionId }) => exceptionId),
    new Date(now.getTime() + (await shortestTargetMs(tx))),
  );
}

/** Has clocks looked at whose targets are others by now: the exception is of another queue, or more or less urgent. */
export async function lookSooner(
  tx: Tx,
  now: Date,
  changes: readonly { before: StoredException; after: StoredException }[],
): Promise<void> {
  const bandOf = ({ statedBand, priorityBand }: StoredException) => statedBand ?? priorityBand;
  const changed = changes.filter(
    ({ before, after }) => isOpen(after.state) && (before.queue !== after.queue || bandOf(before) !== bandOf(after)),
  );
  await plan(
    tx,
    changed.map(({ after }) => after.exceptionId),
    now,
  );
}

/** Has the clocks of a queue looked at, whose targets or hours are others now. */
export async function lookAtQueue(tx: Tx, now: Date, queue: QueueName): Promise<void> {
  await tx.query(
    `with held as materialized (
       select l.exception_id from exception e
       join exception_clock_look l on l.tenant_id = $1 and l.exception_id = e.exception_id and l.look_at > $3
       where e.tenant_id = $1 and e.queue = $2 and e.state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')
       order by l.exception_id for update of l
     )
     update exception_clock_look l set look_at = $3 from held where l.tenant_id = $1 and l.exception_id = held.exception_id`,
    [tx.tenantId, queue, now],
  );
}

/** Ends looks at exceptions that are open no longer; one that was planned anew meanwhile stays. */
export async function endLooks(tx: Tx, looks: readonly ClockLook[]): Promise<void> {
  if (looks.length === 0) return;
  await tx.query(
    // times here are of milliseconds
    `delete from exception_clock_look l using unnest($2::uuid[], $3::timestamptz[]) as ended(id, at)
     where l.tenant_id = $1 and l.exception_id = ended.id
       and l.look_at >= ended.at and l.look_at < ended.at + interval '1 millisecond'`,
    [tx.tenantId, looks.map(({ exceptionId }) => exceptionId), looks.map(({ lookAt }) => lookAt)],
  );
}

/** Where a walk through the open exceptions of a tenant is. */
export type WalkPlace = { order: string; exceptionId: string };

/** Open exceptions that one step of a walk passes. */
const PASSED_AT_ONCE = 5_000;

/**
 * Plans a look, now, at what is open and has none, on a walk through what is open; a version of the app before there was a plan opened
 * it. Answers where the walk goes on, null = it is through.
 */
export async function planForgottenLooks(tx: Tx, now: Date, after: WalkPlace | null): Promise<WalkPlace | null> {
  // the states as the partial index has them, so that it is read without the table
  const [last] = await tx.query<WalkPlace & { passed: number }>(
    `with page as materialized (
       select e.exception_id, e.priority_order from exception e
       where e.tenant_id = $1 and e.state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')
         ${after === null ? '' : 'and (e.priority_order, e.exception_id) > ($4, $5::uuid)'}
       order by e.priority_order, e.exception_id limit $3
     ), planned as (
       insert into exception_clock_look (tenant_id, exception_id, look_at)
       select $1, p.exception_id, $2 from page p
       where not exists (select from exception_clock_look l where l.tenant_id = $1 and l.exception_id = p.exception_id)
       on conflict do nothing
     )
     select exception_id as "exceptionId", priority_order::text as "order", (select count(*)::int from page) as passed
     from page order by priority_order desc, exception_id desc limit 1`,
    [tx.tenantId, now, PASSED_AT_ONCE, ...(after === null ? [] : [after.order, after.exceptionId])],
  );
  return last?.passed === PASSED_AT_ONCE ? { order: last.order, exceptionId: last.exceptionId } : null;
}
