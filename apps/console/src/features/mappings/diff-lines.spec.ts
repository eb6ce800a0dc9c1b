import { describe, expect, it } from '@jest/globals';
import { comparableJson, diffLines } from './diff-lines.js';

const signs = { same: ' ', gone: '-', new: '+' } as const;
const diff = (before: string[], after: string[]) =>
  diffLines(before.join('\n'), after.join('\n')).map((line) => signs[line.kind] + line.text);

describe('a difference', () => {
  it('keeps what stayed and tells what is gone and what is new', () => {
    expect(diff(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual([' a', '-b', '+x', ' c', ' d', '+e']);
    expect(diff(['a', 'b'], ['a', 'b'])).toEqual([' a', ' b']);
    expect(diff(['a', 'a', 'b'], ['a', 'b'])).toEqual([' a', '-a', ' b']);
  });

  it('reads back to both sides, whatever they are', () => {
    const before = ['1', '2', '3', '2', '1'];
    const after = ['2', '3', '3', '1', '4'];
    const lines = diffLines(before.join('\n'), after.join('\n'));
    expect(lines.filter(({ kind }) => kind !== 'new').map(({ text }) => text)).toEqual(before);
    expect(lines.filter(({ kind }) => kind !== 'gone').map(({ text }) => text)).toEqual(after);
  });

  it('does not take the order of members for a difference', () => {
    expect(comparableJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe(comparableJson({ a: [{ c: 2, d: 1 }], b: 1 }));
    expect(comparableJson([1, 2])).not.toBe(comparableJson([2, 1]));
  });
});
