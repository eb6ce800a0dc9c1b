import { describe, expect, it } from '@jest/globals';
import { compareAmounts, alignedAmounts, compactMoney, formatAmount, isZero, joinWords, sumMoney } from './money.js';
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

  it.each<[string[], string | null, string[]]>([
    [['4.04', '9.860'], 'EUR', ['4.04', '9.86']],
    [['159.6', '159.4'], 'CHF', ['159.60', '159.40']],
    [['3900', '3901.0'], 'JPY', ['3,900', '3,901']],
    [['1.5', '1.505'], 'BHD', ['1.500', '1.505']],
    [['0.0125', '1'], 'EUR', ['0.0125', '1.0000']],
    [['8775299.29', '0'], null, ['8,775,299.29', '0.00']],
    [['834000', '834000'], null, ['834,000', '834,000']],
    [['-27.00', 'opening 18.15 EUR'], 'SEK', ['−27.00', 'opening 18.15 EUR']],
    [['1', '2'], 'no code', ['1.00', '2.00']],
  ])('%j in %s are held against each other as %j', (amounts, currency, written) => {
    expect(alignedAmounts(amounts, currency)).toEqual(written);
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

describe('compareAmounts', () => {
  it.each([
    ['1.5', '1.50', 0],
    ['2', '10', -1],
    ['-3.1', '-3.05', -1],
    ['90071992547409931.01', '90071992547409931.00', 1],
    ['0', '0.00', 0],
  ])('%s beside %s is %i', (one, other, expected) => {
    expect(compareAmounts(one, other)).toBe(expected);
  });
});
