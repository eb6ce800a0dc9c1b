import { describe, expect, it } from '@jest/globals';
import { amountTextOf } from './csv-values.js';

describe('an amount as it is written', () => {
  it.each<[text: string, decimal: 'point' | 'comma', amount: string | undefined]>([
    ['1234.5', 'point', '1234.5'],
    ['1,234,567.89', 'point', '1234567.89'],
    ['12,34,567', 'point', '1234567'],
    ["1'234.50", 'point', '1234.50'],
    ['1 234.50', 'point', '1234.50'],
    ['1\u202f234,50', 'comma', '1234.50'],
    ['1.234,56', 'comma', '1234.56'],
    ['-1,5', 'comma', '-1.5'],
    ['(500)', 'point', '-500'],
    ['21.00-', 'point', '-21.00'],
    ['+7', 'point', '7'],
    // Another notation: taken for a group of digits it would be a hundred or a thousand times as much.
    ['1,50', 'point', undefined],
    ['1.50', 'comma', undefined],
    ['1234.56', 'comma', undefined],
    ['1,2345.00', 'point', undefined],
    ["1,234'567", 'point', undefined],
    ['1.2.3', 'point', undefined],
    ['1,', 'comma', undefined],
    ['', 'point', undefined],
    ['EUR 5', 'point', undefined],
  ])('%s with a decimal %s is %s', (text, decimal, amount) => {
    expect(amountTextOf(text, decimal)).toBe(amount);
  });
});
