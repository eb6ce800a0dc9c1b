import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type LinkDraft, type NodeDraft, moneyLinks, moneyNodes } from '../testing/money-builder.js';
import { tolerancesOf } from './money-tolerance.js';
import { type MoneyProgress, residualsOf } from './residuals.js';

type Case = {
  name: string;
  objects: Record<string, NodeDraft>;
  links: LinkDraft[];
  progress?: MoneyProgress;
  told?: string[];
  expected: string[];
};

const EUR_1000: NodeDraft = { amount: '1000.00 EUR', entity: 'DE01', direction: 'inflow' };
const paid = (amount: string): NodeDraft => ({ ...EUR_1000, amount: `${amount} EUR` });
const SHORT: Pick<Case, 'objects' | 'links'> = {
  objects: { 'invoice I': EUR_1000, 'payment P': paid('950.00') },
  links: [['invoice I', 'settles', 'payment P', '950.00 EUR']],
};

const CASES: readonly Case[] = [
  {
    name: 'a short payment, once the transaction is complete',
    ...SHORT,
    expected: ['short-payment invoice I 50.00 EUR'],
  },
  { name: 'a short payment while more may come', ...SHORT, progress: 'running', expected: [] },
  { name: 'a short payment of which only something else is late', ...SHORT, progress: 'overdue', expected: [] },
  {
    name: 'a short payment that its source has closed: nothing more will come, however far the rest is',
    objects: { ...SHORT.objects, 'invoice I': { ...EUR_1000, isSettled: true } },
    links: SHORT.links,
    progress: 'running',
    expected: ['short-payment invoice I 50.00 EUR'],
  },
  {
    name: 'a rest within the tolerance of the entity',
    objects: { 'invoice I': EUR_1000, 'payment P': paid('996.00') },
    links: [['invoice I', 'settles', 'payment P', '996.00 EUR']],
    expected: [],
  },
  {
    name: 'a rest that is explained',
    objects: { 'invoice I': EUR_1000, 'payment P': paid('970.00') },
    links: [
      ['invoice I', 'settles', 'payment P', '970.00 EUR'],
      ['invoice I', 'discounts', 'payment P', '30.00 EUR'],
    ],
    expected: [],
  },
  {
    name: 'an invoice of which nothing was paid is late, if it is late',
    objects: { 'invoice I': EUR_1000 },
    links: [],
    expected: [],
  },
  {
    name: 'an over payment',
    objects: { 'invoice I': EUR_1000, 'payment P': paid('1100.00') },
    links: [['invoice I', 'settles', 'payment P', '1000.00 EUR']],
    expected: ['over-payment payment P 100.00 EUR'],
  },
  {
    name: 'a payment that pays no invoice is a receipt that nobody knows, not too much of one',
    objects: { 'payment P': paid('1100.00') },
    links: [],
    expected: [],
  },
  {
    name: 'a payment of ours without an invoice is looked after where it is approved',
    objects: { 'payment P': { ...EUR_1000, direction: 'outflow' } },
    links: [],
    expected: [],
  },
  {
    name: 'an invoice that was paid twice',
    objects: { 'invoice I': EUR_1000, 'payment P': EUR_1000, 'payment Q': EUR_1000 },
    links: [
      ['invoice I', 'settles', 'payment P', '1000.00 EUR'],
      ['invoice I', 'settles', 'payment Q', '1000.00 EUR'],
    ],
    expected: ['duplicate-payment invoice I 1000.00 EUR'],
  },
  {
    name: 'an invoice that was paid twice, of which one came back',
    objects: { 'invoice I': EUR_1000, 'payment P': EUR_1000, 'payment Q': EUR_1000, 'return R': EUR_1000 },
    links: [
      ['invoice I', 'settles', 'payment P', '1000.00 EUR'],
      ['invoice I', 'settles', 'payment Q', '1000.00 EUR'],
      ['payment Q', 'returns', 'return R', '1000.00 EUR'],
    ],
    expected: [],
  },
  {
    name: 'an invoice that was paid in parts that come to too much',
    objects: { 'invoice I': EUR_1000, 'payment P': paid('700.00'), 'payment Q': paid('400.00') },
    links: [
      ['invoice I', 'settles', 'payment P', '700.00 EUR'],
      ['invoice I', 'settles', 'payment Q', '400.00 EUR'],
    ],
    expected: ['over-payment invoice I 100.00 EUR'],
  },
  {
    name: 'an invoice of more than its order',
    objects: { 'sales-order O': EUR_1000, 'invoice I': paid('1050.00') },
    links: [['sales-order O', 'bills', 'invoice I', '1000.00 EUR']],
    progress: 'overdue',
    expected: ['amount-mismatch invoice I 50.00 EUR'],
  },
  {
    name: 'an order that was billed for more: once, at the order',
    objects: { 'sales-order O': EUR_1000, 'invoice I': paid('1200.00') },
    links: [['sales-order O', 'bills', 'invoice I', '1200.00 EUR']],
    progress: 'overdue',
    expected: ['amount-mismatch sales-order O 200.00 EUR'],
  },
  {
    name: 'the same, told already as the price of the invoice',
    objects: { 'sales-order O': EUR_1000, 'invoice I': paid('1200.00') },
    links: [['sales-order O', 'bills', 'invoice I', '1200.00 EUR']],
    progress: 'overdue',
    told: ['invoice I'],
    expected: [],
  },
  {
    name: 'a deposit that the invoice forgot: too much of the order went on, and nothing of the invoice is missing beside that',
    objects: {
      'sales-order O': EUR_1000,
      'invoice I': EUR_1000,
      'payment D': paid('300.00'),
      'payment P': paid('700.00'),
    },
    links: [
      ['sales-order O', 'prepays', 'payment D', '300.00 EUR'],
      ['sales-order O', 'bills', 'invoice I', '1000.00 EUR'],
      ['invoice I', 'settles', 'payment P', '700.00 EUR'],
    ],
    expected: ['amount-mismatch sales-order O 300.00 EUR'],
  },
  {
    name: 'an intercompany pair that differs, of no transaction',
    objects: { 'invoice I': EUR_1000, 'supplier-invoice S': { amount: '990.00 EUR', direction: 'outflow' } },
    links: [['invoice I', 'mirrors', 'supplier-invoice S']],
    progress: 'running',
    expected: ['amount-mismatch supplier-invoice S 10.00 EUR'],
  },
  {
    name: 'a link without an amount says nothing rather than something wrong',
    objects: { 'sales-order O': EUR_1000, 'sales-order Q': EUR_1000, 'invoice I': paid('1050.00') },
    links: [
      ['sales-order O', 'bills', 'invoice I'],
      ['sales-order Q', 'bills', 'invoice I'],
    ],
    expected: [],
  },
];

const TOLERANCE = tolerancesOf([{ legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: null }]);

function found({ objects, links, progress = 'complete', told = [] }: Case) {
  const progressOf = new Map(Object.keys(objects).map((name) => [name, progress]));
  return residualsOf(moneyNodes(objects), moneyLinks(links), TOLERANCE, progressOf, new Set(told));
}

describe('rests of money that nothing explains', () => {
  it.each(CASES)('$name', (one) => {
    expect(
      found(one).map(({ kind, objectId, amount }) => `${kind} ${objectId} ${amount.amount} ${amount.currency}`),
    ).toEqual(one.expected);
  });

  it('say what there is and what went on, and since when', () => {
    const [short] = found(CASES[0]!);
    expect(short).toMatchObject({
      side: 'out',
      standing: 'open',
      whole: { amount: '1000.00' },
      flows: { amount: '950.00' },
      since: expect.stringMatching(/T08:00:00/),
    });
  });

  it('are asked of some objects and told of those alone', () => {
    const { objects, links } = SHORT;
    expect(
      residualsOf(moneyNodes(objects), moneyLinks(links), TOLERANCE, new Map([['payment P', 'complete']]), new Set()),
    ).toEqual([]);
  });

  it('do not depend on the order of links', () => {
    const all = CASES.flatMap(({ objects, links }, index) => {
      const renamed = (name: string) => `${name}${index}`;
      const nodes = Object.entries(objects).map(([name, draft]) => [renamed(name), draft] as const);
      const renamedLinks = links.map(([from, qualifier, to, amount]): LinkDraft =>
        amount === undefined
          ? [renamed(from), qualifier, renamed(to)]
          : [renamed(from), qualifier, renamed(to), amount],
      );
      return [{ nodes, links: renamedLinks }];
    });
    const nodes = moneyNodes(Object.fromEntries(all.flatMap((one) => one.nodes)));
    const links = moneyLinks(all.flatMap((one) => one.links));
    const progressOf = new Map([...nodes.keys()].map((id): [string, MoneyProgress] => [id, 'complete']));
    const expected = residualsOf(nodes, links, TOLERANCE, progressOf, new Set());
    expect(expected.length).toBeGreaterThan(5);
    fc.assert(
      fc.property(fc.shuffledSubarray(links, { minLength: links.length }), (shuffled) => {
        expect(residualsOf(nodes, shuffled, TOLERANCE, progressOf, new Set())).toEqual(expected);
      }),
    );
  });
});
