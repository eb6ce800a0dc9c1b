import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moneyPlaceOf, type HoldingLink } from './money-place.js';

type Draft = [from: string, qualifier: string, to: string, hour?: number];

const linksOf = (drafts: readonly Draft[]): HoldingLink[] =>
  drafts.map(([fromObjectId, qualifier, toObjectId, hour = 9]) => ({
    fromObjectId,
    qualifier,
    toObjectId,
    firstOccurredAt: new Date(Date.UTC(2026, 8, 30, hour)).toISOString(),
  }));

const BATCHED: Draft[] = [
  ['payment P', 'batches', 'batch B'],
  ['payment Q', 'batches', 'batch B'],
  ['batch B', 'books', 'entry E'],
];

describe('where the money of an object is held', () => {
  it.each<[name: string, of: string, links: Draft[], part: string | null, whole: string | null]>([
    ['nowhere but at itself', 'payment P', [], null, null],
    ['a payment in a batch that is booked', 'payment P', BATCHED, 'batch B', 'entry E'],
    ['the batch', 'batch B', BATCHED, 'batch B', 'entry E'],
    ['the entry that books it', 'entry E', BATCHED, 'entry E', 'entry E'],
    ['a batch that is not booked yet', 'batch B', BATCHED.slice(0, 2), 'batch B', 'batch B'],
    ['a payment that is booked by itself', 'payment P', [['payment P', 'books', 'entry E']], 'payment P', 'entry E'],
    [
      'a payment of a block of a file',
      'payment P',
      [
        ['payment P', 'batches', 'block'],
        ['block', 'gathers', 'file'],
        ['file', 'books', 'entry E'],
      ],
      'file',
      'entry E',
    ],
    [
      'the batch before the entry, the later batch before the earlier',
      'payment P',
      [
        ['payment P', 'books', 'entry E', 12],
        ['payment P', 'batches', 'batch B', 9],
        ['payment P', 'batches', 'batch C', 10],
      ],
      'payment P',
      'batch C',
    ],
    ['an opportunity', 'opportunity', [['opportunity', 'formalises', 'contract']], 'opportunity', 'contract'],
    [
      'links in a circle',
      'a',
      [
        ['a', 'gathers', 'b'],
        ['b', 'gathers', 'a'],
      ],
      'a',
      'b',
    ],
  ])('%s', (_name, of, drafts, moneyPartId, moneyWholeId) => {
    expect(moneyPlaceOf(of, linksOf(drafts))).toEqual({ moneyPartId, moneyWholeId });
  });

  it('does not depend on the order of the links', () => {
    const drafts: Draft[] = [...BATCHED, ['payment P', 'batches', 'batch C', 9], ['payment P', 'books', 'entry F', 11]];
    fc.assert(
      fc.property(fc.shuffledSubarray(drafts, { minLength: drafts.length }), (shuffled) => {
        expect(moneyPlaceOf('payment P', linksOf(shuffled))).toEqual({
          moneyPartId: 'batch B',
          moneyWholeId: 'entry E',
        });
      }),
    );
  });
});
