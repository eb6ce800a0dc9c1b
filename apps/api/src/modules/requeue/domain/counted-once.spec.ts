import { expect, it } from '@jest/globals';
import { countedOnce, type Held } from './counted-once.js';

type Row = [objectId: string, amount: string, part?: string, whole?: string];
const objectOf = ([objectId, amount, moneyPartId, moneyWholeId]: Row): Held & {
  money: { amount: string; currency: string };
} => ({
  objectId,
  ...(moneyPartId !== undefined && { moneyPartId }),
  ...(moneyWholeId !== undefined && { moneyWholeId }),
  money: { amount, currency: 'EUR' },
});
const BATCH: Row = ['batch', '250.00', 'batch', 'entry'];

it.each<[string, Row[], string]>([
  ['nothing', [], '0.00'],
  [
    'what stands alone, all of it',
    [
      ['a', '1.10'],
      ['b', '2.20'],
    ],
    '3.30',
  ],
  [
    'payments that one batch holds',
    [
      ['p1', '100.00', 'batch', 'batch'],
      ['p2', '150.00', 'batch', 'batch'],
    ],
    '250.00',
  ],
  [
    'a batch beside its payments once',
    [
      ['batch', '250.00', 'batch', 'batch'],
      ['p1', '100.00', 'batch', 'batch'],
      ['p2', '150.00', 'batch', 'batch'],
    ],
    '250.00',
  ],
  [
    'a batch of which one payment is there',
    [
      ['batch', '250.00', 'batch', 'batch'],
      ['p1', '100.00', 'batch', 'batch'],
    ],
    '250.00',
  ],
  [
    'payments that come to more than their batch',
    [
      ['batch', '90.00', 'batch', 'batch'],
      ['p1', '100.00', 'batch', 'batch'],
    ],
    '100.00',
  ],
  [
    'a bank entry over a batch over its payments',
    [['entry', '250.00', 'entry', 'entry'], BATCH, ['p1', '100.00', 'batch', 'entry']],
    '250.00',
  ],
  [
    'two batches of one entry',
    [BATCH, ['other', '50.00', 'other', 'entry'], ['p1', '100.00', 'batch', 'entry']],
    '300.00',
  ],
  ['what is held beside what is not', [BATCH, ['a', '1.00']], '251.00'],
])('counts %s', (_what, rows, sum) => {
  expect(countedOnce(rows.map(objectOf), 'EUR').amount).toBe(sum);
  expect(countedOnce(rows.toReversed().map(objectOf), 'EUR').amount).toBe(sum);
});
