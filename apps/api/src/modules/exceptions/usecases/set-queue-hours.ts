import { findCalendar, KNOWN_CALENDARS } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { isQueueName, type QueueName } from '../domain/queues.js';
import { lookAtQueue } from '../escalation/clock-look.repository.js';
import { lockQueue } from '../queue-revision.js';
import { putQueueHours } from '../queue.repository.js';

/** Says when a queue is worked, by the name of a calendar. `seen` = the revision that the person saw; null = whichever there is. */
export async function setQueueHours(
  tx: Tx,
  act: CatalogAct,
  queue: string,
  calendar: string,
  seen: string | null,
): Promise<QueueName | CatalogFailure> {
  if (!isQueueName(queue)) return refuse('NOT_FOUND', 'There is no such queue');
  if (findCalendar(calendar) === undefined) {
    const known = [...KNOWN_CALENDARS.keys()].join(', ');
    return refuse('INVALID', 'There is no such calendar', [`calendar: must be one of ${known}`]);
  }
  const stale = await lockQueue(tx, queue, seen);
  if (stale !== null) return stale;
  const before = await putQueueHours(tx, queue, calendar);
  await lookAtQueue(tx, act.now, queue);
  await recordAct(tx, act, 'queue.hours-set', { type: 'queue', id: queue }, { before, after: calendar });
  return queue;
}
