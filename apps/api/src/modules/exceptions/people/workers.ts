import type { Tx } from '@throughline/persistence';
import { listActivePeople, permissionsOf } from '../../identity/index.js';
import { QUEUE_NAMES } from '../domain/queues.js';
import type { Workers } from '../domain/rule-assignment.js';
import { findQueueMembers } from '../queue.repository.js';
import { listAbsencesAt } from './absence.repository.js';

/** Who can be given work now: people, whose queues are which, and who is away. */
export async function loadWorkers(tx: Tx, now: Date): Promise<Workers> {
  const people = await listActivePeople(tx);
  const members = await findQueueMembers(tx, QUEUE_NAMES);
  return {
    people: new Map(
      people.map(({ id, displayName, roles }) => [
        id,
        { name: displayName, mayWork: permissionsOf(roles).has('exception.work') },
      ]),
    ),
    members: new Map(QUEUE_NAMES.map((queue, index) => [queue, new Set(members[index]?.map(({ id }) => id))])),
    absences: await listAbsencesAt(tx, now),
  };
}
