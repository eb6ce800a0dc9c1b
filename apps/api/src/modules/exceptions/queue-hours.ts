import { findCalendar, ownCalendar, ownHoursProblems, type BusinessCalendar } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { allQueues, type QueueName } from './domain/queues.js';
import { listQueueHours, type SetHours } from './hours/queue-hours.repository.js';

/** When each queue is worked: as the tenant set it, else by the queue's default calendar. */
export async function calendarsOfQueues(tx: Tx): Promise<(queue: QueueName) => BusinessCalendar> {
  const set = await listQueueHours(tx);
  const calendars = new Map(
    allQueues().map(({ name, calendar }) => [name, calendarOf(set.get(name)) ?? findCalendar(calendar)]),
  );
  return (queue) => {
    const calendar = calendars.get(queue);
    if (calendar === undefined) throw new Error(`queue ${queue} has no calendar`);
    return calendar;
  };
}

/** Hours that no longer hold, as of a calendar or a time zone that is no longer shipped, leave the queue its default. */
function calendarOf(set: SetHours | undefined): BusinessCalendar | undefined {
  if (set === undefined) return undefined;
  if (set.own === null) return findCalendar(set.calendar);
  return ownHoursProblems(set.own).length === 0 ? ownCalendar(set.own) : undefined;
}
