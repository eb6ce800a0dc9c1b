import { describe, expect, it } from '@jest/globals';
import type { MoneyLink, MoneyNode } from '@throughline/lineage';
import { openAmount } from './open-amount.js';

const at = (hour: number) => new Date(Date.UTC(2026, 8, 30, hour));

type Link = [from: string, qualifier: string, to: string, amount?: string, hour?: number, currency?: string];

/** Objects are named "type number"; without an amount they are "type". */
function graphOf(objects: Record<string, string | null>, links: readonly Link[], undone: Record<string, number> = {}) {
  const nodes = new Map<string, MoneyNode>(
    Object.entries(objects).map(([objectId, amount]) => [
      objectId,
      {
        objectId,
        type: objectId.split(' ')[0]!,
        legalEntity: null,
        amount: amount === null ? null : { amount, currency: 'EUR' },
        direction: null,
        isSettled: false,
        undoneAt: undone[objectId] === undefined ? null : at(undone[objectId]).toISOString(),
      },
    ]),
  );
  const stated = links.map(([fromObjectId, qualifier, toObjectId, amount, hour = 9, currency = 'EUR']): MoneyLink => ({
    fromObjectId,
    toObjectId,
    qualifier,
    amount: amount === undefined ? null : { amount, currency },
    firstOccurredAt: at(hour).toISOString(),
    establishedAt: at(hour).toISOString(),
  }));
  return { nodes, links: stated };
}

type Case = {
  name: string;
  of: string;
  objects: Record<string, string | null>;
  links?: Link[];
  /** The hour at which an object was cancelled or rejected. */
  undone?: Record<string, number>;
  asOf?: Date;
  taxonomy?: string;
  left: string;
};

const ORDER = { 'sales-order O': '100.00', 'invoice I': '30.00', 'invoice J': '20.50' };
const BILLS: Link[] = [
  ['sales-order O', 'bills', 'invoice I', '30', 9],
  ['sales-order O', 'bills', 'invoice J', '20.50', 11],
];

describe('what is open at an object', () => {
  it.each<Case>([
    { name: 'nothing taken over', of: 'sales-order O', objects: ORDER, left: '100.00' },
    { name: 'partial billing', of: 'sales-order O', objects: ORDER, links: BILLS, left: '49.50' },
    {
      name: 'only what was taken before',
      of: 'sales-order O',
      objects: ORDER,
      links: BILLS,
      asOf: at(10),
      left: '70.00',
    },
    {
      name: 'what is taken at that very time counts as later',
      of: 'sales-order O',
      objects: ORDER,
      links: BILLS,
      asOf: at(9),
      left: '100.00',
    },
    {
      name: 'all taken over',
      of: 'invoice I',
      objects: { 'invoice I': '100.00', 'payment P': '100.00' },
      links: [['invoice I', 'settles', 'payment P']],
      left: '0.00',
    },
    {
      name: 'more than all',
      of: 'invoice I',
      objects: { 'invoice I': '100.00', 'payment P': '130.00' },
      links: [['invoice I', 'settles', 'payment P', '130']],
      left: '0.00',
    },
    {
      name: 'a cash discount is not open',
      of: 'invoice I',
      objects: { 'invoice I': '100.00', 'payment P': '97.00' },
      links: [
        ['invoice I', 'settles', 'payment P', '97'],
        ['invoice I', 'discounts', 'payment P', '3'],
      ],
      left: '0.00',
    },
    {
      name: 'a deposit is not open at the order',
      of: 'sales-order O',
      objects: { 'sales-order O': '100.00', 'payment P': '30.00' },
      links: [['sales-order O', 'prepays', 'payment P', '30']],
      left: '70.00',
    },
    {
      name: 'a payment that came back opens the invoice again',
      of: 'invoice I',
      objects: { 'invoice I': '100.00', 'payment P': '100.00', 'return R': '100.00' },
      links: [
        ['invoice I', 'settles', 'payment P', '100'],
        ['payment P', 'returns', 'return R', '100', 12],
      ],
      left: '100.00',
    },
    {
      name: 'another currency takes nothing',
      of: 'invoice I',
      objects: { 'invoice I': '100.00', 'payment P': '30.00', 'payment Q': '20.00' },
      links: [
        ['invoice I', 'settles', 'payment P', '30', 9, 'USD'],
        ['invoice I', 'settles', 'payment Q', '20'],
      ],
      left: '80.00',
    },
    {
      name: 'a payment that is booked is not smaller for it',
      of: 'payment P',
      objects: { 'payment P': '100.00', 'bank-entry B': '100.00' },
      links: [['payment P', 'books', 'bank-entry B']],
      left: '100.00',
    },
    {
      name: 'a payment that was sent in a batch is not smaller for it: rejected, all of it is at risk',
      of: 'payment P',
      objects: { 'payment P': '100.00', 'payment-batch B': '250.00' },
      links: [['payment P', 'batches', 'payment-batch B', '100']],
      left: '100.00',
    },
    {
      name: 'an over payment: what no invoice explains',
      of: 'payment P',
      objects: { 'invoice I': '100.00', 'payment P': '130.00' },
      links: [['invoice I', 'settles', 'payment P', '100']],
      taxonomy: 'cash-and-payment.over-payment',
      left: '30.00',
    },
    {
      name: 'an unidentified receipt: all of it',
      of: 'bank-entry B',
      objects: { 'bank-entry B': '7.00' },
      taxonomy: 'cash-and-payment.unidentified-receipt',
      left: '7.00',
    },
    {
      name: 'an invoice whose payment the bank rejected: all of it again',
      of: 'invoice I',
      objects: { 'invoice I': '100.00', 'payment P': '100.00' },
      links: [['invoice I', 'settles', 'payment P', '100']],
      undone: { 'payment P': 12 },
      left: '100.00',
    },
    {
      name: 'before the rejection it was paid',
      of: 'invoice I',
      objects: { 'invoice I': '100.00', 'payment P': '100.00' },
      links: [['invoice I', 'settles', 'payment P', '100']],
      undone: { 'payment P': 12 },
      asOf: at(12),
      left: '0.00',
    },
    {
      name: 'a payment that the bank rejected: all of it',
      of: 'payment P',
      objects: { 'invoice I': '100.00', 'payment P': '100.00', 'payment-batch B': '100.00' },
      links: [
        ['invoice I', 'settles', 'payment P', '100'],
        ['payment P', 'batches', 'payment-batch B', '100'],
      ],
      undone: { 'payment P': 12 },
      left: '100.00',
    },
    {
      name: 'a cancelled invoice: nothing',
      of: 'invoice I',
      objects: { 'invoice I': '100.00' },
      undone: { 'invoice I': 12 },
      left: '0.00',
    },
    {
      name: 'what passes nothing on: its amount',
      of: 'journal-entry J',
      objects: { 'journal-entry J': '7.00' },
      left: '7.00',
    },
  ])('$name', ({ of, objects, links = [], undone, asOf = null, taxonomy = null, left }) => {
    const graph = graphOf(objects, links, undone);
    expect(openAmount(of, graph.nodes, graph.links, { asOf, taxonomy })).toEqual({ amount: left, currency: 'EUR' });
  });

  it('knows no amount of an object without one', () => {
    const graph = graphOf({ 'sales-order O': null, 'invoice I': '30.00' }, [['sales-order O', 'bills', 'invoice I']]);
    expect(openAmount('sales-order O', graph.nodes, graph.links, { asOf: null, taxonomy: null })).toBeNull();
  });
});
