import type { Tx } from '@throughline/persistence';
import { invalidIf, recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { listActivePeople, permissionsOf } from '../../identity/index.js';
import { isQueueName, type QueueName } from '../domain/queues.js';
import { lockQueue } from '../queue-revision.js';
import { replaceQueueMembers } from '../queue.repository.js';

/** Says whose queue it is. Only who may work on exceptions can be a member. `seen` = the revision that the person saw; null = whichever there is. */
export async function setQueueMembers(
  tx: Tx,
  act: CatalogAct,
  queue: string,
  personIds: readonly string[],
  seen: string | null,
): Promise<QueueName | CatalogFailure> {
  if (!isQueueName(queue)) return refuse('NOT_FOUND', 'There is no such queue');
  const people = new Map((await listActivePeople(tx)).map((person) => [person.id, person]));
  const problems = personIds.flatMap((id) => {
    const person = people.get(id);
    if (person === undefined) return [`${id}: there is no such person`];
    return permissionsOf(person.roles).has('exception.work')
      ? []
      : [`${person.displayName} may not work on exceptions`];
  });
  const invalid = invalidIf(problems, 'The members');
  if (invalid !== undefined) return invalid;
  const stale = await lockQueue(tx, queue, seen);
  if (stale !== null) return stale;
  const before = await replaceQueueMembers(tx, queue, personIds);
  await recordAct(tx, act, 'queue.members-set', { type: 'queue', id: queue }, { before, after: [...personIds].sort() });
  return queue;
}
