import { describe, expect, it } from '@jest/globals';
import { targetProblems, targetsInForce, type StatedTarget } from './queue-targets.js';

const p1 = (response: string, resolution: string): StatedTarget => ({ band: 'P1', response, resolution });

describe('the targets of a queue', () => {
  it('are those that were stated, and for the other bands those shipped', () => {
    expect(targetsInForce([{ band: 'P2', response: 'PT15M', resolution: 'PT2H' }])).toEqual([
      { band: 'P1', response: 'PT30M', resolution: 'PT4H', isOwn: false },
      { band: 'P2', response: 'PT15M', resolution: 'PT2H', isOwn: true },
      { band: 'P3', response: 'PT4H', resolution: 'PT24H', isOwn: false },
      { band: 'P4', response: 'PT8H', resolution: 'PT72H', isOwn: false },
    ]);
  });

  it.each<[string, StatedTarget[], RegExp | null]>([
    ['nothing', [], null],
    ['one band', [p1('PT10M', 'PT1H')], null],
    ['the same time for both', [p1('PT1H', 'PT60M')], null],
    ['the longest', [p1('PT1H', 'PT1000H')], null],
    ['longer', [p1('PT1H', 'PT1000H1M')], /up to 1000 hours/],
    ['no time at all', [p1('PT0M', 'PT1H')], /never none/],
    ['days', [p1('P1D', 'PT48H')], /hours and minutes/],
    ['words', [p1('soon', 'PT4H')], /hours and minutes/],
    ['over before it is in hand', [p1('PT2H', 'PT1H')], /cannot be over before/],
    ['a band twice', [p1('PT1H', 'PT2H'), p1('PT1H', 'PT3H')], /P1 is there twice/],
  ])('%s', (_name, stated, problem) => {
    const problems = targetProblems(stated);
    if (problem === null) expect(problems).toEqual([]);
    else expect(problems.join()).toMatch(problem);
  });
});
