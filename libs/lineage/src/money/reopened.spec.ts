import { describe, expect, it } from '@jest/globals';
import { at } from '../testing/activity-builder.js';
import { type LinkDraft, type NodeDraft, moneyLinks, moneyNodes } from '../testing/money-builder.js';
import { type Reopening, reopeningsOf } from './reopened.js';

const PAYS: LinkDraft = ['invoice I', 'settles', 'payment P', '1000.00 EUR'];
const UNDONE: NodeDraft = { amount: '1000.00 EUR', undone: '12:00' };

const CASES: {
  name: string;
  objects?: Record<string, NodeDraft>;
  links: LinkDraft[];
  /** With the minute of the test day; links are a minute apart from 08:00 on. */
  expected: Partial<Record<Reopening, string>>;
}[] = [
  { name: 'a payment that stands', links: [PAYS], expected: {} },
  {
    name: 'a payment that was voided, reversed or rejected',
    objects: { 'payment P': UNDONE },
    links: [PAYS],
    expected: { 'payment-undone': '12:00' },
  },
  {
    name: 'the last of two',
    objects: { 'payment P': UNDONE, 'payment Q': { undone: '13:00' } },
    links: [PAYS, ['invoice I', 'settles', 'payment Q', '1.00 EUR']],
    expected: { 'payment-undone': '13:00' },
  },
  {
    name: 'a payment that was taken back by a document of its own',
    links: [PAYS, ['payment P', 'reverses', 'payment R', '1000.00 EUR']],
    expected: { 'payment-undone': '08:01' },
  },
  {
    name: 'a payment that bounced',
    links: [PAYS, ['payment P', 'returns', 'return R', '1000.00 EUR']],
    expected: { 'payment-returned': '08:01' },
  },
  {
    name: 'a payment that was charged back',
    links: [PAYS, ['payment P', 'charges-back', 'return R', '1000.00 EUR']],
    expected: { 'payment-returned': '08:01' },
  },
  {
    name: 'a return that was taken back itself',
    objects: { 'return R': { undone: '12:00' } },
    links: [PAYS, ['payment P', 'returns', 'return R', '1000.00 EUR']],
    expected: {},
  },
  {
    name: 'a settlement that failed',
    objects: { 'settlement S': { undone: '12:00' } },
    links: [['invoice I', 'nets', 'settlement S', '1000.00 EUR']],
    expected: { 'payment-undone': '12:00' },
  },
  {
    name: 'a credit memo that was cancelled',
    objects: { 'credit-memo M': { undone: '12:00' } },
    links: [['invoice I', 'credits', 'credit-memo M', '1000.00 EUR']],
    expected: { 'credit-undone': '12:00' },
  },
  {
    name: 'a credit memo that was paid out: it is not undone',
    links: [
      ['invoice I', 'credits', 'credit-memo M', '1000.00 EUR'],
      ['credit-memo M', 'refunds', 'refund R', '1000.00 EUR'],
    ],
    expected: {},
  },
  {
    name: 'a bank entry that was taken back beside a payment that stands',
    objects: { 'bank-entry B': { undone: '12:00' } },
    links: [PAYS, ['payment P', 'books', 'bank-entry B', '1000.00 EUR']],
    expected: {},
  },
];

describe('why an invoice that was paid is open again', () => {
  it.each(CASES)('$name', ({ objects = {}, links, expected }) => {
    const names = new Set(links.flatMap(([from, , to]) => [from, to]));
    const nodes = moneyNodes({ ...Object.fromEntries([...names].map((name) => [name, {}])), ...objects });
    const stated = moneyLinks(links);
    const wanted = Object.fromEntries(Object.entries(expected).map(([why, time]) => [why, at(time)]));
    for (const order of [stated, stated.toReversed()]) {
      const linksFrom = (id: string) => order.filter(({ fromObjectId }) => fromObjectId === id);
      expect(Object.fromEntries(reopeningsOf('invoice I', nodes, linksFrom))).toEqual(wanted);
    }
  });

  it('is not that an attempt to pay it failed', () => {
    const [attempt] = moneyLinks([PAYS]);
    const nodes = moneyNodes({ 'invoice I': {}, 'payment P': UNDONE });
    expect([...reopeningsOf('invoice I', nodes, () => [{ ...attempt!, establishedAt: null }])]).toEqual([]);
  });
});
