import { describe, expect, it } from '@jest/globals';
import { moneyLinks, moneyNodes, type LinkDraft, type NodeDraft } from '../testing/money-builder.js';
import { waitingDocuments } from './waiting-documents.js';

/** What waits, as "sales-order O: 600.00 EUR" for one context object, or "customer C/…" for several. */
function waiting(
  attached: Record<string, string[]>,
  objects: Record<string, NodeDraft>,
  drafts: LinkDraft[],
): string[] {
  const pairs = Object.entries(attached).flatMap(([contextId, ids]) =>
    ids.map((objectId) => ({ contextId, objectId })),
  );
  return waitingDocuments(pairs, moneyNodes(objects), moneyLinks(drafts)).map(
    ({ contextId, objectId, open }) =>
      `${contextId}: ${objectId} ${open === null ? 'not known' : `${open.amount} ${open.currency}`}`,
  );
}

describe('the documents that wait for a customer, supplier, account or period', () => {
  it.each<{
    name: string;
    attached: Record<string, string[]>;
    objects: Record<string, NodeDraft>;
    links: LinkDraft[];
    expected: string[];
  }>([
    {
      // 1000.00 less 400.00 billed; 400.00 less 150.00 paid
      name: 'each unit once: the unbilled part on the order, the unpaid part on the invoice',
      attached: { C: ['sales-order O', 'invoice I', 'payment P'] },
      objects: {
        'sales-order O': { amount: '1000.00 EUR' },
        'invoice I': { amount: '400.00 EUR' },
        'payment P': { amount: '150.00 EUR' },
        'bank-entry B': { amount: '150.00 EUR' },
      },
      links: [
        ['sales-order O', 'bills', 'invoice I', '400.00 EUR'],
        ['invoice I', 'settles', 'payment P', '150.00 EUR'],
        ['payment P', 'books', 'bank-entry B', '150.00 EUR'],
      ],
      expected: ['C: sales-order O 600.00 EUR', 'C: invoice I 250.00 EUR'],
    },
    {
      name: 'a payment that lies in a batch still waits for its supplier',
      attached: { S: ['payment P'] },
      objects: { 'payment P': { amount: '80.00 EUR' }, 'payment-batch B': { amount: '80.00 EUR' } },
      links: [['payment P', 'batches', 'payment-batch B', '80.00 EUR']],
      expected: ['S: payment P 80.00 EUR'],
    },
    {
      name: 'of a payment and its batch that wait for the same account the batch alone counts',
      attached: { A: ['payment P', 'payment-batch B'], S: ['payment P'] },
      objects: { 'payment P': { amount: '80.00 EUR' }, 'payment-batch B': { amount: '80.00 EUR' } },
      links: [['payment P', 'batches', 'payment-batch B', '80.00 EUR']],
      expected: ['A: payment-batch B 80.00 EUR', 'S: payment P 80.00 EUR'],
    },
    {
      name: 'what has no amount is said, goods without one and what passes nothing on are no money',
      attached: { C: ['sales-order O', 'delivery D', 'dunning-notice N', 'opportunity P'] },
      objects: {
        'sales-order O': {},
        'delivery D': {},
        'dunning-notice N': {},
        'opportunity P': { amount: '9.00 EUR' },
      },
      links: [],
      expected: ['C: sales-order O not known'],
    },
    { name: 'none waits', attached: { C: [] }, objects: {}, links: [], expected: [] },
  ])('$name', ({ attached, objects, links, expected }) => {
    expect(waiting(attached, objects, links)).toEqual(expected);
    expect(waiting(attached, objects, links.toReversed())).toEqual(expected);
  });

  it('says nothing of money that could not be read whole', () => {
    const nodes = moneyNodes({ 'invoice I': { amount: '10.00 EUR' } });
    expect(waitingDocuments([{ contextId: 'C', objectId: 'invoice I' }], nodes, null)).toEqual([
      { contextId: 'C', objectId: 'invoice I', open: null },
    ]);
  });
});
