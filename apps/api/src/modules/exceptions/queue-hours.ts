import { findCalendar, type BusinessCalendar } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { allQueues, type QueueName } from './domain/queues.js';
import { listQueueHours } from './queue.repository.js';

/** When each queue is worked: the calendar that the tenant set, else the queue's own. */
export async function calendarsOfQueues(tx: Tx): Promise<(queue: QueueName) => BusinessCalendar> {
  const set = await listQueueHours(tx);
  const calendars = new Map(
    // a calendar that is no longer shipped leaves the queue its own
    allQueues().map(({ name, calendar }) => [name, findCalendar(set.get(name) ?? '') ?? findCalendar(calendar)]),
  );
  return (queue) => {
    const calendar = calendars.get(queue);
    if (calendar === undefined) throw new Error(`queue ${queue} has no calendar`);
    return calendar;
  };
}
