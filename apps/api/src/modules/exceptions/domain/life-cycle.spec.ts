import { describe, expect, it } from '@jest/globals';
import {
  afterAct,
  canApply,
  EXCEPTION_STATES,
  faultsOf,
  ForbiddenTransition,
  LIFE_CYCLE,
  proveLifeCycle,
  type Act,
  type ExceptionState,
  type Transition,
} from './life-cycle.js';
import { permittedActs } from './permitted-acts.js';

describe('life cycle', () => {
  it('is proved at start', () => {
    expect(() => proveLifeCycle()).not.toThrow();
  });

  /** Every transition: from each of these states to the one named, and from no other. */
  const transitions: [Act, readonly ExceptionState[], ExceptionState, string | null][] = [
    ['start', ['OPEN', 'WAITING'], 'IN_PROGRESS', null],
    ['put-back', ['IN_PROGRESS', 'WAITING'], 'OPEN', null],
    ['wait', ['OPEN', 'IN_PROGRESS', 'WAITING'], 'WAITING', null],
    ['ask-approval', ['OPEN', 'IN_PROGRESS', 'WAITING'], 'PENDING_APPROVAL', null],
    ['reject-approval', ['PENDING_APPROVAL'], 'OPEN', null],
    ['requeue', ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL'], 'REQUEUED', null],
    ['requeue-failed', ['REQUEUED'], 'OPEN', null],
    ['requeue-cancelled', ['REQUEUED'], 'OPEN', null],
    ['requeue-verified', ['REQUEUED'], 'RESOLVED', 'VERIFIED_REQUEUE'],
    ['requeue-overtaken', ['REQUEUED'], 'RESOLVED', 'VANISHED'],
    ['requeue-proved', ['REQUEUED'], 'RESOLVED', 'PROVED_BY_PERSON'],
    ['requeue-not-applied', ['REQUEUED'], 'OPEN', null],
    ['compensated', ['REQUEUED'], 'RESOLVED', 'COMPENSATED'],
    ['notified', ['REQUEUED'], 'OPEN', null],
    ['vanish', ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL'], 'RESOLVED', 'VANISHED'],
    ['resolve', ['OPEN', 'IN_PROGRESS', 'WAITING'], 'RESOLVED', 'SOURCE_FIXED'],
    ['resolve-by-hand', ['OPEN', 'IN_PROGRESS', 'WAITING'], 'RESOLVED', 'POSTED_BY_HAND'],
    ['accept', ['OPEN', 'IN_PROGRESS', 'WAITING'], 'ACCEPTED', null],
    ['ask-acceptance', ['OPEN', 'IN_PROGRESS', 'WAITING'], 'PENDING_APPROVAL', null],
    ['approve-acceptance', ['PENDING_APPROVAL'], 'ACCEPTED', null],
    ['mark-duplicate', ['OPEN', 'IN_PROGRESS', 'WAITING'], 'DUPLICATE', null],
    ['reopen', ['RESOLVED', 'ACCEPTED', 'DUPLICATE'], 'OPEN', null],
    ['merge', EXCEPTION_STATES.filter((state) => state !== 'DUPLICATE'), 'DUPLICATE', null],
  ];

  it.each(transitions)('%s from %p → %s', (act, from, to, resolution) => {
    for (const state of EXCEPTION_STATES) {
      expect([state, canApply(state, act)]).toEqual([state, from.includes(state)]);
      if (from.includes(state)) {
        expect(afterAct(state, act)).toEqual({ state: to, resolution });
      } else {
        expect(() => afterAct(state, act)).toThrow(ForbiddenTransition);
      }
    }
  });

  /** Those that bring back a remembered state. */
  const remembering: [Act, ExceptionState, readonly ExceptionState[]][] = [
    ['wait-over', 'WAITING', ['OPEN', 'IN_PROGRESS']],
    ['reject-acceptance', 'PENDING_APPROVAL', ['OPEN', 'IN_PROGRESS']],
    ['withdraw-acceptance', 'PENDING_APPROVAL', ['OPEN', 'IN_PROGRESS']],
    ['expire-acceptance', 'PENDING_APPROVAL', ['OPEN', 'IN_PROGRESS']],
    ['restore', 'DUPLICATE', EXCEPTION_STATES.filter((state) => state !== 'DUPLICATE')],
  ];

  it.each(remembering)('%s from %s → the one remembered of %p', (act, from, to) => {
    for (const state of EXCEPTION_STATES) {
      expect([state, canApply(state, act)]).toEqual([state, state === from]);
      if (to.includes(state)) {
        expect(afterAct(from, act, state)).toEqual({ state, resolution: null });
      } else {
        expect(() => afterAct(from, act, state)).toThrow(ForbiddenTransition);
      }
    }
    expect(() => afterAct(from, act)).toThrow(ForbiddenTransition);
  });

  it('has a test of every transition', () => {
    const tested = [...transitions, ...remembering].map(([act]) => act);
    expect(tested.sort()).toEqual(LIFE_CYCLE.map(({ act }) => act).sort());
  });

  it('names what is wrong with a broken one', () => {
    const without = (act: string) => LIFE_CYCLE.filter((transition) => transition.act !== act) as Transition[];
    expect(faultsOf(without('wait'), EXCEPTION_STATES, 'OPEN')).toContain('state WAITING cannot be reached from OPEN');
    expect(
      faultsOf([...LIFE_CYCLE, { act: 'requeue', from: [], to: ['RESOLVED'], by: 'system' }], EXCEPTION_STATES, 'OPEN'),
    ).toEqual([
      'act requeue is declared twice',
      'act requeue leads from or to nowhere',
      'act requeue must name a resolution if and only if it resolves',
    ]);
    const stuck = LIFE_CYCLE.map((one): Transition => ({
      ...one,
      from: one.from.filter((state) => state !== 'WAITING'),
    }));
    expect(faultsOf(stuck, EXCEPTION_STATES, 'OPEN')).toContain('from state WAITING there is no way to an end');
  });
});

describe('permittedActs', () => {
  const analyst = new Set(['exception.work', 'exception.note', 'requeue.request'] as const);

  it.each([
    [
      'OPEN',
      analyst,
      true,
      [
        'requeue',
        'assign',
        'move',
        'prioritise',
        'note',
        'start',
        'wait',
        'resolve',
        'accept',
        'mark-duplicate',
        'snooze',
      ],
    ],
    [
      'OPEN',
      analyst,
      false,
      ['assign', 'move', 'prioritise', 'note', 'start', 'wait', 'resolve', 'accept', 'mark-duplicate', 'snooze'],
    ],
    [
      'IN_PROGRESS',
      analyst,
      false,
      ['assign', 'move', 'prioritise', 'note', 'put-back', 'wait', 'resolve', 'accept', 'mark-duplicate', 'snooze'],
    ],
    ['PENDING_APPROVAL', analyst, false, ['assign', 'move', 'prioritise', 'note', 'snooze']],
    ['REQUEUED', analyst, true, ['assign', 'move', 'prioritise', 'note', 'snooze']],
    ['RESOLVED', analyst, true, ['note']],
    ['DUPLICATE', analyst, true, ['note']],
    ['RESOLVED', new Set(['exception.approve'] as const), true, []],
    ['PENDING_APPROVAL', new Set(['exception.approve', 'exception.note'] as const), true, ['note']],
    ['OPEN', new Set(['requeue.request', 'payload.read'] as const), true, ['requeue', 'correct']],
    ['OPEN', new Set(['requeue.request', 'payload.read'] as const), false, []],
    ['OPEN', new Set([]), true, []],
  ] as const)('%s with %p, target %s → %p', (state, permissions, hasTarget, acts) => {
    expect(permittedActs(state, permissions, hasTarget)).toEqual(acts);
  });
});
