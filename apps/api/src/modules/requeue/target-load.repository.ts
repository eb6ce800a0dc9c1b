import type { Tx } from '@throughline/persistence';
import type { TargetLoad } from './domain/target-room.js';

/**
 * Holds the releasing to these targets until the transaction ends, and answers to which: one that another run is just releasing to is
 * left out. Nobody waits, so that the order of locks does not matter.
 */
export async function holdTargets(tx: Tx, integrations: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ integration: string }>(
    `select t.integration from unnest($2::text[]) as t(integration)
     where pg_try_advisory_xact_lock(hashtextextended('requeue release ' || $1 || ' ' || t.integration, 0))`,
    [tx.tenantId, integrations],
  );
  return rows.map(({ integration }) => integration);
}

/**
 * What all runs together have on its way to these targets; absent = nothing. What rests after a refusal, or waits for another one, takes
 * nobody's place.
 */
export async function findTargetLoads(
  tx: Tx,
  integrations: readonly string[],
  now: Date,
): Promise<Map<string, TargetLoad>> {
  const rows = await tx.query<TargetLoad & { integration: string }>(
    `select t.integration, under_way.count as "inFlight", lately.count as "releasedLastSecond"
     from unnest($2::text[]) as t(integration)
     cross join lateral (
       select count(*)::int as count from requeue_attempt a
       where a.tenant_id = $1 and a.integration = t.integration collate "C" and a.state in ('QUEUED', 'SENDING')
         and a.released_at is not null and a.finished_at is null
         and (a.state = 'SENDING'
              or (a.retry_at is null or a.retry_at <= $4) and not exists (
                select from requeue_order o
                join requeue_claim c on c.tenant_id = $1 and c.exception_id = o.after_exception_id
                where o.tenant_id = $1 and o.attempt_id = a.attempt_id))
     ) under_way
     cross join lateral (
       select count(*)::int as count from requeue_attempt a
       where a.tenant_id = $1 and a.integration = t.integration collate "C" and a.released_at > $3
     ) lately`,
    [tx.tenantId, integrations, new Date(now.getTime() - 1_000), now],
  );
  return new Map(rows.map(({ integration, ...load }) => [integration, load]));
}
