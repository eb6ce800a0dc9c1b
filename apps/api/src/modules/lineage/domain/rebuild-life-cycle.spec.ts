import { describe, expect, it } from '@jest/globals';
import type { RebuildState } from '../pipeline/rebuild/rebuild.repository.js';
import { type RebuildAct, afterRebuildAct, possibleActs } from './rebuild-life-cycle.js';

describe('a rebuild', () => {
  it.each<[RebuildState, RebuildAct[], RebuildAct[]]>([
    ['reporting', ['cancel'], ['cancel']],
    ['pending', ['cancel'], ['cancel']],
    ['waiting', ['pause', 'cancel'], ['pause', 'cancel']],
    ['running', ['pause', 'cancel'], ['pause', 'cancel']],
    ['paused', ['resume', 'cancel'], ['resume', 'cancel']],
    ['ready', ['cancel', 'switch'], ['cancel']],
    ['switching', [], []],
    ['done', [], []],
    ['failed', [], []],
    ['cancelled', [], []],
  ])('that is %s can be: the whole %j, a range %j', (state, whole, range) => {
    const standing = { state, hasStarted: true };
    expect(possibleActs({ ...standing, isWhole: true })).toEqual(whole);
    expect(possibleActs({ ...standing, isWhole: false })).toEqual(range);
  });

  it.each<[RebuildAct, RebuildState, boolean, RebuildState]>([
    ['pause', 'running', true, 'paused'],
    ['resume', 'paused', true, 'running'],
    ['resume', 'paused', false, 'waiting'],
    ['cancel', 'ready', true, 'cancelled'],
    ['switch', 'ready', true, 'switching'],
  ])('on %s is, from %s with started %s, %s', (act, state, hasStarted, after) => {
    expect(afterRebuildAct(act, { state, hasStarted, isWhole: true })).toBe(after);
  });
});
