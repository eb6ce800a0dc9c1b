import { findCalendar, KNOWN_CALENDARS, OWN_HOURS, ownHoursProblems, type OwnHours } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { isQueueName, type QueueName } from '../domain/queues.js';
import { lookAtQueue } from '../escalation/clock-look.repository.js';
import { putQueueHours, type SetHours } from '../hours/queue-hours.repository.js';
import { lockQueue } from '../queue-revision.js';

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
  return put(tx, act, queue, { calendar, own: null }, seen);
}

/** Says when a queue is worked, by hours of its own. */
export async function setQueueOwnHours(
  tx: Tx,
  act: CatalogAct,
  queue: string,
  own: OwnHours,
  seen: string | null,
): Promise<QueueName | CatalogFailure> {
  if (!isQueueName(queue)) return refuse('NOT_FOUND', 'There is no such queue');
  const problems = ownHoursProblems(own);
  if (problems.length > 0) return refuse('INVALID', 'The hours cannot be taken as they are', problems);
  return put(tx, act, queue, { calendar: OWN_HOURS, own }, seen);
}

/** Clocks of what waits in the queue are looked at at once. */
async function put(
  tx: Tx,
  act: CatalogAct,
  queue: QueueName,
  set: SetHours,
  seen: string | null,
): Promise<QueueName | CatalogFailure> {
  const stale = await lockQueue(tx, queue, seen);
  if (stale !== null) return stale;
  const before = await putQueueHours(tx, queue, set);
  await lookAtQueue(tx, act.now, queue);
  const said = { before: before && (before.own ?? before.calendar), after: set.own ?? set.calendar };
  await recordAct(tx, act, 'queue.hours-set', { type: 'queue', id: queue }, said);
  return queue;
}
