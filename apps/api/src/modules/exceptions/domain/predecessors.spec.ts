import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { predecessorsOf, type FlowLink } from './predecessors.js';

const chain: FlowLink[] = [
  { from: 'contract', to: 'order' },
  { from: 'order', to: 'delivery' },
  { from: 'delivery', to: 'invoice' },
  { from: 'invoice', to: 'payment' },
];
const open = (...objects: string[]) => new Map(objects.map((object) => [object, [`x-${object}`]]));

describe('predecessorsOf', () => {
  it.each<[string, string, FlowLink[], Map<string, string[]>, string[]]>([
    ['nothing is stuck', 'invoice', chain, open(), []],
    ['what comes after blocks nothing', 'order', chain, open('payment', 'order'), []],
    [
      'the nearest first, the root last',
      'invoice',
      chain,
      open('contract', 'delivery'),
      ['x-delivery 1', 'x-contract 3 root'],
    ],
    ['one is the root', 'payment', chain, open('order'), ['x-order 3 root']],
    [
      'of two ways in, each has its root',
      'settlement',
      [
        { from: 'a', to: 'settlement' },
        { from: 'b', to: 'settlement' },
      ],
      open('a', 'b'),
      ['x-a 1 root', 'x-b 1 root'],
    ],
    [
      'a circle ends',
      'a',
      [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
      open('a', 'b'),
      ['x-b 1 root'],
    ],
  ])('%s', (_name, object, links, stuck, expected) => {
    const words = predecessorsOf(object, links, stuck).map(
      ({ exceptionId, steps, isRoot }) => `${exceptionId} ${steps}${isRoot ? ' root' : ''}`,
    );
    expect(words).toEqual(expected);
  });

  it('does not depend on the order of the links, and always has a root where something blocks', () => {
    const object = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    // links that point along the alphabet make no circle
    const link = fc.tuple(object, object).filter(([from, to]) => from < to);
    fc.assert(
      fc.property(fc.array(link), fc.subarray(['a', 'b', 'c', 'd']), (pairs, stuck) => {
        const links = pairs.map(([from, to]) => ({ from, to }));
        const found = predecessorsOf('e', links, open(...stuck));
        expect(predecessorsOf('e', [...links].reverse(), open(...stuck))).toEqual(found);
        expect(found.length === 0 || found.some(({ isRoot }) => isRoot)).toBe(true);
      }),
    );
  });
});
