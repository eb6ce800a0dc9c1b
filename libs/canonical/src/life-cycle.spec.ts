import { describe, expect, it } from '@jest/globals';
import { afterStep, faultsOfLife, proveLife, type Life, type LifeStep } from './life-cycle.js';

type State = 'NEW' | 'RUNNING' | 'PAUSED' | 'DONE';

const STEPS: readonly LifeStep<State>[] = [
  { step: 'start', from: ['NEW'], to: 'RUNNING' },
  { step: 'pause', from: ['NEW', 'RUNNING'], to: 'PAUSED' },
  { step: 'resume', from: ['PAUSED'], to: 'RUNNING' },
  { step: 'finish', from: ['RUNNING'], to: 'DONE' },
];
const lifeOf = (steps: readonly LifeStep<State>[]): Life<State> => ({
  states: ['NEW', 'RUNNING', 'PAUSED', 'DONE'],
  starts: ['NEW'],
  ends: ['DONE'],
  steps,
});
const without = (name: string) => STEPS.filter(({ step }) => step !== name);

describe('a declared life', () => {
  it.each<[string, readonly LifeStep<State>[], string[]]>([
    ['that is whole', STEPS, []],
    ['with a state that nothing leads to', without('pause'), ['state PAUSED cannot be reached from NEW']],
    ['with a state that nothing leads out of', without('resume'), ['from state PAUSED there is no way to an end']],
    ['with a step that is there twice', [...STEPS, STEPS[0]!], ['step start is declared twice']],
    [
      'with an end that goes on',
      [...STEPS, { step: 'again', from: ['DONE'], to: 'RUNNING' }],
      ['state DONE is an end and goes on'],
    ],
  ])('%s', (_name, steps, faults) => {
    expect(faultsOfLife(lifeOf(steps))).toEqual(faults);
  });

  it('keeps a program with a broken one from starting', () => {
    expect(() => proveLife('parcels', lifeOf(STEPS))).not.toThrow();
    expect(() => proveLife('parcels', lifeOf(without('resume')))).toThrow(
      'the life cycle of parcels is broken: from state PAUSED there is no way to an end',
    );
  });

  it.each<[State, string, State | null]>([
    ['NEW', 'start', 'RUNNING'],
    ['PAUSED', 'start', null],
    ['RUNNING', 'fly', null],
  ])('leads from %s by %s to %s', (state, step, to) => {
    expect(afterStep(STEPS, state, step)).toBe(to);
  });
});
