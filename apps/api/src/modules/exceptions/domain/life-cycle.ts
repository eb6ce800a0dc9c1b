import type { Permission } from '../../identity/index.js';

export const EXCEPTION_STATES = [
  'OPEN',
  'IN_PROGRESS',
  'WAITING',
  'PENDING_APPROVAL',
  'REQUEUED',
  'RESOLVED',
  'ACCEPTED',
  'DUPLICATE',
] as const;

export type ExceptionState = (typeof EXCEPTION_STATES)[number];

export const RESOLUTIONS = [
  'VERIFIED_REQUEUE',
  'PROVED_BY_PERSON',
  'COMPENSATED',
  'SOURCE_FIXED',
  'POSTED_BY_HAND',
  'VANISHED',
] as const;

export type Resolution = (typeof RESOLUTIONS)[number];

/** States in which nobody has to do anything any more. */
export const CLOSED_STATES: readonly ExceptionState[] = ['RESOLVED', 'ACCEPTED', 'DUPLICATE'];

const CLOSED: ReadonlySet<ExceptionState> = new Set(CLOSED_STATES);

const WORKABLE = ['OPEN', 'IN_PROGRESS', 'WAITING'] as const;

export type Transition = {
  act: string;
  from: readonly ExceptionState[];
  /** Several only where the act brings back a remembered state. */
  to: readonly ExceptionState[];
  /** A permission of the person, or the system itself. */
  by: Permission | 'system';
  resolution?: Resolution;
};

/** The whole life of an exception. Assigning and commenting change no state and are no transitions. */
export const LIFE_CYCLE = [
  { act: 'start', from: ['OPEN', 'WAITING'], to: ['IN_PROGRESS'], by: 'exception.work' },
  { act: 'put-back', from: ['IN_PROGRESS', 'WAITING'], to: ['OPEN'], by: 'exception.work' },
  // also while it waits: for something else, or longer
  { act: 'wait', from: WORKABLE, to: ['WAITING'], by: 'exception.work' },
  { act: 'wait-over', from: ['WAITING'], to: ['OPEN', 'IN_PROGRESS'], by: 'system' },
  { act: 'ask-approval', from: WORKABLE, to: ['PENDING_APPROVAL'], by: 'requeue.request' },
  { act: 'reject-approval', from: ['PENDING_APPROVAL'], to: ['OPEN'], by: 'requeue.request' },
  { act: 'requeue', from: [...WORKABLE, 'PENDING_APPROVAL'], to: ['REQUEUED'], by: 'requeue.request' },
  { act: 'requeue-failed', from: ['REQUEUED'], to: ['OPEN'], by: 'system' },
  // a person ended the sending of all that had not gone out
  { act: 'requeue-cancelled', from: ['REQUEUED'], to: ['OPEN'], by: 'system' },
  { act: 'requeue-verified', from: ['REQUEUED'], to: ['RESOLVED'], by: 'system', resolution: 'VERIFIED_REQUEUE' },
  // a second person looked at the target: it did what was asked, or it did not
  {
    act: 'requeue-proved',
    from: ['REQUEUED'],
    to: ['RESOLVED'],
    by: 'requeue.approve',
    resolution: 'PROVED_BY_PERSON',
  },
  { act: 'requeue-not-applied', from: ['REQUEUED'], to: ['OPEN'], by: 'requeue.approve' },
  // its document was seen undone, reversed or cancelled; that somebody was told of it solves nothing
  { act: 'compensated', from: ['REQUEUED'], to: ['RESOLVED'], by: 'system', resolution: 'COMPENSATED' },
  { act: 'notified', from: ['REQUEUED'], to: ['OPEN'], by: 'system' },
  // overcome before the requeue was even asked for: true, but not by it
  { act: 'requeue-overtaken', from: ['REQUEUED'], to: ['RESOLVED'], by: 'system', resolution: 'VANISHED' },
  { act: 'vanish', from: [...WORKABLE, 'PENDING_APPROVAL'], to: ['RESOLVED'], by: 'system', resolution: 'VANISHED' },
  { act: 'resolve', from: WORKABLE, to: ['RESOLVED'], by: 'exception.work', resolution: 'SOURCE_FIXED' },
  { act: 'resolve-by-hand', from: WORKABLE, to: ['RESOLVED'], by: 'exception.work', resolution: 'POSTED_BY_HAND' },
  { act: 'accept', from: WORKABLE, to: ['ACCEPTED'], by: 'exception.work' },
  { act: 'ask-acceptance', from: WORKABLE, to: ['PENDING_APPROVAL'], by: 'exception.work' },
  { act: 'approve-acceptance', from: ['PENDING_APPROVAL'], to: ['ACCEPTED'], by: 'exception.approve' },
  { act: 'reject-acceptance', from: ['PENDING_APPROVAL'], to: ['OPEN', 'IN_PROGRESS'], by: 'exception.approve' },
  { act: 'withdraw-acceptance', from: ['PENDING_APPROVAL'], to: ['OPEN', 'IN_PROGRESS'], by: 'exception.work' },
  { act: 'expire-acceptance', from: ['PENDING_APPROVAL'], to: ['OPEN', 'IN_PROGRESS'], by: 'system' },
  { act: 'mark-duplicate', from: WORKABLE, to: ['DUPLICATE'], by: 'exception.work' },
  // of duplicates that which a person named: it occurred again
  { act: 'reopen', from: ['RESOLVED', 'ACCEPTED', 'DUPLICATE'], to: ['OPEN'], by: 'system' },
  {
    act: 'merge',
    from: [...WORKABLE, 'PENDING_APPROVAL', 'REQUEUED', 'RESOLVED', 'ACCEPTED'],
    to: ['DUPLICATE'],
    by: 'system',
  },
  {
    act: 'restore',
    from: ['DUPLICATE'],
    to: [...WORKABLE, 'PENDING_APPROVAL', 'REQUEUED', 'RESOLVED', 'ACCEPTED'],
    by: 'system',
  },
] as const satisfies readonly Transition[];

export type Act = (typeof LIFE_CYCLE)[number]['act'];

/** An act that the life cycle does not know in this state: a fault of ours, never of the caller. */
export class ForbiddenTransition extends Error {}

/** Still somebody's or something's turn. */
export function isOpen(state: ExceptionState): boolean {
  return !CLOSED.has(state);
}

/** Whether the act exists in this state. */
export function canApply(state: ExceptionState, act: Act): boolean {
  return transitionOf(act).from.includes(state);
}

/** Whether it can be sent again in this state. */
export function canRequeue(state: ExceptionState): boolean {
  return canApply(state, 'requeue');
}

/**
 * State and resolution after the act; `backTo` is the remembered state where the act brings one back. Throws ForbiddenTransition
 * when the act does not exist in this state, or does not lead there.
 */
export function afterAct(
  state: ExceptionState,
  act: Act,
  backTo?: ExceptionState,
): { state: ExceptionState; resolution: Resolution | null } {
  const transition = transitionOf(act);
  const to = transition.to.length === 1 ? transition.to[0] : backTo;
  if (!transition.from.includes(state) || to === undefined || !transition.to.includes(to)) {
    throw new ForbiddenTransition(`${act} is not possible in state ${state}`);
  }
  return { state: to, resolution: transition.resolution ?? null };
}

/** The state of what nobody has: in progress only where somebody has it in hand, or nobody could take it in hand. */
export function stateWithout(ownerId: string | null, state: ExceptionState): ExceptionState {
  return ownerId === null && state === 'IN_PROGRESS' ? afterAct(state, 'put-back').state : state;
}

/** Who may do the act. */
export function actorOf(act: Act): Permission | 'system' {
  return transitionOf(act).by;
}

function transitionOf(act: Act): Transition {
  const found = LIFE_CYCLE.find((transition) => transition.act === act);
  if (found === undefined) {
    throw new ForbiddenTransition(`${act} is no act`);
  }
  return found;
}

/** What is wrong with a life cycle; empty = every state can be reached, left open or ended as it should be. */
export function faultsOf(
  transitions: readonly Transition[],
  states: readonly ExceptionState[],
  start: ExceptionState,
): string[] {
  const faults: string[] = [];
  const acts = new Set<string>();
  for (const { act, from, to, resolution } of transitions) {
    if (acts.has(act)) {
      faults.push(`act ${act} is declared twice`);
    }
    acts.add(act);
    if (from.length === 0 || to.length === 0) {
      faults.push(`act ${act} leads from or to nowhere`);
    }
    if ((resolution !== undefined) !== (to.length === 1 && to[0] === 'RESOLVED')) {
      faults.push(`act ${act} must name a resolution if and only if it resolves`);
    }
  }
  // bringing back a remembered state makes none reachable that was not
  const forward = closure([start], (state) =>
    transitions.filter((one) => one.from.includes(state) && one.to.length === 1).flatMap((one) => one.to),
  );
  const backward = closure([...CLOSED], (state) =>
    transitions.filter((one) => one.to.includes(state)).flatMap((one) => one.from),
  );
  for (const state of states) {
    if (!forward.has(state)) {
      faults.push(`state ${state} cannot be reached from ${start}`);
    }
    if (!backward.has(state)) {
      faults.push(`from state ${state} there is no way to an end`);
    }
  }
  return faults;
}

function closure(
  from: readonly ExceptionState[],
  next: (state: ExceptionState) => readonly ExceptionState[],
): Set<ExceptionState> {
  const reached = new Set(from);
  const waiting = [...from];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    for (const following of next(state)) {
      if (!reached.has(following)) {
        reached.add(following);
        waiting.push(following);
      }
    }
  }
  return reached;
}

/** Proves the declared life cycle; called when the program starts. */
export function proveLifeCycle(): void {
  const faults = faultsOf(LIFE_CYCLE, EXCEPTION_STATES, 'OPEN');
  if (faults.length > 0) {
    throw new Error(`the life cycle of exceptions is broken: ${faults.join('; ')}`);
  }
}
