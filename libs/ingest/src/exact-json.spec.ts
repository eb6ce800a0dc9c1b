import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseExactJson } from './exact-json.js';

describe('parseExactJson', () => {
  it.each([
    ['{"a":1790000000000500123}', { a: '1790000000000500123' }],
    ['{"a":-1790000000000500123}', { a: '-1790000000000500123' }],
    ['[9007199254740991,9007199254740993]', [9007199254740991, '9007199254740993']],
    ['{"amount":12345678901234567.89}', { amount: '12345678901234567.89' }],
    ['{"amount":0.30000000000000004}', { amount: 0.30000000000000004 }],
    ['[1e400, 1e3]', ['1e400', 1000]],
    [
      '{"a\\"b: 1790000000000500123":"x: 1790000000000500123, [1790000000000500123"}',
      { 'a"b: 1790000000000500123': 'x: 1790000000000500123, [1790000000000500123' },
    ],
    ['{"a": 12345678901234567890 , "b":[ 1 ,2]}', { a: '12345678901234567890', b: [1, 2] }],
  ])('%s', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });

  it.each([
    '{"a":01790000000000500123}',
    '{"a":1790000000000500123',
    '{"a":--1790000000000500123}',
    '{"a":1790000000000500123x}',
  ])('refuses %s as JSON.parse does', (text) => {
    expect(() => parseExactJson(text)).toThrow(SyntaxError);
  });

  it('is JSON.parse wherever a double is exact', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value, (_name, part: unknown) => (isUnsafe(part) ? 0 : part), 1);
        expect(parseExactJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps every integer', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n })), (integers) => {
        const parsed = parseExactJson(`[${integers.join(' , ')}]`) as (string | number)[];
        expect(parsed.map(String)).toEqual(integers.map(String));
      }),
    );
  });
});

function isUnsafe(value: unknown): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}
