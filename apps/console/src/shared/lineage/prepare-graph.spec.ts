import { describe, expect, it } from '@jest/globals';
import { joinGraphs, prepareGraph, type GraphLink, type GraphObject } from './prepare-graph.js';

const object = (id: string, isHub = false): GraphObject => ({
  id,
  type: id,
  key: id,
  isHub,
  isPlaceholder: false,
  amount: null,
});
const link = (from: string, to: string, isContext = false): GraphLink => ({
  from,
  to,
  qualifier: 'q',
  isContext,
  isEstablished: true,
  amount: null,
});

const OBJECTS = [
  object('contract'),
  object('order'),
  object('invoice-1'),
  object('invoice-2'),
  { ...object('position', true), gathers: 4_402 },
  object('customer'),
];
const LINKS = [
  link('contract', 'order'),
  link('order', 'invoice-1'),
  link('order', 'invoice-2'),
  link('invoice-1', 'position'),
  link('invoice-2', 'position'),
  link('customer', 'contract', true),
  link('order', 'elsewhere'),
];

describe('the lineage graph', () => {
  const { nodes, links } = prepareGraph(OBJECTS, LINKS);
  const at = (id: string) => nodes.find((node) => node.id === id)?.x ?? Number.NaN;

  it('runs from left to right as the money goes', () => {
    expect(at('contract')).toBeLessThan(at('order'));
    expect(at('order')).toBeLessThan(at('invoice-1'));
    expect(at('invoice-1')).toBe(at('invoice-2'));
    expect(at('invoice-2')).toBeLessThan(at('position'));
  });

  it('puts context below what it belongs to, out of the way', () => {
    const contract = nodes.find((node) => node.id === 'contract');
    const customer = nodes.find((node) => node.id === 'customer');
    expect(customer?.x).toBe(contract?.x);
    expect(customer?.y).toBeGreaterThan(contract?.y ?? 0);
  });

  it('counts what a hub gathers, and draws no link into nothing', () => {
    expect(nodes.find((node) => node.id === 'position')?.gathered).toBe(2);
    expect(links).toHaveLength(6);
    expect(nodes.map(({ id, further }) => [id, further])).toContainEqual(['position', 4_400]);
    expect(nodes.filter(({ further }) => further > 0)).toHaveLength(1);
  });

  it('puts what is shown upstream of a document at its left, each object and link once', () => {
    const upstream = {
      objects: [
        { ...object('order'), furtherCount: 3 },
        { ...object('quote'), furtherCount: 2 },
      ],
      links: [link('quote', 'order'), link('contract', 'order')],
    };
    const joined = joinGraphs([{ objects: OBJECTS, links: LINKS }, upstream]);
    expect(joined.objects.map(({ id }) => id)).toEqual([...OBJECTS.map(({ id }) => id), 'quote']);
    expect(joined.links).toHaveLength(LINKS.length + 1);
    const placed = prepareGraph(joined.objects, joined.links).nodes;
    const [quote, order] = ['quote', 'order'].map((id) => placed.find((node) => node.id === id));
    expect(quote?.x).toBeLessThan(order?.x ?? 0);
    expect([quote?.further, order?.further]).toEqual([2, 0]);
  });
});
