import { describe, expect, it } from '@jest/globals';
import { compactMoney, formatAmount, isZero, joinWords, sumMoney } from './money.js';
import { moneyPhrases } from './money-words.js';

describe('amounts', () => {
  it.each([
    ['1234567.50', '1,234,567.50'],
    ['-1234.00', '−1,234.00'],
    ['999', '999'],
    ['90071992547409930000.01', '90,071,992,547,409,930,000.01'],
    ['not a number', 'not a number'],
  ])('%s is written %s', (amount, written) => {
    expect(formatAmount(amount)).toBe(written);
  });

  it.each([
    ['1842000.55', 'EUR 1.84 m'],
    ['1000000.00', 'EUR 1 m'],
    ['999999.99', 'EUR 999 k'],
    ['12345.00', 'EUR 12.3 k'],
    ['9999.00', 'EUR 9,999'],
    ['0.40', 'EUR 0'],
    ['-2500000000', 'EUR −2.50 bn'],
  ])('%s is shortened to %s and never rounded up', (amount, written) => {
    expect(compactMoney({ amount, currency: 'EUR' })).toBe(written);
  });

  it('adds up exactly, per currency', () => {
    const sums = sumMoney([
      { amount: '0.10', currency: 'EUR' },
      { amount: '0.2', currency: 'EUR' },
      { amount: '100', currency: 'JPY' },
      null,
      { amount: '-0.35', currency: 'EUR' },
    ]);
    expect(sums).toEqual([
      { currency: 'EUR', amount: '-0.05' },
      { currency: 'JPY', amount: '100' },
    ]);
  });

  it('tells nothing from something', () => {
    expect(['0', '0.00', '-0.00'].every(isZero)).toBe(true);
    expect(isZero('0.01')).toBe(false);
  });

  it('keeps inflow and outflow apart', () => {
    const phrases = moneyPhrases([
      { currency: 'EUR', inflow: '1840000.00', outflow: '0.00', count: 3 },
      { currency: 'USD', inflow: '310500.00', outflow: '12400.00', count: 2 },
    ]);
    expect(phrases).toEqual(['EUR 1.84 m and USD 310 k of inflow', 'USD 12.4 k of outflow']);
    expect(joinWords(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
