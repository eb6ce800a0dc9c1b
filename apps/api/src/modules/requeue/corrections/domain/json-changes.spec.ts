import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writePointer } from '@throughline/canonical';
import { applyEdits } from './apply-edits.js';
import { diffPayloads, editFault, placesOf } from './json-changes.js';
import { isSame, readJson, writeJson } from './json-tree.js';

const diff = (from: string, to: string) => diffPayloads(readJson(from), readJson(to));

describe('a JSON document read without loss', () => {
  it.each([
    '{"amount":12345678901234567890.10,"id":9007199254740993,"rate":1.10,"tiny":1e-400}',
    '{"a":[],"b":{},"c":[{"d":null},true,false,"x\\"y\\\\"]}',
    '"text"',
    '-0.0',
    '{"__proto__":{"a":1},"constructor":2}',
  ])('is written as it was: %s', (text) => {
    expect(writeJson(readJson(text))).toBe(text);
  });

  it.each(['', '{', '{"a":}', '[1,]', '01', '{"a":1}x', '"\\ud800"', '"\\u0000"', '['.repeat(200) + ']'.repeat(200)])(
    'is refused: %j',
    (text) => {
      expect(() => readJson(text)).toThrow(SyntaxError);
    },
  );
});

describe('what differs between two payloads', () => {
  it.each([
    ['nothing', '{"a":1,"b":2}', '{"b":2,"a":1}', []],
    ['a member', '{"a":{"b":"x"}}', '{"a":{"b":"y"}}', [{ pointer: '/a/b', from: '"x"', to: '"y"' }]],
    ['a new member', '{}', '{"a/b":1}', [{ pointer: '/a~1b', from: null, to: '1' }]],
    ['a member that is gone', '{"a":null}', '{}', [{ pointer: '/a', from: 'null', to: null }]],
    ['an element', '[1,2]', '[1,3]', [{ pointer: '/1', from: '2', to: '3' }]],
    ['an element more', '{"a":[1]}', '{"a":[1,{"b":2}]}', [{ pointer: '/a/1', from: null, to: '{"b":2}' }]],
    ['an element less', '{"a":[1,2,3]}', '{"a":[1,3]}', [{ pointer: '/a/1', from: '2', to: null }]],
    [
      'what was changed behind an element that is gone',
      '[{"a":1},{"b":2,"c":3},{"d":4}]',
      '[{"b":2,"c":9},{"d":4},{"e":5}]',
      [
        { pointer: '/0', from: '{"a":1}', to: null },
        { pointer: '/1/c', from: '3', to: '9', at: '/0/c' },
        { pointer: '/3', from: null, to: '{"e":5}', at: '/2' },
      ],
    ],
    ['the writing of a number', '{"a":1.10}', '{"a":1.1}', [{ pointer: '/a', from: '1.10', to: '1.1' }]],
    [
      'a digit beyond a double',
      '[9007199254740993]',
      '[9007199254740992]',
      [{ pointer: '/0', from: '9007199254740993', to: '9007199254740992' }],
    ],
    ['the whole', '[1]', '{"a":1}', [{ pointer: '', from: '[1]', to: '{"a":1}' }]],
  ])('%s', (_what, from, to, changes) => {
    expect(diff(from, to)).toEqual(changes);
  });

  const digits = fc
    .bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
    .map((number) => `${number}.${number % 7n < 0n ? '5' : '50'}`);
  const name = fc.constantFrom('a', 'b', '0', '*', '~', '/', '__proto__', 'ü');
  const json: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      digits,
      fc.constantFrom('null', 'true', '"x"', '"y"', '1', '1.0'),
      fc.array(tie('tree'), { maxLength: 3 }).map((elements) => `[${elements.join(',')}]`),
      fc
        .uniqueArray(fc.tuple(name, tie('tree')), { maxLength: 4, selector: ([key]) => key })
        .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
    ),
  })).tree;

  it('touches each value of what was added or is gone as a whole', () => {
    const places = diff('{"a":{"b":1,"c":[2,{}]}}', '{"d":[{"e":1}]}').flatMap(placesOf).map(writePointer);
    expect(places).toEqual(['/a/b', '/a/c/0', '/a/c/1', '/d/0/e']);
  });

  it('made on the one gives the other, and back', () => {
    fc.assert(
      fc.property(json, json, (first, second) => {
        const [from, to] = [readJson(first), readJson(second)];
        const changes = diffPayloads(from, to);
        const there = applyEdits(from, changes);
        expect(there.faults).toEqual([]);
        expect(isSame(there.tree, to)).toBe(true);
        expect(isSame(applyEdits(there.tree, diffPayloads(there.tree, from)).tree, from)).toBe(true);
        expect(diffPayloads(from, there.tree)).toEqual(changes);
        expect(writeJson(from)).toBe(writeJson(readJson(first)));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('edits of a form', () => {
  const base = readJson('{"a":{"b":1},"list":[{"c":1}],"text":"x"}');

  it.each([
    ['/a', '1', /one by one/],
    ['', '1', /one by one/],
    ['/text', '{}', /single value/],
    ['/text', '[1]', /single value/],
    ['/text', 'x', /cannot be read/],
    ['x', '1', /no JSON pointer/],
    ['/text', '12.50', undefined],
    ['/new', 'null', undefined],
    ['/list', '[]', /one by one/],
    ['/list/0', null, undefined],
    ['/list/1/c', '1', undefined],
  ])('at %s to %s', (pointer, to, reason) => {
    const fault = editFault(base, { pointer, to });
    if (reason === undefined) expect(fault).toBeUndefined();
    else expect(fault?.reason).toMatch(reason);
  });
});
