import { durationMs } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { CLOCK_TARGETS, type ClockTargets } from '../domain/clock.js';
import type { PriorityBand } from '../domain/priority.js';
import type { StatedTarget } from '../domain/queue-targets.js';
import type { QueueName } from '../domain/queues.js';

/** What a tenant stated of each of these queues, in their order. Fits Operation.loader. */
export async function findQueueTargets(tx: Tx, queues: readonly string[]): Promise<StatedTarget[][]> {
  const rows = await tx.query<StatedTarget & { queue: string }>(
    `select queue, band, response, resolution from queue_target where tenant_id = $1 and queue = any($2::text[]) order by band`,
    [tx.tenantId, queues],
  );
  return queues.map((name) => rows.filter(({ queue }) => queue === name).map(({ queue: _queue, ...target }) => target));
}

/** How long what waits in a queue may wait: as the tenant stated, else as shipped. */
export async function targetsOfQueues(
  tx: Tx,
  queues: readonly QueueName[],
): Promise<(queue: QueueName | null, band: PriorityBand) => ClockTargets> {
  const stated = new Map((await findQueueTargets(tx, queues)).map((targets, index) => [queues[index], targets]));
  return (queue, band) =>
    (queue === null ? undefined : stated.get(queue)?.find((one) => one.band === band)) ?? CLOCK_TARGETS[band];
}

/** The shortest time that anything may wait, whatever its queue and band. */
export async function shortestTargetMs(tx: Tx): Promise<number> {
  const stated = await tx.query<ClockTargets>('select response, resolution from queue_target where tenant_id = $1', [
    tx.tenantId,
  ]);
  const targets = [...Object.values(CLOCK_TARGETS), ...stated];
  return Math.min(...targets.flatMap(({ response, resolution }) => [durationMs(response), durationMs(resolution)]));
}

/** Makes these the stated targets of a queue that is locked; answers those before. */
export async function replaceQueueTargets(
  tx: Tx,
  queue: QueueName,
  targets: readonly StatedTarget[],
): Promise<StatedTarget[]> {
  const before = await tx.query<StatedTarget>(
    `delete from queue_target where tenant_id = $1 and queue = $2 returning band, response, resolution`,
    [tx.tenantId, queue],
  );
  await tx.query(
    `insert into queue_target (tenant_id, queue, band, response, resolution)
     select $1, $2, t.band, t.response, t.resolution
     from jsonb_to_recordset($3::jsonb) as t(band text, response text, resolution text)`,
    [tx.tenantId, queue, JSON.stringify(targets)],
  );
  return before.sort((left, right) => (left.band < right.band ? -1 : 1));
}
