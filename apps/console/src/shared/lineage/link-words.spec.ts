import { describe, expect, it } from '@jest/globals';
import { attemptedLegend, linkLabel, linkName } from './link-words.js';

const link = (isEstablished: boolean, isContext = false) => ({
  ...{ qualifier: 'settles', isEstablished, isContext, amount: null },
});

describe('the words of links', () => {
  it('mark what only attempts that failed state', () => {
    expect(linkLabel(link(true))).toBe('settles');
    expect(linkLabel(link(false))).toBe('settles · attempted');
    expect(linkName({ ...link(false), amount: { amount: '970.00', currency: 'EUR' } })).toMatch(
      /^settles · attempted EUR\s970/,
    );
  });

  it.each([
    [[], null],
    [[link(true)], null],
    [[link(true), link(false)], 'Dashed and “attempted”: a link that only attempts that failed state.'],
    [[link(false, true)], null],
    [
      [link(false), link(false), link(false, true)],
      'Dashed and “attempted”: 2 links that only attempts that failed state.',
    ],
  ])('explain them where there are any', (links, legend) => expect(attemptedLegend(links)).toBe(legend));
});
