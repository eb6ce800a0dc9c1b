import { describe, expect, it } from '@jest/globals';
import { unmistakableAmount } from './unmistakable-amount.js';

describe('an amount written for people', () => {
  it.each<[string, string]>([
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['12,34,567.00', '1234567.00'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ["1'234.50", '1234.50'],
    ['1 234,50', '1234.50'],
    ['99,5', '99.5'],
    ['0,1234', '0.1234'],
    ['-99,50', '-99.50'],
    ['1.234,50-', '-1234.50'],
    ['(12.00)', '-12.00'],
  ])('%s can only be %s', (text, expected) => {
    expect(unmistakableAmount(text)).toBe(expected);
  });

  it.each(['1,234', '1,234-', 'EUR 5', '1.2.3', '1,2,3', '', '-', '12:30'])('%j is left alone', (text) => {
    expect(unmistakableAmount(text)).toBeUndefined();
  });
});
