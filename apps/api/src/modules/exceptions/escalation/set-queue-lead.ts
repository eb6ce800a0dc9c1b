import type { Tx } from '@throughline/persistence';
import { recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { listActivePeople, permissionsOf } from '../../identity/index.js';
import { isQueueName, type QueueName } from '../domain/queues.js';
import { lockQueue } from '../queue-revision.js';
import { putQueueLead } from './escalation.repository.js';

/** Says to whom the overdue clocks of a queue are brought; null = to nobody. */
export async function setQueueLead(
  tx: Tx,
  act: CatalogAct,
  queue: string,
  personId: string | null,
  seen: string | null,
): Promise<QueueName | CatalogFailure> {
  if (!isQueueName(queue)) return refuse('NOT_FOUND', 'There is no such queue');
  if (personId !== null) {
    const person = (await listActivePeople(tx)).find(({ id }) => id === personId);
    if (person === undefined) return refuse('NOT_FOUND', 'There is no such person');
    if (!permissionsOf(person.roles).has('exception.read'))
      return refuse('INVALID', 'The lead cannot be taken as it is', [`${person.displayName} may not see exceptions`]);
  }
  const stale = await lockQueue(tx, queue, seen);
  if (stale !== null) return stale;
  const before = await putQueueLead(tx, queue, personId);
  await recordAct(tx, act, 'queue.lead-set', { type: 'queue', id: queue }, { before, after: personId });
  return queue;
}
