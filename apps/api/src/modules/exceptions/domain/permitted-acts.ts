import type { Permission } from '../../identity/index.js';
import { actorOf, canApply, isOpen, type ExceptionState } from './life-cycle.js';

/** What the console may offer. Assigning and noting are acts of people that change no state. */
export type PermittedAct = 'assign' | 'note' | 'requeue';

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
      acts.push('assign');
    }
    acts.push('note');
  }
  return acts;
}
