import { describe, expect, it } from '@jest/globals';
import { HUB_TYPES } from '@throughline/canonical';
import { grouped } from './grouped.js';
import { moneyLinks, moneyNodes, type LinkDraft, type NodeDraft } from '../testing/money-builder.js';
import { impactOf, openAmountOf } from './impact.js';
import { balanceMoney } from './money-balances.js';

/** What is affected, as "in 600.00 EUR, out 10.00 USD (2 documents)"; "incomplete" when it is more than is said. */
function affectedBy(
  start: string,
  objects: Record<string, NodeDraft>,
  drafts: LinkDraft[],
  begins?: string[],
): Record<string, string> {
  const nodes = moneyNodes(objects);
  const links = moneyLinks(drafts);
  const balances = grouped(balanceMoney(nodes, links), ({ objectId }) => objectId);
  const onWay = new Map(
    [...nodes].map(([id, { objectId, type, amount, direction }]) => [
      id,
      { objectId, type, amount, direction, isHub: HUB_TYPES.has(type) },
    ]),
  );
  const affected = impactOf(start, onWay, links, (id) => openAmountOf(balances.get(id) ?? []), begins);
  return Object.fromEntries(
    affected.map(({ objectId, inflow, outflow, documents, isComplete }) => {
      const amounts = [
        ...inflow.map(({ amount, currency }) => `in ${amount} ${currency}`),
        ...outflow.map(({ amount, currency }) => `out ${amount} ${currency}`),
      ].join(', ');
      return [objectId, `${amounts || 'no amount'} (${documents})${isComplete ? '' : ' incomplete'}`];
    }),
  );
}

const ORDER: NodeDraft = { amount: '1000.00 EUR' };

describe('what a stuck document affects downstream', () => {
  type Case = {
    name: string;
    start: string;
    begins?: string[];
    objects: Record<string, NodeDraft>;
    links: LinkDraft[];
    expected: object;
  };
  it.each<Case>([
    {
      name: 'an order: its forecast in full while nothing is billed, and what counts on the forecast',
      start: 'sales-order O',
      objects: { 'sales-order O': ORDER, 'cash-forecast F': {}, 'forecast-version V': {}, 'report R': {} },
      links: [
        ['sales-order O', 'projects', 'cash-forecast F'],
        ['cash-forecast F', 'feeds', 'forecast-version V'],
        ['forecast-version V', 'feeds', 'report R'],
      ],
      expected: {
        'cash-forecast F': 'in 1000.00 EUR (1)',
        'forecast-version V': 'in 1000.00 EUR (1)',
        'report R': 'in 1000.00 EUR (1)',
      },
    },
    {
      // 400.00 billed, of which 150.00 paid: 250.00 on the invoice, 600.00 on the order
      name: 'each unit once: the billed part on the invoice, the rest on the order',
      start: 'sales-order O',
      objects: {
        'sales-order O': ORDER,
        'invoice I': { amount: '400.00 EUR' },
        'payment P': { amount: '150.00 EUR' },
        'bank-entry B': { amount: '150.00 EUR' },
        'cash-forecast F': {},
      },
      links: [
        ['sales-order O', 'projects', 'cash-forecast F', '1000.00 EUR'],
        ['sales-order O', 'bills', 'invoice I', '400.00 EUR'],
        ['invoice I', 'projects', 'cash-forecast F', '400.00 EUR'],
        ['invoice I', 'settles', 'payment P', '150.00 EUR'],
        ['payment P', 'books', 'bank-entry B'],
      ],
      expected: { 'invoice I': 'in 250.00 EUR (1)', 'cash-forecast F': 'in 850.00 EUR (2)' },
    },
    {
      name: 'a link that says how much brings no more than that',
      start: 'invoice A',
      objects: { 'invoice A': ORDER, 'cash-forecast F': {} },
      links: [['invoice A', 'projects', 'cash-forecast F', '300.00 EUR']],
      expected: { 'invoice A': 'in 1000.00 EUR (1)', 'cash-forecast F': 'in 300.00 EUR (1)' },
    },
    {
      name: 'inflow and outflow apart, never netted',
      start: 'contract C',
      objects: {
        'contract C': {},
        'invoice I': { amount: '500.00 USD' },
        'supplier-invoice S': { amount: '200.00 USD' },
        'cash-forecast F': {},
      },
      links: [
        ['contract C', 'fulfils', 'invoice I', '500.00 USD'],
        ['contract C', 'fulfils', 'supplier-invoice S', '200.00 USD'],
        ['invoice I', 'projects', 'cash-forecast F'],
        ['supplier-invoice S', 'projects', 'cash-forecast F'],
      ],
      expected: {
        'invoice I': 'in 500.00 USD (1)',
        'supplier-invoice S': 'out 200.00 USD (1)',
        'cash-forecast F': 'in 500.00 USD, out 200.00 USD (2)',
      },
    },
    {
      name: 'what is paid affects nothing any more',
      start: 'invoice I',
      objects: { 'invoice I': ORDER, 'payment P': ORDER, 'cash-forecast F': {} },
      links: [
        ['invoice I', 'settles', 'payment P'],
        ['invoice I', 'projects', 'cash-forecast F'],
      ],
      expected: {},
    },
    {
      name: 'a stuck document never makes a cash position wrong',
      start: 'payment P',
      objects: { 'payment P': ORDER, 'bank-entry B': ORDER, 'bank-statement S': {}, 'cash-position H': {} },
      links: [
        ['payment P', 'books', 'bank-entry B'],
        ['bank-entry B', 'lists', 'bank-statement S'],
        ['bank-statement S', 'gathers', 'cash-position H'],
      ],
      expected: {},
    },
    {
      name: 'a missing or inconsistent statement does',
      start: 'bank-statement S',
      objects: { 'bank-statement S': {}, 'cash-position H': {}, 'cash-forecast F': {} },
      links: [
        ['bank-statement S', 'gathers', 'cash-position H'],
        ['cash-position H', 'feeds', 'cash-forecast F'],
      ],
      expected: { 'cash-position H': 'no amount (0)', 'cash-forecast F': 'no amount (0)' },
    },
    {
      name: 'an amount that is not known is said, not left out',
      start: 'sales-order O',
      objects: { 'sales-order O': {}, 'cash-forecast F': {} },
      links: [['sales-order O', 'projects', 'cash-forecast F']],
      expected: { 'cash-forecast F': 'no amount (1) incomplete' },
    },
    {
      name: 'a customer: what the documents that name it lead to, each unit once',
      start: 'customer C',
      begins: ['sales-order O', 'invoice I'],
      objects: {
        'customer C': {},
        'sales-order O': ORDER,
        'invoice I': { amount: '400.00 EUR' },
        'cash-forecast F': {},
      },
      links: [
        ['sales-order O', 'projects', 'cash-forecast F'],
        ['sales-order O', 'bills', 'invoice I', '400.00 EUR'],
        ['invoice I', 'projects', 'cash-forecast F'],
      ],
      expected: { 'invoice I': 'in 400.00 EUR (1)', 'cash-forecast F': 'in 1000.00 EUR (2)' },
    },
    {
      name: 'a bank account: its positions, and what counts on them',
      start: 'bank-account A',
      begins: ['bank-statement S', 'cash-position G'],
      objects: {
        'bank-account A': {},
        'bank-statement S': {},
        'cash-position G': {},
        'cash-position H': {},
        'cash-forecast F': {},
      },
      links: [
        ['bank-statement S', 'gathers', 'cash-position H'],
        ['cash-position H', 'feeds', 'cash-forecast F'],
      ],
      expected: {
        'cash-position G': 'no amount (0)',
        'cash-position H': 'no amount (0)',
        'cash-forecast F': 'no amount (0)',
      },
    },
    {
      name: 'a supplier whose payments lie at the bank makes no position wrong',
      start: 'supplier S',
      begins: ['payment P'],
      objects: { 'supplier S': {}, 'payment P': ORDER, 'bank-statement B': {}, 'cash-position H': {} },
      links: [
        ['payment P', 'lists', 'bank-statement B'],
        ['bank-statement B', 'gathers', 'cash-position H'],
      ],
      expected: {},
    },
  ])('$name', ({ start, begins, objects, links, expected }) => {
    expect(affectedBy(start, objects, links, begins)).toEqual(expected);
    expect(affectedBy(start, objects, links.toReversed(), begins)).toEqual(expected);
  });
});
