import { describe, expect, it } from '@jest/globals';
import { matchesPointer, pointerPatternProblem, readPointer, writePointer } from './json-pointer.js';

const fits = (pattern: string, pointer: string) =>
  matchesPointer(readPointer(pattern) ?? [], readPointer(pointer) ?? []);

describe('JSON pointers', () => {
  it.each([
    ['', []],
    ['/a', ['a']],
    ['/a~1b/~0c/0', ['a/b', '~c', '0']],
    ['/', ['']],
  ])('reads and writes %j', (text, path) => {
    expect(readPointer(text)).toEqual(path);
    expect(writePointer(path)).toBe(text);
  });

  it.each(['a', 'a/b', '/a~', '/a~2'])('does not take %j for one', (text) => {
    expect(readPointer(text)).toBeUndefined();
  });

  it.each([
    ['/lines/*/tax', '/lines/0/tax', true],
    ['/lines/*/tax', '/lines/12/tax', true],
    ['/lines/*/tax', '/lines/first/tax', false],
    ['/lines/*/tax', '/lines/01/tax', false],
    ['/lines/*', '/lines/0/tax', false],
    ['/lines', '/lines/0', false],
    ['/lines/1/tax', '/lines/0/tax', false],
    ['/a', '/a', true],
  ])('%s names %s: %s', (pattern, pointer, isFitting) => {
    expect(fits(pattern, pointer)).toBe(isFitting);
  });

  it.each([
    ['/lines/*/costCentre', undefined],
    ['/lines/-', undefined],
    ['/lines/-/costCentre', /not go on/],
    ['', /as a whole/],
    ['lines', /no JSON pointer/],
    ['/**/iban', /any depth/],
    ['/a//b', /without a name/],
    [`/${'a'.repeat(500)}`, /longer/],
  ])('says of the pattern %j what is wrong', (text, problem) => {
    const found = pointerPatternProblem(text);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(problem);
  });
});
