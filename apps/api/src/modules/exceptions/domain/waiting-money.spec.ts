import { describe, expect, it } from '@jest/globals';
import { waitingMoney, type Waiting } from './waiting-money.js';

const euros = (amount: string, direction: Waiting['direction'] = 'inflow'): Waiting => ({
  direction,
  money: { amount, currency: 'EUR' },
});

describe('the money of what documents wait for', () => {
  it.each<[name: string, documents: Waiting[]]>([
    ['of one nobody can say how much', [{ direction: 'inflow', money: null }]],
    ['of one of two nobody can, and the other is settled', [euros('0.00'), { direction: 'inflow', money: null }]],
  ])('%s: unknown', (_name, documents) => {
    expect(waitingMoney(documents)).toEqual({ amount: null, currency: null, direction: null });
  });

  it('is unknown where nothing was found and not all was looked at', () => {
    expect(waitingMoney([], false).amount).toBeNull();
  });

  it.each<[name: string, documents: Waiting[], amount: string, direction: Waiting['direction']]>([
    ['none wait', [], '0.00', null],
    ['two orders', [euros('10.10'), euros('20.20')], '30.30', 'inflow'],
    [
      'orders and a payment that goes out',
      [euros('10.00'), euros('15.00', 'outflow'), euros('6.00')],
      '16.00',
      'inflow',
    ],
    ['more goes out', [euros('10.00'), euros('15.00', 'outflow')], '15.00', 'outflow'],
    ['one of which nobody can say how much', [euros('10.00'), { direction: 'inflow', money: null }], '10.00', 'inflow'],
    ['no way is known', [euros('10.00', null)], '10.00', null],
  ])('%s', (_name, documents, amount, direction) => {
    expect(waitingMoney(documents)).toEqual({ amount, currency: 'EUR', direction });
  });
});
