import { describe, expect, it } from '@jest/globals';
import { openAmount } from './open-amount.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const at = (hour: number) => new Date(Date.UTC(2026, 8, 30, hour));
const link = (amount: string, hour: number, currency = 'EUR') => ({ amount, currency, occurredAt: at(hour) });

describe('openAmount', () => {
  it.each([
    ['nothing taken over', '100.00', [], null, '100.00'],
    ['partial billing', '100.00', [link('30', 9), link('20.50', 10)], null, '49.50'],
    ['all taken over', '100.00', [link('100.00', 9)], null, '0.00'],
    ['more than all', '100.00', [link('130', 9)], null, '0.00'],
    ['another currency takes nothing', '100.00', [link('30', 9, 'USD')], null, '100.00'],
    ['only what was taken before', '100.00', [link('30', 9), link('20', 11)], at(10), '70.00'],
    ['what is taken at that very time counts as later', '100.00', [link('30', 10)], at(10), '100.00'],
    ['an unreadable link takes nothing', '100.00', [link('x', 9)], null, '100.00'],
  ])('%s', (_name, whole, taken, asOf, left) => {
    expect(openAmount(eur(whole), taken, asOf)).toEqual(eur(left));
  });

  it('knows no amount of an object without one', () => {
    expect(openAmount(null, [link('30', 9)], null)).toBeNull();
  });
});
