import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyEdits, laidOutPlace } from './apply-edits.js';
import type { PayloadEdit } from './json-changes.js';
import { readJson, valueAt, writeJson } from './json-tree.js';

const BASE = '{"a":{"b":1},"list":[{"c":1},{"c":2},{"c":3}],"text":"x"}';
const base = readJson(BASE);
type Edit = [pointer: string, to: string | null];
const edited = (...edits: Edit[]) =>
  applyEdits(
    base,
    edits.map(([pointer, to]) => ({ pointer, to })),
  );
const listOf = (...edits: Edit[]) => /"list":(.*),"text"/.exec(writeJson(edited(...edits).tree))?.[1];

describe('edits', () => {
  it('make the members that lead to a place, and leave what they were made on', () => {
    const { tree } = edited(['/address/country', '"DE"']);
    expect(writeJson(tree)).toBe(`${BASE.slice(0, -1)},"address":{"country":"DE"}}`);
    expect(base).toEqual(readJson(BASE));
  });

  it.each<[string, Edit[], string]>([
    ['change an element', [['/list/1/c', '9']], '[{"c":1},{"c":9},{"c":3}]'],
    ['take one away', [['/list/1', null]], '[{"c":1},{"c":3}]'],
    [
      'take two away, and change what was behind them where it was',
      [
        ['/list/0', null],
        ['/list/1', null],
        ['/list/2/c', '9'],
      ],
      '[{"c":9}]',
    ],
    ['add one behind the last', [['/list/3/c', '4']], '[{"c":1},{"c":2},{"c":3},{"c":4}]'],
    [
      'add some in the order of their positions, whatever lies between',
      [
        ['/list/7/c', '7'],
        ['/list/4/c', '4'],
        ['/list/4/d', '"d"'],
      ],
      '[{"c":1},{"c":2},{"c":3},{"c":4,"d":"d"},{"c":7}]',
    ],
    [
      'take one away and add another',
      [
        ['/list/2', null],
        ['/list/3', '{"c":4}'],
      ],
      '[{"c":1},{"c":2},{"c":4}]',
    ],
  ])('%s', (_what, edits, list) => {
    expect(edited(...edits).faults).toEqual([]);
    expect(listOf(...edits)).toBe(list);
    expect(JSON.parse(listOf(...edits.toReversed()) ?? '')).toEqual(JSON.parse(list));
  });

  it.each<[string, string | null, RegExp]>([
    ['/list/5000/c', '1', /no such position/],
    ['/list/-', '1', /no such position/],
    ['/list/3', null, /no such position/],
    ['/list/3/c', null, /not there/],
    ['/text/b', '1', /single value/],
    ['/nowhere', null, /not there/],
    ['nowhere', '1', /no JSON pointer/],
  ])('at %s to %s are faults', (pointer, to, reason) => {
    const { tree, faults } = edited([pointer, to]);
    expect(tree).toBe(base);
    expect(faults).toMatchObject([{ pointer, reason: expect.stringMatching(reason) }]);
  });

  it('add no further than a thousand places behind the list as it was, however many they are', () => {
    const { laidOut, faults } = edited(
      ...Array.from({ length: 10 }, (_edit, index): Edit => [`/list/${(index + 1) * 1_000}`, '1']),
    );
    expect(valueAt(laidOut, ['list'])).toHaveLength(1_001);
    expect(faults.map(({ pointer }) => pointer)).toEqual(
      Array.from({ length: 9 }, (_edit, index) => `/list/${(index + 2) * 1_000}`),
    );
    const added = edited(
      ['/new', '[1,2]'],
      ...Array.from({ length: 10 }, (_edit, index): Edit => [`/new/${(index + 1) * 1_000}`, '1']),
    );
    expect(valueAt(added.laidOut, ['new'])).toHaveLength(1_001);
  });

  it('within what is taken away are faults', () => {
    const { faults } = edited(['/list/0', null], ['/list/0/c', '9']);
    expect(faults).toEqual([{ pointer: '/list/0/c', reason: 'lies in what is taken away' }]);
  });

  it('come to the same in any order', () => {
    const places = fc.constantFrom('/list/0', '/list/1', '/list/2/c', '/list/3/c', '/list/5/c', '/list/5/d', '/a/b');
    const some = fc.uniqueArray(places, { maxLength: 7 });
    fc.assert(
      fc.property(
        some.chain((pointers) =>
          fc.tuple(fc.constant(pointers), fc.shuffledSubarray(pointers, { minLength: pointers.length })),
        ),
        ([one, other]) => {
          const edit = (pointer: string): PayloadEdit => ({ pointer, to: /\d$/.test(pointer) ? null : '9' });
          const [first, second] = [applyEdits(base, one.map(edit)), applyEdits(base, other.map(edit))];
          const listed = (text: string) => text.replace('{"d":9,"c":9}', '{"c":9,"d":9}');
          expect(listed(writeJson(first.tree))).toBe(listed(writeJson(second.tree)));
        },
      ),
    );
  });

  it.each([
    ['/list/0/c', '/list/1/c'],
    ['/list/1', '/list/2'],
    ['/list/2/c', '/list/5/c'],
    ['/list/3/c', '/list/6/c'],
    ['/text', '/text'],
    ['/list/x', '/list/x'],
    ['', ''],
  ])('name the place that stands at %s afterwards: %s', (after, place) => {
    const { laidOut } = edited(['/list/0', null], ['/list/5/c', '9']);
    expect(laidOutPlace(laidOut, after)).toBe(place);
  });
});
