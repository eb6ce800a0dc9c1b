import type { Tx } from '@throughline/persistence';
import type { PlanItem } from './domain/plan.js';

/**
 * Keeps what a small request leaves out and why, as a plan of many keeps it: so that each thing asked for has an outcome in its run.
 * `wanted` = what was to go before the claims were taken.
 */
export async function keepLeftOut(
  tx: Tx,
  requestId: string,
  items: readonly PlanItem[],
  wanted: ReadonlyMap<string, string>,
): Promise<void> {
  const left = items.flatMap(({ exceptionId, code, reason }, index) =>
    code === null ? [] : [{ position: index + 1, exceptionId, code, reason, hasFallenOut: wanted.has(exceptionId) }],
  );
  if (left.length === 0) return;
  await tx.query(
    `insert into requeue_plan_item (tenant_id, request_id, position, exception_id, code, reason, has_fallen_out)
     select $1, $2, i.position, i."exceptionId", i.code, i.reason, i."hasFallenOut"
     from jsonb_to_recordset($3::jsonb)
       as i(position integer, "exceptionId" uuid, code text, reason text, "hasFallenOut" boolean)`,
    [tx.tenantId, requestId, JSON.stringify(left)],
  );
}
