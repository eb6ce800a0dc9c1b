import { describe, expect, it } from '@jest/globals';
import {
  afterBulkStep,
  BULK_ACT_STATES,
  BULK_LIFE_CYCLE,
  faultsOfBulkLife,
  possibleSteering,
  proveBulkLifeCycle,
  type BulkActState,
  type BulkStep,
  type BulkStepName,
  type Steering,
} from './bulk-life-cycle.js';

describe('the life of a bulk act', () => {
  it('is proved at start', () => {
    expect(() => proveBulkLifeCycle()).not.toThrow();
  });

  const steps: [BulkStepName, readonly BulkActState[], BulkActState][] = [
    ['start', ['FROZEN'], 'RUNNING'],
    ['pause', ['FROZEN', 'RUNNING'], 'PAUSED'],
    ['resume', ['PAUSED'], 'RUNNING'],
    ['cancel', ['FROZEN', 'RUNNING', 'PAUSED'], 'CANCELLED'],
    ['stop', ['FROZEN', 'RUNNING'], 'CANCELLED'],
    ['finish', ['RUNNING'], 'DONE'],
    ['finish-with-failures', ['RUNNING'], 'DONE_WITH_FAILURES'],
  ];

  it('has a test for every step', () => {
    expect(steps.map(([step]) => step).sort()).toEqual(BULK_LIFE_CYCLE.map(({ step }) => step).sort());
  });

  it.each(steps)('%s from %p → %s, and from no other state', (step, from, to) => {
    for (const state of BULK_ACT_STATES) {
      expect([state, afterBulkStep(state, step)]).toEqual([state, from.includes(state) ? to : null]);
    }
  });

  it.each<[BulkActState, Steering[]]>([
    ['FROZEN', ['pause', 'cancel']],
    ['RUNNING', ['pause', 'cancel']],
    ['PAUSED', ['resume', 'cancel']],
    ['CANCELLED', []],
    ['DONE', []],
    ['DONE_WITH_FAILURES', []],
  ])('in %s people can %p', (state, steering) => {
    expect(possibleSteering(state)).toEqual(steering);
  });

  const without = (name: BulkStepName): readonly BulkStep[] => BULK_LIFE_CYCLE.filter(({ step }) => step !== name);

  it.each<[string, readonly BulkStep[], string[]]>([
    ['a state that nothing leads to', without('pause'), ['state PAUSED cannot be reached from FROZEN']],
    [
      'a state that nothing leads out of',
      [...without('start'), { step: 'start', from: ['FROZEN'], to: 'RUNNING', by: 'system' } as const].filter(
        ({ step }) => step !== 'resume' && step !== 'cancel',
      ),
      ['from state PAUSED there is no way to an end'],
    ],
    [
      'a step that is there twice',
      [...BULK_LIFE_CYCLE, { step: 'start', from: ['FROZEN'], to: 'RUNNING', by: 'system' }],
      ['step start is declared twice'],
    ],
    [
      'an end that goes on',
      [...BULK_LIFE_CYCLE, { step: 'again', from: ['DONE'], to: 'RUNNING', by: 'person' }],
      ['state DONE is an end and goes on'],
    ],
  ])('is refused with %s', (_name, declared, faults) => {
    expect(faultsOfBulkLife(declared, BULK_ACT_STATES, 'FROZEN')).toEqual(faults);
  });
});
