import type { Tx } from '@throughline/persistence';
import { CLOSED_BREAKER, type Breaker } from './domain/breaker.js';

export type BreakerRow = Breaker & { integration: string; reason: string | null; changedAt: Date };

const COLUMNS = `integration, failures, trips, paused_until as "pausedUntil", is_on_trial as "isOnTrial", reason,
  changed_at as "changedAt"`;

/** What is known of the way to these targets; null = it never failed. Fits Operation.loader. */
export async function findBreakers(tx: Tx, integrations: readonly string[]): Promise<(BreakerRow | null)[]> {
  const rows = await tx.query<BreakerRow>(
    `select ${COLUMNS} from requeue_breaker where tenant_id = $1 and integration = any($2::text[])`,
    [tx.tenantId, integrations],
  );
  const byName = new Map(rows.map((row) => [row.integration, row]));
  return integrations.map((name) => byName.get(name) ?? null);
}

/** The same of one, held; there is one from now on. */
export async function lockBreaker(tx: Tx, integration: string, now: Date): Promise<Breaker> {
  await tx.query(
    `insert into requeue_breaker (tenant_id, integration, failures, trips, is_on_trial, changed_at)
     values ($1, $2, 0, 0, false, $3) on conflict do nothing`,
    [tx.tenantId, integration, now],
  );
  const [row] = await tx.query<BreakerRow>(
    `select ${COLUMNS} from requeue_breaker where tenant_id = $1 and integration = $2 for update`,
    [tx.tenantId, integration],
  );
  return row ?? CLOSED_BREAKER;
}

/** Writes what is known now; the caller holds it. */
export async function saveBreaker(
  tx: Tx,
  integration: string,
  { failures, trips, pausedUntil, isOnTrial }: Breaker,
  reason: string | null,
  now: Date,
): Promise<void> {
  await tx.query(
    `update requeue_breaker set failures = $3, trips = $4, paused_until = $5, is_on_trial = $6, reason = coalesce($7, reason),
            changed_at = $8
     where tenant_id = $1 and integration = $2`,
    [tx.tenantId, integration, failures, trips, pausedUntil, isOnTrial, reason, now],
  );
}
