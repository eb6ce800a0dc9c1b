import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { compileExpression } from './pack-expression.js';

const valueOf = (text: string, record: unknown = {}): Promise<unknown> => compileExpression(text).evaluate(record, {});

describe('text functions', () => {
  it.each<[string, unknown, unknown]>([
    ['$lowercase(a)', { a: 200 }, '200'],
    ['$uppercase(a)', { a: true }, 'TRUE'],
    ['$uppercase(a)', { a: { '@nil': 'false', '#': 'open' } }, 'OPEN'],
    ['$lowercase(a)', { a: ['x'] }, undefined],
    ['$lowercase(a)', {}, undefined],
    ['$contains(a, "x")', { a: null }, undefined],
    ['$contains(a, 4)', { a: 342 }, true],
    ['$split(a, ":")[0]', { a: 7 }, '7'],
    ['$split(a, ":")[0]', { a: {} }, undefined],
    ['$join(a, "; ")', { a: ['x', 5, null, { b: 1 }, 'y'] }, 'x; 5; y'],
    ['$join(a, "; ")', { a: 5 }, '5'],
    ['$number(a)', { a: '1,234.50' }, undefined],
    ['$number(a)', { a: ' 12.50 ' }, 12.5],
    ['$number(a)', { a: '' }, undefined],
    ['$number(a) > 0', { a: 'n/a' }, undefined],
    ['$sum(a)', { a: [1, '2.5', null] }, 3.5],
    ['$sum(a)', { a: [1, '2.5', null, '1.234,50'] }, undefined],
    ['$sum(a)', {}, undefined],
    ['$substringBefore(a, ":")', { a: null }, undefined],
    ['a.$uppercase()', { a: 'x' }, 'X'],
    ['$replace(a, "o", "0", 1)', { a: 'foo' }, 'f0o'],
    ['$substring(a, -3, 2)', { a: 'abcdef' }, 'de'],
  ])('%s of %j is %j', async (text, record, expected) => {
    expect(await valueOf(text, record)).toEqual(expected);
  });

  it.each([
    '$lowercase(a)',
    '$uppercase(a)',
    '$trim(a)',
    '$length(a)',
    '$contains(a, b)',
    '$split(a, b)',
    '$split(a, b, 2)',
    '$join([a, b], "-")',
    '$substring(a, 1)',
    '$substring(a, -2)',
    '$substring(a, 1, 2)',
    '$substringBefore(a, b)',
    '$substringAfter(a, b)',
    'b = "" ? "" : $replace(a, b, "-")',
    'b = "" ? "" : $replace(a, b, "-", 1)',
  ])('%s answers of texts what the language answers', async (text) => {
    const some = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '€', '😀', ':'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(some, some, async (a, b) => {
        const own = (await jsonata(text).evaluate({ a, b })) as unknown;
        expect(await valueOf(text, { a, b })).toEqual(Array.isArray(own) ? [...own] : own);
      }),
      { numRuns: 40 },
    );
  });
});
