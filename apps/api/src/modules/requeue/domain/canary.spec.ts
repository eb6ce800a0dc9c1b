import { describe, expect, it } from '@jest/globals';
import { canaryOf, type CanaryCandidate } from './canary.js';

const item = (
  exceptionId: string,
  stakeMinor: bigint | null,
  { integration = 'to-sap', isBehind = false, priorityOrder = 0n }: Partial<CanaryCandidate> = {},
): CanaryCandidate => ({ exceptionId, integration, stakeMinor, priorityOrder, isBehind });
const crm = { integration: 'to-crm' };

describe('what goes first', () => {
  it.each<[string, CanaryCandidate[], string[]]>([
    ['the least at stake', [item('a', 300n), item('b', 100n), item('c', 200n)], ['b', 'c']],
    ['what nobody can put a figure on last', [item('a', null), item('b', 900n), item('c', 800n)], ['c', 'b']],
    [
      'from each target in turn',
      [item('a', 1n), item('b', 2n), item('c', 900n, crm), item('d', 800n, crm)],
      ['d', 'a'],
    ],
    ['not what waits for another one', [item('a', 1n, { isBehind: true }), item('b', 5n)], ['b', 'a']],
    [
      'of equal stakes the least urgent',
      [
        item('a', 5n, { priorityOrder: 9n }),
        item('b', 5n, { priorityOrder: 2n }),
        item('c', 5n, { priorityOrder: 3n }),
      ],
      ['b', 'c'],
    ],
    ['of equals always the same', [item('b', 5n), item('c', 5n), item('a', 5n)], ['a', 'b']],
    ['no more than there are', [item('a', 5n)], ['a']],
  ])('%s', (_name, candidates, ids) => {
    expect(canaryOf(candidates, 2)).toEqual(ids);
    expect(canaryOf(candidates.toReversed(), 2)).toEqual(ids);
  });
});
