import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitGap } from './split-gap.js';

const gap = { from: 4n, to: 6n };

describe('what is left of a gap', () => {
  it.each<[string, bigint[], [bigint, bigint][]]>([
    ['nothing came', [], [[4n, 6n]]],
    ['the first came', [4n], [[5n, 6n]]],
    ['the last came', [6n], [[4n, 5n]]],
    [
      'the middle came',
      [5n],
      [
        [4n, 4n],
        [6n, 6n],
      ],
    ],
    ['all came, in any order and twice', [6n, 4n, 5n, 4n], []],
    ['others came', [3n, 7n], [[4n, 6n]]],
  ])('%s', (_name, present, left) => {
    expect(splitGap(gap, present)).toEqual(left.map(([from, to]) => ({ from, to })));
  });

  it('holds exactly the numbers that are not there', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 })), (numbers) => {
        const present = numbers.map(BigInt);
        const left = splitGap({ from: 5n, to: 25n }, present);
        for (let number = 5n; number <= 25n; number += 1n) {
          const isLeft = left.some(({ from, to }) => from <= number && number <= to);
          expect(isLeft).toBe(!present.includes(number));
        }
      }),
    );
  });
});
