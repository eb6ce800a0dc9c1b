import { describe, expect, it } from '@jest/globals';
import {
  afterBulkStep,
  BULK_ACT_STATES,
  BULK_LIFE_CYCLE,
  possibleSteering,
  proveBulkLifeCycle,
  type BulkActState,
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
});
