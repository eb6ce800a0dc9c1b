import type { Permission } from '../../identity/index.js';
import { actorOf, canApply, isOpen, type ExceptionState } from './life-cycle.js';
import { actsOfQueue, type QueueAct, type QueueName } from './queues.js';

/** What the console may offer. Assigning and noting are acts of people that change no state. */
export type PermittedAct = 'assign' | 'move' | 'note' | 'prioritise' | 'requeue';

/** Acts that this person may do on an exception in this state, in the order in which they are offered. */
export function permittedActs(
  state: ExceptionState,
  permissions: ReadonlySet<Permission>,
  hasRequeueTarget: boolean,
): PermittedAct[] {
  const acts: PermittedAct[] = [];
  const permission = actorOf('requeue');
  if (hasRequeueTarget && canApply(state, 'requeue') && permission !== 'system' && permissions.has(permission)) {
    acts.push('requeue');
  }
  if (permissions.has('exception.work')) {
    if (isOpen(state)) {
      acts.push('assign', 'move', 'prioritise');
    }
    acts.push('note');
  }
  return acts;
}

/** What this person may do in a queue at all, in the order in which its acts are declared. */
export function actsInQueue(queue: QueueName, permissions: ReadonlySet<Permission>): QueueAct[] {
  return actsOfQueue(queue).filter((act) =>
    permissions.has(act === 'requeue' || act === 'correct' ? 'requeue.request' : 'exception.work'),
  );
}
