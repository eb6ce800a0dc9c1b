import { expect, it } from '@jest/globals';
import { planSums } from './plan-sums.js';

const one = (
  objectId: string,
  legalEntity: string | null,
  amount: string | null,
  currency: string | null,
  direction = 'inflow',
) => ({
  objectId,
  legalEntity,
  amount,
  currency,
  direction,
});

it('sums per entity and currency, each document once, inflow and outflow apart', () => {
  expect(
    planSums([
      one('a', 'DE01', '99.00', 'EUR'),
      one('a', 'DE01', '100.10', 'EUR'),
      one('a', 'DE01', '100.10', 'EUR'),
      one('b', 'DE01', '0.20', 'EUR', 'outflow'),
      one('c', 'DE01', '5', 'USD'),
      one('d', null, '1', 'EUR'),
      one('e', 'DE01', null, null),
    ]),
  ).toEqual([
    { legalEntity: null, currency: 'EUR', inflow: '1.00', outflow: '0.00', count: 1 },
    { legalEntity: 'DE01', currency: 'EUR', inflow: '100.10', outflow: '0.20', count: 2 },
    { legalEntity: 'DE01', currency: 'USD', inflow: '5.00', outflow: '0.00', count: 1 },
  ]);
});

it('counts a batch and its payments once, per entity and direction', () => {
  const held = { moneyPartId: 'batch', moneyWholeId: 'batch' };
  expect(
    planSums([
      { ...one('batch', 'DE01', '250.00', 'EUR', 'outflow'), ...held },
      { ...one('p1', 'DE01', '100.00', 'EUR', 'outflow'), ...held },
      { ...one('p2', 'DE01', '150.00', 'EUR', 'outflow'), ...held },
      { ...one('p3', 'FR01', '10.00', 'EUR', 'outflow'), ...held },
    ]),
  ).toEqual([
    { legalEntity: 'DE01', currency: 'EUR', inflow: '0.00', outflow: '250.00', count: 3 },
    { legalEntity: 'FR01', currency: 'EUR', inflow: '0.00', outflow: '10.00', count: 1 },
  ]);
});
