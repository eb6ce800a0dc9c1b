import { describe, expect, it } from '@jest/globals';
import { type LinkDraft, type NodeDraft, moneyLinks, moneyNodes } from '../testing/money-builder.js';
import { describeBalances } from './describe-balances.js';
import { balanceMoney } from './money-balances.js';

/** Cases that were worked out by hand first, as an accountant would. */
const CASES: {
  name: string;
  objects: Record<string, NodeDraft>;
  links: LinkDraft[];
  expected: Record<string, string[]>;
}[] = [
  {
    name: 'an order is cancelled and its deposit given back: nothing is open but what the bank has not booked',
    objects: {
      'sales-order O': { amount: '1000.00 EUR', undone: '12:00' },
      'payment P': { amount: '400.00 EUR' },
      'refund R': { amount: '400.00 EUR' },
    },
    links: [
      ['sales-order O', 'prepays', 'payment P', '400.00 EUR'],
      ['payment P', 'refunds', 'refund R', '400.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 0.00 EUR, balanced'],
      'payment P': ['in 0.00 EUR, balanced', 'out 0.00 EUR, open 400.00'],
      'refund R': ['in 400.00 EUR, balanced'],
    },
  },
  {
    name: 'a chargeback that was won: the invoice is paid',
    objects: {
      'invoice I': { amount: '100.00 EUR' },
      'payment P': { amount: '100.00 EUR' },
      'return C': { amount: '100.00 EUR', undone: '12:00' },
    },
    links: [
      ['invoice I', 'settles', 'payment P', '100.00 EUR'],
      ['payment P', 'charges-back', 'return C', '100.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 100.00 EUR, balanced'],
      'payment P': ['in 100.00 EUR, balanced', 'out 0.00 EUR, open 100.00'],
      'return C': ['in 0.00 EUR, balanced'],
    },
  },
  {
    name: 'a netting that was cancelled: both sides are open again, each in whole',
    objects: {
      'invoice I': { amount: '100.00 EUR', direction: 'inflow' },
      'supplier-invoice S': { amount: '60.00 EUR', direction: 'outflow' },
      'settlement N': { amount: '40.00 EUR', direction: 'inflow', undone: '12:00' },
    },
    links: [
      ['invoice I', 'nets', 'settlement N', '100.00 EUR'],
      ['supplier-invoice S', 'nets', 'settlement N', '60.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 0.00 EUR, open 100.00'],
      'supplier-invoice S': ['out 0.00 EUR, open 60.00'],
      'settlement N': ['in 0.00 EUR, balanced', 'out 0.00 EUR, open 40.00'],
    },
  },
  {
    // 600.00 paid + 150.00 credited of 600.00: what the customer is owed was not paid out.
    name: 'a refund of a credit that failed: the credit counts again, and is too much',
    objects: {
      'invoice I': { amount: '600.00 EUR' },
      'payment P': { amount: '600.00 EUR' },
      'credit-memo M': { amount: '150.00 EUR' },
      'refund R': { amount: '150.00 EUR', undone: '12:00' },
    },
    links: [
      ['invoice I', 'settles', 'payment P', '600.00 EUR'],
      ['invoice I', 'credits', 'credit-memo M', '150.00 EUR'],
      ['credit-memo M', 'refunds', 'refund R', '150.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 750.00 EUR, over -150.00', 'BREAK 150.00'],
      'payment P': ['in 600.00 EUR, balanced', 'out 0.00 EUR, open 600.00'],
      'credit-memo M': ['in 150.00 EUR, balanced', 'out 0.00 EUR, open 150.00'],
      'refund R': ['in 0.00 EUR, balanced'],
    },
  },
  {
    // 1 000.00 USD were received as 920.00 EUR.
    name: 'a payment in another currency that was voided: the whole invoice is open, in its own',
    objects: { 'invoice I': { amount: '1000.00 USD' }, 'payment P': { amount: '920.00 EUR', undone: '12:00' } },
    links: [
      ['invoice I', 'settles', 'payment P', '1000.00 USD'],
      ['invoice I', 'converts', 'payment P', '920.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 0.00 USD, open 1000.00'],
      'payment P': ['in 0.00 EUR, balanced', 'out 0.00 EUR, open 920.00'],
    },
  },
];

describe('money that was taken back', () => {
  it.each(CASES)('$name', ({ objects, links, expected }) => {
    const stated = moneyLinks(links);
    for (const order of [stated, stated.toReversed(), [...stated, ...stated]])
      expect(describeBalances(balanceMoney(moneyNodes(objects), order))).toEqual(expected);
  });
});
