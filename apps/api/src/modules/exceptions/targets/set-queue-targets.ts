import type { Tx } from '@throughline/persistence';
import { recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { targetProblems, type StatedTarget } from '../domain/queue-targets.js';
import { isQueueName, type QueueName } from '../domain/queues.js';
import { lookAtQueue } from '../escalation/clock-look.repository.js';
import { lockQueue } from '../queue-revision.js';
import { replaceQueueTargets } from './queue-target.repository.js';

/** Says how long what waits in a queue may wait, by priority; of bands that are left out those shipped hold. Clocks follow at once. */
export async function setQueueTargets(
  tx: Tx,
  act: CatalogAct,
  queue: string,
  targets: readonly StatedTarget[],
  seen: string | null,
): Promise<QueueName | CatalogFailure> {
  if (!isQueueName(queue)) return refuse('NOT_FOUND', 'There is no such queue');
  const problems = targetProblems(targets);
  if (problems.length > 0) return refuse('INVALID', 'The targets cannot be taken as they are', problems);
  const stale = await lockQueue(tx, queue, seen);
  if (stale !== null) return stale;
  const before = await replaceQueueTargets(tx, queue, targets);
  await lookAtQueue(tx, act.now, queue);
  await recordAct(tx, act, 'queue.targets-set', { type: 'queue', id: queue }, { before, after: targets });
  return queue;
}
