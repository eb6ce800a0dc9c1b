import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CODES_WITHOUT_MINOR_UNIT, CURRENCIES } from './currencies.js';
import {
  type Money,
  MoneyError,
  addMoney,
  compareMoney,
  formatAmount,
  formatMoney,
  fromMinorUnits,
  money,
  parseMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  zeroMoney,
} from './money.js';

const eur = (amount: string): Money => money(amount, 'EUR');

describe('reading an amount', () => {
  it.each([
    ['1234.5', 'EUR', '1234.50'],
    ['5', 'EUR', '5.00'],
    ['-0.10', 'EUR', '-0.10'],
    ['0.12345', 'EUR', '0.12345'],
    ['0.12000', 'EUR', '0.12'],
    ['007', 'USD', '7.00'],
    ['1500', 'JPY', '1500'],
    ['1500.00', 'JPY', '1500'],
    ['1.5', 'KWD', '1.500'],
    ['-0', 'EUR', '0.00'],
    ['10', 'XCG', '10.00'],
  ])('%s %s becomes %s', (amount, currency, canonical) => {
    expect(parseMoney(amount, currency)).toEqual({ ok: true, value: { amount: canonical, currency } });
  });

  it.each([
    ['1,50', 'EUR', 'amount must be decimal text such as "1234.50", got "1,50"'],
    ['1 000', 'EUR', 'amount must be decimal text such as "1234.50", got "1 000"'],
    ['1e3', 'EUR', 'amount must be decimal text such as "1234.50", got "1e3"'],
    ['', 'EUR', 'amount must be decimal text such as "1234.50", got ""'],
    ['.5', 'EUR', 'amount must be decimal text such as "1234.50", got ".5"'],
    [12.5, 'EUR', 'amount must be decimal text such as "1234.50", got the number 12.5 (a number loses digits)'],
    [null, 'EUR', 'amount must be decimal text such as "1234.50", got null'],
    ['1', 'eur', 'currency "eur" is not an ISO 4217 currency code'],
    ['1', 'XYZ', 'currency "XYZ" is not an ISO 4217 currency code'],
    ['1', 'XAU', 'currency "XAU" has no minor unit and cannot be the currency of an amount'],
    ['1', undefined, 'currency must be a three-letter ISO 4217 code, got nothing'],
    ['92233720368547758.08', 'EUR', 'amount "92233720368547758.08" is larger than any single amount can be'],
  ])('refuses %p %p and says why', (amount, currency, reason) => {
    expect(parseMoney(amount, currency)).toEqual({ ok: false, reasons: [reason] });
  });

  it('throws for an amount that the program itself got wrong', () => {
    expect(() => money('x', 'EUR')).toThrow(MoneyError);
  });
});

describe('calculating', () => {
  it('adds and subtracts exactly where binary floats do not', () => {
    expect(addMoney(eur('0.1'), eur('0.2'))).toEqual(eur('0.30'));
    expect(subtractMoney(eur('0.3'), eur('0.1'))).toEqual(eur('0.20'));
    expect(subtractMoney(eur('1'), eur('2.005'))).toEqual(eur('-1.005'));
    expect(sumMoney([], 'JPY')).toEqual({ amount: '0', currency: 'JPY' });
  });

  it('refuses to mix currencies', () => {
    expect(() => addMoney(eur('1'), money('1', 'USD'))).toThrow(
      'EUR and USD cannot be calculated with each other without a rate',
    );
    expect(() => compareMoney(eur('1'), money('1', 'USD'))).toThrow(MoneyError);
  });

  it('compares by value, not by text', () => {
    expect(compareMoney({ amount: '5', currency: 'EUR' }, eur('5.00'))).toBe(0);
    expect(compareMoney(eur('9'), eur('10'))).toBe(-1);
    expect(compareMoney(eur('-9'), eur('-10'))).toBe(1);
  });

  it('rounds finer amounts half-even to minor units, or refuses', () => {
    expect(['0.125', '0.135', '-0.125', '0.1251'].map((amount) => toMinorUnits(eur(amount)))).toEqual([
      12n,
      14n,
      -12n,
      13n,
    ]);
    expect(() => toMinorUnits(eur('0.125'), 'reject')).toThrow('finer than the minor unit of EUR');
    expect(toMinorUnits(eur('0.12'), 'reject')).toBe(12n);
  });

  it('shows amounts with the decimals of their currency', () => {
    expect(formatMoney(eur('-1234567.5'))).toBe('EUR -1,234,567.50');
    expect(formatMoney(money('1234', 'JPY'))).toBe('JPY 1,234');
    expect(formatMoney(money('0.5', 'BHD'))).toBe('BHD 0.500');
    expect(formatAmount('1234.5', 'EUR')).toBe('1234.50');
  });
});

describe('properties', () => {
  const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF');
  const minor = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });

  it('minor units come back unchanged', () => {
    fc.assert(
      fc.property(minor, currency, (units, code) => {
        expect(toMinorUnits(fromMinorUnits(units, code), 'reject')).toBe(units);
      }),
    );
  });

  it('sums are those of the minor units, in any order', () => {
    fc.assert(
      fc.property(fc.array(minor, { maxLength: 20 }), currency, (units, code) => {
        const amounts = units.map((unit) => fromMinorUnits(unit, code));
        const sum = sumMoney(amounts, code);
        expect(toMinorUnits(sum, 'reject')).toBe(units.reduce((total, unit) => total + unit, 0n));
        expect(sumMoney([...amounts].reverse(), code)).toEqual(sum);
      }),
    );
  });

  it('what is added and taken away again leaves nothing behind', () => {
    fc.assert(
      fc.property(minor, minor, currency, (left, right, code) => {
        const [a, b] = [fromMinorUnits(left, code), fromMinorUnits(right, code)];
        expect(subtractMoney(addMoney(a, b), b)).toEqual(a);
        expect(compareMoney(subtractMoney(a, a), zeroMoney(code))).toBe(0);
      }),
    );
  });

  it('reading is idempotent', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?\d{1,15}(\.\d{1,12})?$/), (amount) => {
        const once = eur(amount);
        expect(eur(once.amount)).toEqual(once);
      }),
    );
  });
});

describe('the ISO 4217 table', () => {
  const engine = new Set(Intl.supportedValuesOf('currency'));
  // Fund and indexation units that the engine's list of currencies leaves out.
  const unitsOfAccount = ['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW', 'VED', 'XAD'];

  it('knows every currency of the engine, also those withdrawn', () => {
    const unknown = [...engine].filter((code) => !CURRENCIES.has(code) && !CODES_WITHOUT_MINOR_UNIT.has(code));
    expect(unknown).toEqual([]);
  });

  it('has nothing that the engine does not know but units of account', () => {
    const extra = [...CURRENCIES.keys()].filter((code) => !engine.has(code)).sort();
    expect(unitsOfAccount).toEqual(expect.arrayContaining(extra));
  });

  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['TND', 3],
    ['XCG', 2],
    ['CLF', 4],
  ])('%s has %i decimals, as the engine says', (code, digits) => {
    expect(CURRENCIES.get(code)?.minorDigits).toBe(digits);
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
    expect(format.resolvedOptions().maximumFractionDigits).toBe(digits);
  });

  it('dates what is withdrawn', () => {
    expect(CURRENCIES.get('ANG')).toEqual({ code: 'ANG', minorDigits: 2, withdrawnOn: '2025-03-31' });
    expect([...CURRENCIES.values()].every(({ code }) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });
});
