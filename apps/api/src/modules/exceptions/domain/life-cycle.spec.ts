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

  it.each<[ExceptionState, Act, ExceptionState, string | null]>([
    ['OPEN', 'start', 'IN_PROGRESS', null],
    ['IN_PROGRESS', 'put-back', 'OPEN', null],
    ['OPEN', 'wait', 'WAITING', null],
    ['WAITING', 'start', 'IN_PROGRESS', null],
    ['OPEN', 'requeue', 'REQUEUED', null],
    ['PENDING_APPROVAL', 'requeue', 'REQUEUED', null],
    ['REQUEUED', 'requeue-failed', 'OPEN', null],
    ['REQUEUED', 'requeue-verified', 'RESOLVED', 'VERIFIED_REQUEUE'],
    ['REQUEUED', 'requeue-overtaken', 'RESOLVED', 'VANISHED'],
    ['OPEN', 'vanish', 'RESOLVED', 'VANISHED'],
    ['WAITING', 'resolve', 'RESOLVED', 'SOURCE_FIXED'],
    ['OPEN', 'accept', 'ACCEPTED', null],
    ['RESOLVED', 'reopen', 'OPEN', null],
    ['ACCEPTED', 'reopen', 'OPEN', null],
    ['REQUEUED', 'merge', 'DUPLICATE', null],
  ])('%s, %s → %s', (from, act, to, resolution) => {
    expect(afterAct(from, act)).toEqual({ state: to, resolution });
  });

  it.each<[ExceptionState, Act]>([
    ['REQUEUED', 'requeue'],
    ['REQUEUED', 'vanish'],
    ['RESOLVED', 'requeue'],
    ['DUPLICATE', 'requeue'],
    ['OPEN', 'reopen'],
    ['OPEN', 'requeue-verified'],
  ])('%s does not know %s', (from, act) => {
    expect(canApply(from, act)).toBe(false);
    expect(() => afterAct(from, act)).toThrow(ForbiddenTransition);
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
  const analyst = new Set(['exception.work', 'requeue.request'] as const);

  it.each([
    ['OPEN', analyst, true, ['requeue', 'assign', 'note']],
    ['OPEN', analyst, false, ['assign', 'note']],
    ['REQUEUED', analyst, true, ['assign', 'note']],
    ['RESOLVED', analyst, true, ['note']],
    ['OPEN', new Set(['exception.work'] as const), true, ['assign', 'note']],
    ['OPEN', new Set([]), true, []],
  ] as const)('%s with %p, target %s → %p', (state, permissions, hasTarget, acts) => {
    expect(permittedActs(state, permissions, hasTarget)).toEqual(acts);
  });
});
