import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isList, readJson, type JsonTree } from './json-tree.js';
import { alignLists } from './list-alignment.js';

const list = (text: string): readonly JsonTree[] => {
  const tree = readJson(text);
  return isList(tree) ? tree : [];
};
const line = (no: number, tax: string) => `{"no":${no},"tax":"${tax}","text":"t${no}"}`;
const lines = (...of: string[]) => `[${of.join(',')}]`;

describe('what became of a list', () => {
  it.each([
    ['nothing', '[1,2]', '[1,2]', [0, 1], 2],
    ['an element was changed', '[1,2,3]', '[1,9,3]', [0, 1, 2], 3],
    ['one was taken away', '[1,2,3]', '[1,3]', [0, null, 1], 2],
    ['one of several that are alike was taken away', '[1,1,1]', '[1,1]', [0, 1, null], 2],
    ['one was added', '[1]', '[1,2]', [0], 1],
    ['all were taken away', '[1,2]', '[]', [null, null], 0],
    ['the first was added', '[]', '[1]', [], 0],
    ['all are others', '[1,2]', '[8,9]', [0, 1], 2],
    [
      'one was taken away, another was changed',
      lines(line(1, 'a'), line(2, 'b'), line(3, 'c'), line(4, 'd')),
      lines(line(1, 'a'), line(3, 'x'), line(4, 'd')),
      [0, null, 1, 2],
      3,
    ],
    [
      'one was taken away, another was added',
      lines(line(1, 'a'), line(2, 'b'), line(3, 'c')),
      lines(line(2, 'b'), line(3, 'c'), line(9, 'z')),
      [null, 0, 1],
      2,
    ],
    [
      'one was taken away, one changed, two added',
      lines(line(1, 'a'), line(2, 'b'), line(3, 'c')),
      lines(line(2, 'x'), line(3, 'c'), line(8, 'y'), line(9, 'z')),
      [null, 0, 1],
      2,
    ],
  ])('%s', (_what, from, to, keptAt, addedFrom) => {
    expect(alignLists(list(from), list(to))).toEqual({ keptAt, addedFrom });
  });

  it('keeps their order, and loses no element of the other list', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        const [from, to] = [list(JSON.stringify(first)), list(JSON.stringify(second))];
        const { keptAt, addedFrom } = alignLists(from, to);
        expect(keptAt).toHaveLength(from.length);
        expect(keptAt.filter((at) => at !== null)).toEqual(Array.from({ length: addedFrom }, (_, index) => index));
        expect(addedFrom).toBeLessThanOrEqual(to.length);
      }),
    );
  });

  it('goes by positions where two long lists have nothing in common', () => {
    const long = (first: number) => list(JSON.stringify(Array.from({ length: 20_000 }, (_, index) => first + index)));
    const { keptAt, addedFrom } = alignLists(long(0), long(100_000));
    expect([keptAt[0], keptAt.at(-1), addedFrom]).toEqual([0, 19_999, 20_000]);
  });
});
