import { describe, expect, it } from '@jest/globals';
import { at } from '../testing/activity-builder.js';
import { type LinkDraft, type NodeDraft, moneyLinks, moneyNodes } from '../testing/money-builder.js';
import { describeBalances } from './describe-balances.js';
import { openAmountOf } from './impact.js';
import { balanceMoney } from './money-balances.js';
import { owedOf } from './receivables.js';
import { residualsOf } from './residuals.js';
import { type StandingAct, undoneAtOf } from './undone-objects.js';

const happened = (type: string, time: string, outcome: StandingAct['outcome'] = 'success'): StandingAct => ({
  type,
  outcome,
  occurredAt: at(time),
});

describe('whether an object stands', () => {
  it.each<{ name: string; type: string; acts: StandingAct[]; undoneAt: string | null }>([
    { name: 'nothing happened', type: 'invoice', acts: [], undoneAt: null },
    {
      name: 'an invoice that was cancelled after it was posted',
      type: 'invoice',
      acts: [happened('invoice.posted', '09:00'), happened('invoice.cancelled', '10:00')],
      undoneAt: '10:00',
    },
    {
      name: 'an invoice that was posted again',
      type: 'invoice',
      acts: [happened('invoice.cancelled', '10:00'), happened('invoice.posted', '11:00')],
      undoneAt: null,
    },
    {
      name: 'cancelled at the time at which it was posted',
      type: 'invoice',
      acts: [happened('invoice.cancelled', '09:00'), happened('invoice.posted', '09:00')],
      undoneAt: '09:00',
    },
    {
      name: 'a cancellation that failed',
      type: 'invoice',
      acts: [happened('invoice.cancelled', '10:00', 'failure')],
      undoneAt: null,
    },
    {
      name: 'an invoice whose posting was rejected, which is a failure to be mended',
      type: 'invoice',
      acts: [happened('invoice.rejected', '10:00', 'failure')],
      undoneAt: null,
    },
    {
      name: 'a payment that the bank rejected, which is told as a failure',
      type: 'payment',
      acts: [happened('payment.sent', '09:00'), happened('payment.rejected', '10:00', 'failure')],
      undoneAt: '10:00',
    },
    {
      name: 'a payment that was sent again',
      type: 'payment',
      acts: [happened('payment.rejected', '10:00', 'failure'), happened('payment.sent', '11:00')],
      undoneAt: null,
    },
    {
      name: 'an attempt to send it again that failed',
      type: 'payment',
      acts: [happened('payment.rejected', '10:00', 'failure'), happened('payment.sent', '11:00', 'failure')],
      undoneAt: '10:00',
    },
    {
      name: 'what happened to something else',
      type: 'invoice',
      acts: [happened('sales-order.cancelled', '10:00')],
      undoneAt: null,
    },
  ])('$name', ({ type, acts, undoneAt }) => {
    for (const order of [acts, acts.toReversed()])
      expect(undoneAtOf(type, order)).toBe(undoneAt === null ? null : at(undoneAt));
  });
});

const EUR_1000 = { amount: '1000.00 EUR' };
const PURCHASE = {
  'supplier-invoice S': { ...EUR_1000, direction: 'outflow' },
  'payment P': { ...EUR_1000, direction: 'outflow' },
} satisfies Record<string, NodeDraft>;

/** What a case leaves; every other object of it is balanced on all its sides. */
type Case = {
  name: string;
  objects: Record<string, NodeDraft>;
  links: LinkDraft[];
  expected: Record<string, string[]>;
};

const CASES: Case[] = [
  {
    name: 'a payment that the bank rejected: the supplier invoice is open again, the payment still carries what failed',
    objects: {
      ...PURCHASE,
      'payment P': { ...PURCHASE['payment P'], undone: '12:00' },
      'payment-batch B': { amount: '1500.00 EUR' },
    },
    links: [
      ['supplier-invoice S', 'settles', 'payment P', '1000.00 EUR'],
      ['payment P', 'batches', 'payment-batch B', '1000.00 EUR'],
    ],
    expected: {
      'supplier-invoice S': ['out 0.00 EUR, open 1000.00'],
      'payment P': ['in 0.00 EUR, balanced', 'out 1000.00 EUR, balanced'],
      'payment-batch B': ['in 1000.00 EUR, unfounded 500.00', 'out 0.00 EUR, open 1500.00', 'BREAK 500.00'],
    },
  },
  {
    name: 'a rejected payment of which nobody said how much it pays',
    objects: { ...PURCHASE, 'payment P': { direction: 'outflow', undone: '12:00' } },
    links: [['supplier-invoice S', 'settles', 'payment P']],
    expected: { 'supplier-invoice S': ['out 0.00 EUR, open 1000.00'] },
  },
  {
    name: 'rejected and paid by another payment: paid once',
    objects: {
      ...PURCHASE,
      'payment P': { ...PURCHASE['payment P'], undone: '12:00' },
      'payment Q': PURCHASE['payment P'],
    },
    links: [
      ['supplier-invoice S', 'settles', 'payment P', '1000.00 EUR'],
      ['supplier-invoice S', 'settles', 'payment Q', '1000.00 EUR'],
    ],
    expected: {
      'supplier-invoice S': ['out 1000.00 EUR, balanced'],
      'payment P': ['in 0.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
      'payment Q': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
    },
  },
  {
    name: 'a discount that was taken with the rejected payment is no discount',
    objects: { 'invoice I': EUR_1000, 'payment P': { amount: '970.00 EUR', undone: '12:00' } },
    links: [
      ['invoice I', 'settles', 'payment P', '970.00 EUR'],
      ['invoice I', 'discounts', 'payment P', '30.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 0.00 EUR, open 1000.00'],
      'payment P': ['in 0.00 EUR, balanced', 'out 0.00 EUR, open 970.00'],
    },
  },
  {
    name: 'a cancelled invoice: nothing is open at it, and its order is not billed',
    objects: { 'sales-order O': EUR_1000, 'invoice I': { ...EUR_1000, undone: '12:00' } },
    links: [['sales-order O', 'bills', 'invoice I', '1000.00 EUR']],
    expected: {
      'sales-order O': ['out 0.00 EUR, open 1000.00'],
      'invoice I': ['in 0.00 EUR, balanced', 'out 0.00 EUR, balanced'],
    },
  },
  {
    name: 'cancelled with a reversal beside it: once',
    objects: {
      'sales-order O': EUR_1000,
      'invoice I': { ...EUR_1000, undone: '12:00' },
      'invoice R': EUR_1000,
    },
    links: [
      ['sales-order O', 'bills', 'invoice I', '1000.00 EUR'],
      ['invoice I', 'reverses', 'invoice R', '1000.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 0.00 EUR, open 1000.00'],
      'invoice I': ['in 0.00 EUR, balanced', 'out 0.00 EUR, balanced'],
      'invoice R': ['in 1000.00 EUR, balanced'],
    },
  },
  {
    // The source calls the document that takes the other one back reversed as well.
    name: 'a reversal that is called reversed itself takes back what it takes back',
    objects: {
      'sales-order O': EUR_1000,
      'invoice I': { ...EUR_1000, undone: '12:00' },
      'invoice R': { ...EUR_1000, undone: '12:00' },
    },
    links: [
      ['sales-order O', 'bills', 'invoice I', '1000.00 EUR'],
      ['invoice I', 'reverses', 'invoice R', '1000.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 0.00 EUR, open 1000.00'],
      'invoice I': ['in 0.00 EUR, balanced', 'out 0.00 EUR, balanced'],
      'invoice R': ['in 1000.00 EUR, balanced'],
    },
  },
  {
    // 1 000.00 ordered, 400.00 billed: the rest was cancelled
    name: 'the rest of an order that is billed in part',
    objects: {
      'contract C': EUR_1000,
      'sales-order O': { ...EUR_1000, undone: '12:00' },
      'invoice I': { amount: '400.00 EUR' },
    },
    links: [
      ['contract C', 'fulfils', 'sales-order O', '1000.00 EUR'],
      ['sales-order O', 'bills', 'invoice I', '400.00 EUR'],
    ],
    expected: {
      'contract C': ['out 400.00 EUR, open 600.00'],
      'sales-order O': ['in 400.00 EUR, balanced', 'out 400.00 EUR, balanced'],
      'invoice I': ['in 400.00 EUR, balanced', 'out 0.00 EUR, open 400.00'],
    },
  },
  {
    name: 'an order and its invoice, both cancelled',
    objects: {
      'contract C': EUR_1000,
      'sales-order O': { ...EUR_1000, undone: '12:00' },
      'invoice I': { ...EUR_1000, undone: '11:00' },
    },
    links: [
      ['contract C', 'fulfils', 'sales-order O', '1000.00 EUR'],
      ['sales-order O', 'bills', 'invoice I', '1000.00 EUR'],
    ],
    expected: {
      'contract C': ['out 0.00 EUR, open 1000.00'],
      'sales-order O': ['in 0.00 EUR, balanced', 'out 0.00 EUR, balanced'],
      'invoice I': ['in 0.00 EUR, balanced', 'out 0.00 EUR, balanced'],
    },
  },
  {
    name: 'a refund that failed: the payment stays',
    objects: {
      'invoice I': EUR_1000,
      'payment P': EUR_1000,
      'refund R': { ...EUR_1000, undone: '12:00' },
    },
    links: [
      ['invoice I', 'settles', 'payment P', '1000.00 EUR'],
      ['payment P', 'refunds', 'refund R', '1000.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 1000.00 EUR, balanced'],
      'payment P': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
      'refund R': ['in 0.00 EUR, balanced'],
    },
  },
  {
    name: 'a cancelled credit memo credits nothing',
    objects: { 'invoice I': EUR_1000, 'credit-memo M': { amount: '200.00 EUR', undone: '12:00' } },
    links: [['invoice I', 'credits', 'credit-memo M', '200.00 EUR']],
    expected: {
      'invoice I': ['out 0.00 EUR, open 1000.00'],
      'credit-memo M': ['in 0.00 EUR, balanced'],
    },
  },
];

describe('the money of what was undone', () => {
  it.each(CASES)('$name', ({ objects, links, expected }) => {
    const nodes = moneyNodes(objects);
    const stated = moneyLinks(links);
    for (const order of [stated, stated.toReversed(), [...stated, ...stated]])
      expect(describeBalances(balanceMoney(nodes, order))).toEqual(expected);
  });

  it('is not owed by the customer, and not open', () => {
    const [balance] = balanceMoney(moneyNodes({ 'invoice I': { ...EUR_1000, undone: '12:00' } }), []);
    expect(balance).toBeDefined();
    expect(owedOf([balance!])?.amount).toBe('0.00');
    expect(openAmountOf([balance!])?.amount).toBe('0.00');
  });

  it('is no second payment: an invoice paid again after the bank rejected the first', () => {
    const rejected = CASES[2]!;
    const judged = (objects: Record<string, NodeDraft>) =>
      residualsOf(
        moneyNodes(objects),
        moneyLinks(rejected.links),
        () => null,
        new Map([['supplier-invoice S', 'complete']]),
        new Set(),
      ).map(({ kind }) => kind);
    expect(judged(rejected.objects)).toEqual([]);
    expect(judged({ ...rejected.objects, 'payment P': PURCHASE['payment P'] })).toEqual(['duplicate-payment']);
  });

  it('is held at the document that an attempt failed to make, once', () => {
    const nodes = moneyNodes({ 'contract C': EUR_1000, 'sales-order O': EUR_1000 });
    const [link] = moneyLinks([['contract C', 'fulfils', 'sales-order O', '1000.00 EUR']]);
    expect(describeBalances(balanceMoney(nodes, [{ ...link!, establishedAt: null }]))).toEqual({
      'contract C': ['out 1000.00 EUR, balanced'],
      'sales-order O': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
    });
  });

  it('stays where only an attempt that failed says so', () => {
    const nodes = moneyNodes({ 'invoice I': EUR_1000, 'payment P': EUR_1000 });
    const [link] = moneyLinks([['invoice I', 'settles', 'payment P', '1000.00 EUR']]);
    const attempted = balanceMoney(nodes, [{ ...link!, establishedAt: null }]);
    expect(describeBalances(attempted)).toEqual({
      'invoice I': ['out 0.00 EUR, open 1000.00'],
      'payment P': ['in 0.00 EUR, unapplied 1000.00', 'out 0.00 EUR, open 1000.00'],
    });
  });
});
