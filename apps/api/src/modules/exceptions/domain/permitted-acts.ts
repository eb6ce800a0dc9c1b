import type { Permission } from '../../identity/index.js';
import { actorOf, canApply, isOpen, type Act, type ExceptionState } from './life-cycle.js';
import { actsOfQueue, type QueueAct, type QueueName } from './queues.js';

/** What the console may offer. Assigning and noting are acts of people that change no state. */
export type PermittedAct =
  'assign' | 'move' | 'note' | 'prioritise' | 'requeue' | 'correct' | 'compensate' | 'snooze' | StateAct;

/** Acts of people that change the state, by the name that the life cycle gives them. */
export const STATE_ACTS = ['start', 'put-back', 'wait', 'resolve', 'accept', 'mark-duplicate'] as const;

type StateAct = (typeof STATE_ACTS)[number];

/** Acts that this person may do on an exception in this state, in the order in which they are offered. */
export function permittedActs(
  state: ExceptionState,
  permissions: ReadonlySet<Permission>,
  hasRequeueTarget: boolean,
  canBeUndone = false,
): PermittedAct[] {
  const acts: PermittedAct[] = [];
  const mayDo = (act: Act) => {
    const permission = actorOf(act);
    return canApply(state, act) && permission !== 'system' && permissions.has(permission);
  };
  if (hasRequeueTarget && mayDo('requeue')) {
    acts.push('requeue');
    if (permissions.has('payload.read')) {
      acts.push('correct');
    }
  }
  // undone or told; two people are not asked two things about one exception
  if (canBeUndone && mayDo('ask-approval')) {
    acts.push('compensate');
  }
  const isWorkable = permissions.has('exception.work') && isOpen(state);
  if (isWorkable) {
    acts.push('assign', 'move', 'prioritise');
  }
  if (permissions.has('exception.note')) {
    acts.push('note');
  }
  acts.push(...STATE_ACTS.filter(mayDo));
  if (isWorkable) {
    acts.push('snooze');
  }
  return acts;
}

/** What this person may do in a queue at all, in the order in which its acts are declared. */
export function actsInQueue(queue: QueueName, permissions: ReadonlySet<Permission>): QueueAct[] {
  return actsOfQueue(queue).filter((act) => permissions.has(permissionOf(act)));
}

function permissionOf(act: QueueAct): Permission {
  if (act === 'note') return 'exception.note';
  return act === 'requeue' || act === 'correct' ? 'requeue.request' : 'exception.work';
}
