import { describe, expect, it } from '@jest/globals';
import { encodeNumeric, encodeTableRows } from './table-rows.js';

describe('rows for COPY straight into a table', () => {
  // Groups of digits, weight of the first, sign, places after the point; then the groups.
  it.each([
    ['0', '0001' + '0000' + '0000' + '0000' + '0000'],
    ['100.05', '0002' + '0000' + '0000' + '0002' + '0064' + '01f4'],
    ['9099.99', '0002' + '0000' + '0000' + '0002' + '238b' + '26ac'],
    ['-12345.6', '0003' + '0001' + '4000' + '0001' + '0001' + '0929' + '1770'],
  ])('the number %s in the binary form of the server', (text, hex) => {
    expect(encodeNumeric(text).toString('hex')).toBe(hex);
  });

  it.each(['', '1e5', '1.', '.5', 'NaN'])('refuses %p', (text) => {
    expect(() => encodeNumeric(text)).toThrow('not a decimal number');
  });

  it('has no header, no trailer, and cells with their sizes', () => {
    const columns = [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'numeric' },
    ] as const;
    const rows = encodeTableRows(columns, [
      ['x', '1'],
      [null, null],
    ]);
    const number = encodeNumeric('1').toString('hex');
    expect(rows.toString('hex')).toBe(`0002${'0000000178'}${'0000000a'}${number}${'0002ffffffffffffffff'}`);
  });
});
