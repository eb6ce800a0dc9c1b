import type { Tx } from '@throughline/persistence';

const IS_HELD = `a.tenant_id = $1 and a.request_id = $2 and a.state = 'QUEUED' and a.released_at is null`;

/**
 * Puts what has not gone out in its order, which stays from then on. First the canary, from each target in turn
 * that with which the least is at stake, of those that wait for no other; then by priority as it stands now, where something is as
 * urgent as what waits behind it.
 */
export async function orderAttempts(tx: Tx, requestId: string, canary: number): Promise<void> {
  await tx.query(
    `with recursive held as materialized (
       select a.attempt_id, a.exception_id, a.integration, a.created_at, coalesce(e.priority_order, 0) as priority,
              exists (select from requeue_order o where o.tenant_id = $1 and o.attempt_id = a.attempt_id) as is_behind
       from requeue_attempt a
       left join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
       where ${IS_HELD}
     ), waiting as (
       -- what goes first is as urgent as all that waits behind it
       select attempt_id, priority from held where is_behind
       union
       select first.attempt_id, waiting.priority
       from waiting
       join requeue_order o on o.tenant_id = $1 and o.attempt_id = waiting.attempt_id
       join held first on first.exception_id = o.after_exception_id
     ), inherited as materialized (
       select attempt_id, max(priority) as priority from waiting group by attempt_id
     ), staked as (
       select h.attempt_id, h.integration,
              row_number() over (partition by h.integration
                order by case when not i.is_money_unknown then coalesce(i.reporting_minor, 0) end nulls last,
                         h.priority, h.exception_id) as turn
       from held h
       left join requeue_item i on i.tenant_id = $1 and i.request_id = $2 and i.attempt_id = h.attempt_id
       where not h.is_behind and $3 > 0
     ), canary as (
       select attempt_id, row_number() over (order by turn, integration) as place
       from staked where turn <= $3 order by turn, integration limit $3
     ), behind as (
       select coalesce(max(a.position), 0) as position from requeue_attempt a
       where a.tenant_id = $1 and a.request_id = $2 and (a.state <> 'QUEUED' or a.released_at is not null)
     ), placed as (
       select h.attempt_id, row_number() over (
                order by c.place nulls last, greatest(h.priority, w.priority) desc, h.is_behind, h.created_at, h.exception_id) as place
       from held h left join canary c using (attempt_id) left join inherited w using (attempt_id)
     )
     update requeue_attempt a set position = behind.position + placed.place
     from placed cross join behind
     where a.tenant_id = $1 and a.attempt_id = placed.attempt_id and a.position <> behind.position + placed.place`,
    [tx.tenantId, requestId, canary],
  );
}

/** The integrations to which something of a request is held back. */
export async function findHeldTargets(tx: Tx, requestId: string): Promise<string[]> {
  // from one target to the next in the index, however many wait for each
  const rows = await tx.query<{ integration: string }>(
    `with recursive target as (
       (select a.integration from requeue_attempt a where ${IS_HELD} order by a.integration limit 1)
       union all
       select (select a.integration from requeue_attempt a where ${IS_HELD} and a.integration > target.integration
               order by a.integration limit 1)
       from target where target.integration is not null
     )
     select integration from target where integration is not null`,
    [tx.tenantId, requestId],
  );
  return rows.map(({ integration }) => integration);
}

/**
 * Releases the next ones to these targets in their order, to none more than it has room for, and answers which. Left out are those to a target that is not reached, and
 * those that would only wait: behind what is under way, or for their next transmission; and those that somebody is just ending, who
 * holds their rows.
 */
export async function releaseNext(
  tx: Tx,
  requestId: string,
  { count, targets }: { count: number; targets: readonly { integration: string; room: number }[] },
  now: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with target as (
       select t.integration collate "C" as integration, t.room
       from jsonb_to_recordset($5::jsonb) as t(integration text, room integer)
       where not exists (select from requeue_breaker b
                         where b.tenant_id = $1 and b.integration = t.integration and b.paused_until > $4)
     ), next as (
       select h.attempt_id from target cross join lateral (
         select a.attempt_id, a.position from requeue_attempt a
         where ${IS_HELD} and a.integration = target.integration and (a.retry_at is null or a.retry_at <= $4)
           and not exists (
             select from requeue_order o join requeue_claim c on c.tenant_id = $1 and c.exception_id = o.after_exception_id
             where o.tenant_id = $1 and o.attempt_id = a.attempt_id)
         order by a.position, a.attempt_id limit least($3, target.room) for update of a skip locked
       ) h
       order by h.position, h.attempt_id limit $3
     )
     update requeue_attempt a set released_at = $4 from next
     where a.tenant_id = $1 and a.attempt_id = next.attempt_id returning a.attempt_id as id`,
    [tx.tenantId, requestId, count, now, JSON.stringify(targets)],
  );
  return rows.map((row) => row.id);
}

/** Releases all of a small request to these targets: what goes behind something waits by itself. */
export async function releaseAll(tx: Tx, requestId: string, targets: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with all_of_it as (
       select a.attempt_id from requeue_attempt a where ${IS_HELD} and a.integration = any($4::text[])
       order by a.attempt_id for update skip locked
     )
     update requeue_attempt a set released_at = $3 from all_of_it
     where a.tenant_id = $1 and a.attempt_id = all_of_it.attempt_id returning a.attempt_id as id`,
    [tx.tenantId, requestId, now, targets],
  );
  return rows.map((row) => row.id);
}
