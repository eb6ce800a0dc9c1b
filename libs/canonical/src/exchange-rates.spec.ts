import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RateLookup, convertMoney, isRate } from './exchange-rates.js';
import { fromMinorUnits, money } from './money.js';

const TYPE = 'ecb-reference';

/** 1 EUR = …, of the ECB: 24 and 25 April 2025; the rupee of 1 January is a constructed one that got old. */
const RATES: Record<string, [date: string, rate: string][]> = {
  USD: [
    ['2025-04-24', '1.1376'],
    ['2025-04-25', '1.1357'],
  ],
  JPY: [['2025-04-24', '162.16']],
  BRL: [['2025-04-25', '6.4566']],
  INR: [['2025-01-01', '88.0000']],
};

const rateOf: RateLookup = (currency, date) => {
  const found = (RATES[currency] ?? []).findLast(([on]) => on <= date);
  return found ? { date: found[0], base: 'EUR', rate: found[1], source: 'ECB' } : null;
};

const convert = (amount: string, currency: string, to: string, date: string) =>
  convertMoney(money(amount, currency), to, TYPE, date, rateOf);

describe('converting at dated rates', () => {
  it.each([
    // 1 000.00 × 1.1357
    ['from the base', '1000.00', 'EUR', 'USD', '2025-04-25', '1135.70', '1.1357', '2025-04-25'],
    // 1 135.70 ÷ 1.1357
    ['to the base', '1135.70', 'USD', 'EUR', '2025-04-25', '1000.00', '0.88051422', '2025-04-25'],
    // 1 000.00 ÷ 1.1357 × 6.4566 = 5 685.13…
    ['across the base', '1000.00', 'USD', 'BRL', '2025-04-25', '5685.13', '5.68512811', '2025-04-25'],
    // Saturday: Friday's rate; 100.00 × 1.1357
    ['the last rate before a day without one', '100.00', 'EUR', 'USD', '2025-04-26', '113.57', '1.1357', '2025-04-25'],
    // the rate of that day, not the later one
    ['never a later rate', '100.00', 'EUR', 'USD', '2025-04-24', '113.76', '1.1376', '2025-04-24'],
    // yen have no decimals: 10.01 × 162.16 = 1 623.2216; the older of the two dates is stated
    ['rounded once, to the minor unit', '10.01', 'EUR', 'JPY', '2025-04-25', '1623', '162.16', '2025-04-24'],
    // 10.00 ÷ 1.1357 × 162.16 = 1 427.84…, dollars of the 25th, yen of the 24th
    ['legs of two days state the older one', '10.00', 'USD', 'JPY', '2025-04-25', '1428', '142.78418596', '2025-04-24'],
  ])('%s', (_name, amount, currency, to, date, result, rate, rateDate) => {
    const converted = convert(amount, currency, to, date);
    expect(converted).toMatchObject({ ok: true, amount: { amount: result, currency: to } });
    expect(converted.ok && converted.used).toMatchObject({ type: TYPE, date: rateDate, base: 'EUR', rate });
  });

  it.each([
    ['a currency without a rate', 'CLP', 'EUR', '2025-04-25', 'CLP', 'no-rate'],
    ['a target without a rate', 'USD', 'CLP', '2025-04-25', 'CLP', 'no-rate'],
    ['neither with a rate', 'CLP', 'COP', '2025-04-25', 'CLP', 'no-rate'],
    ['no rate yet', 'USD', 'EUR', '2025-04-23', 'USD', 'no-rate'],
    ['a rate that is too old', 'INR', 'EUR', '2025-04-25', 'INR', 'too-old'],
    ['eight days are too old for a daily rate', 'USD', 'EUR', '2025-05-03', 'USD', 'too-old'],
  ])('%s is named, never zero', (_name, currency, to, date, of, reason) => {
    expect(convert('10.00', currency, to, date)).toMatchObject({ ok: false, currency: of, date, reason });
  });

  it('needs no rate for its own currency', () => {
    expect(convert('10.005', 'EUR', 'EUR', '2025-04-25')).toEqual({
      ok: true,
      amount: money('10.005', 'EUR'),
      used: null,
    });
  });

  it('never uses rates of two bases with each other', () => {
    const mixed: RateLookup = (currency, date) => ({
      date,
      base: currency === 'USD' ? 'EUR' : 'GBP',
      rate: '2',
      source: '',
    });
    expect(convertMoney(money('1.00', 'USD'), 'BRL', TYPE, '2025-04-25', mixed)).toMatchObject({
      ok: false,
      currency: 'BRL',
    });
  });

  it.each(['0', '0.000', '', '-1', '1e3', '1,5', 'N/A'])('%p is no rate', (text) => {
    expect(isRate(text)).toBe(false);
  });
});

describe('properties', () => {
  it('forth and back comes home within a minor unit of either rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (cents) => {
        const there = convertMoney(fromMinorUnits(BigInt(cents), 'EUR'), 'USD', TYPE, '2025-04-25', rateOf);
        const back = there.ok ? convertMoney(there.amount, 'EUR', TYPE, '2025-04-25', rateOf) : there;
        const difference = back.ok ? BigInt(back.amount.amount.replace('.', '')) - BigInt(cents) : null;
        expect(difference === 0n || difference === 1n || difference === -1n).toBe(true);
      }),
    );
  });

  it('turns the sign with the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (cents) => {
        const [plus, minus] = [BigInt(cents), -BigInt(cents)].map((units) =>
          convertMoney(fromMinorUnits(units, 'EUR'), 'USD', TYPE, '2025-04-25', rateOf),
        );
        expect(minus!.ok && minus!.amount.amount).toBe(plus!.ok && `-${plus!.amount.amount}`);
      }),
    );
  });
});
