import { describe, expect, it } from '@jest/globals';
import { isDoneInHalves } from './done-in-halves.js';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

describe('a slice that failed', () => {
  it.each<[string, unknown, boolean]>([
    ['by a fault of ours', new Error('x'), true],
    ['by what the database refuses', coded('23514'), true],
    ['by the time-out of a statement', coded('57014'), true],
    ['by one that another error tells', new Error('x', { cause: coded('57014') }), true],
    ['by a deadlock', coded('40P01'), false],
    ['by a lost connection', coded('08006'), false],
  ])('%s is done in halves: %#', (_name, error, isHalved) => {
    expect(isDoneInHalves(error)).toBe(isHalved);
  });
});
