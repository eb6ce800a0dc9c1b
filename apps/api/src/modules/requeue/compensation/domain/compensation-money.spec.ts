import { describe, expect, it } from '@jest/globals';
import type { CompensationAction } from '@throughline/contracts';
import { effectOn, effectSums } from './compensation-money.js';

describe('the money effect of undoing a document', () => {
  it.each<[string, CompensationAction, string | null, string | null, string | null]>([
    ['is its amount with the sign turned', 'reverse', '1234.50', 'EUR', '-1234.50'],
    ['of a cancelled one too', 'cancel', '1234.50', 'EUR', '-1234.50'],
    ['of what was negative is positive', 'reverse', '-10.00', 'EUR', '10.00'],
    ['keeps what a number could not hold', 'reverse', '9007199254740993.10', 'EUR', '-9007199254740993.10'],
    ['is none where somebody is told', 'notify', '1234.50', 'EUR', '0.00'],
    ['is not known where the amount is not', 'reverse', null, null, null],
  ])('%s', (_name, action, amount, currency, expected) => expect(effectOn(action, amount, currency)).toBe(expected));

  it('keeps inflow and outflow apart, per entity and currency', () =>
    expect(
      effectSums('reverse', [
        { legalEntity: 'DE01', currency: 'EUR', inflow: '10.00', outflow: '3.00', count: 2 },
        { legalEntity: 'US01', currency: 'JPY', inflow: '0', outflow: '700', count: 1 },
      ]),
    ).toEqual([
      { legalEntity: 'DE01', currency: 'EUR', inflow: '-10.00', outflow: '-3.00', count: 2 },
      { legalEntity: 'US01', currency: 'JPY', inflow: '0', outflow: '-700', count: 1 },
    ]));
});
