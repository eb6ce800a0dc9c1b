import { describe, expect, it } from '@jest/globals';
import { prepareRaw } from './prepare-raw.js';

const shown = (text: string, contentType: string | null = null) =>
  prepareRaw(text, contentType, undefined).lines.map(
    (line) => '  '.repeat(line.depth) + line.before + line.value + line.after,
  );
const markedBy = (text: string, place: string | null, reason = '', contentType: string | null = null) =>
  prepareRaw(text, contentType, { place, reason })
    .lines.filter((line) => line.isFailing)
    .map((line) => line.before + line.value);

describe('a raw form', () => {
  it('keeps numbers and texts of JSON exactly as they are written', () => {
    const text = '{"id":9007199254740993,"amount":1.10,"note":"a \\u00e9 \\"b\\"","list":[1,{}],"none":null}';
    expect(shown(text)).toEqual([
      '{',
      '  "id": 9007199254740993,',
      '  "amount": 1.10,',
      '  "note": "a \\u00e9 \\"b\\"",',
      '  "list": [',
      '    1,',
      '    {}',
      '  ],',
      '  "none": null',
      '}',
    ]);
  });

  it('marks the place by its JSON pointer, escapes included', () => {
    const text = '{"a/b":{"list":[{"x":1},{"x":2}]}}';
    expect(markedBy(text, '/a~1b/list/1/x')).toEqual(['"x": 2']);
    expect(markedBy(text, '/nowhere')).toEqual([]);
  });

  it('shows what is no JSON as text and marks the line or position that the reason names', () => {
    const broken = '{\n  "id": 1,\n  amount: 2\n}';
    expect(prepareRaw(broken, 'application/json', undefined).form).toBe('text');
    expect(markedBy(broken, null, 'the body is no JSON: unexpected token (line 3, column 3)')).toEqual(['  amount: 2']);
    expect(markedBy(broken, null, 'Unexpected token at position 15')).toEqual(['  amount: 2']);
  });

  it('reads XML by local names, counts repeated elements and marks the one that failed', () => {
    const text = '<d:Doc xmlns:d="urn:x"><d:E k="1"><Amt Ccy="EUR">5.00</Amt></d:E><d:E><Amt>6.00</Amt></d:E></d:Doc>';
    expect(prepareRaw(text, 'application/xml', undefined).form).toBe('XML');
    expect(markedBy(text, '/Doc/E/1/Amt')).toEqual(['<Amt>6.00']);
    expect(shown(text)[2]).toBe('    <Amt Ccy="EUR">5.00</Amt>');
  });

  it('reads a form body by its names', () => {
    expect(shown('a=1&b=x%20y', 'application/x-www-form-urlencoded')).toEqual(['a = 1', 'b = x y']);
    expect(markedBy('a=1&b=x%20y', '/b', '', 'application/x-www-form-urlencoded')).toEqual(['b = x y']);
  });

  it('gives up on nesting that nobody can read, without failing', () => {
    expect(prepareRaw('['.repeat(5000) + ']'.repeat(5000), null, undefined).form).toBe('text');
  });
});
