import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '@throughline/canonical';
import { at } from '../testing/activity-builder.js';
import { type BatchLink, refusedWithBatch } from './batch-refusals.js';
import type { StandingAct } from './undone-objects.js';

type Told = readonly [type: string, time: string, outcome?: Outcome];

const told = (acts: readonly Told[]): StandingAct[] =>
  acts.map(([type, time, outcome = 'success']) => ({ type: `payment-batch.${type}`, outcome, occurredAt: at(time) }));
const link = (fromObjectId: string, toObjectId: string, time: string, isEstablished = true): BatchLink => ({
  fromObjectId,
  toObjectId,
  firstOccurredAt: at(time),
  establishedAt: isEstablished ? at(time) : null,
});

const IN_BLOCK = link('P', 'block', '08:00');
const IN_FILE = link('block', 'file', '08:00');

const CASES: { name: string; links: BatchLink[]; acts: Record<string, Told[]>; refused: string | null }[] = [
  { name: 'in no batch', links: [], acts: {}, refused: null },
  { name: 'in a batch that was sent', links: [IN_BLOCK], acts: { block: [['sent', '09:00']] }, refused: null },
  {
    name: 'in a block that the bank rejected, told as a failure',
    links: [IN_BLOCK],
    acts: {
      block: [
        ['sent', '09:00'],
        ['rejected', '10:00', 'failure'],
      ],
    },
    refused: '10:00',
  },
  {
    name: 'in a block that was cancelled before it was sent',
    links: [IN_BLOCK],
    acts: {
      block: [
        ['approved', '09:00'],
        ['cancelled', '10:00'],
      ],
    },
    refused: '10:00',
  },
  {
    name: 'in a block whose cancellation failed',
    links: [IN_BLOCK],
    acts: { block: [['cancelled', '10:00', 'failure']] },
    refused: null,
  },
  {
    name: 'in a file that the bank rejected as a whole',
    links: [IN_BLOCK, IN_FILE],
    acts: { block: [['sent', '09:00']], file: [['rejected', '10:00', 'failure']] },
    refused: '10:00',
  },
  {
    name: 'in a block that the bank took after it had rejected the file',
    links: [IN_BLOCK, IN_FILE],
    acts: { block: [['accepted', '11:00']], file: [['rejected', '10:00', 'failure']] },
    refused: null,
  },
  {
    name: 'in a rejected block of a file that was taken in part',
    links: [IN_BLOCK, IN_FILE],
    acts: { block: [['rejected', '10:00', 'failure']], file: [['accepted', '11:00']] },
    refused: '10:00',
  },
  {
    name: 'in a batch that was sent again under its own number',
    links: [IN_BLOCK],
    acts: {
      block: [
        ['rejected', '10:00', 'failure'],
        ['sent', '11:00'],
      ],
    },
    refused: null,
  },
  {
    name: 'moved to another batch',
    links: [IN_BLOCK, link('P', 'next', '11:00')],
    acts: { block: [['rejected', '10:00', 'failure']], next: [['sent', '11:00']] },
    refused: null,
  },
  {
    name: 'not moved to another batch: the attempt failed',
    links: [IN_BLOCK, link('P', 'next', '11:00', false)],
    acts: { block: [['rejected', '10:00', 'failure']], next: [] },
    refused: '10:00',
  },
  {
    name: 'in no batch but that of an attempt which failed with it',
    links: [link('P', 'block', '08:00', false)],
    acts: { block: [['rejected', '10:00', 'failure']] },
    refused: '10:00',
  },
  {
    name: 'rejected in the other batch too',
    links: [IN_BLOCK, link('P', 'next', '11:00')],
    acts: { block: [['rejected', '10:00', 'failure']], next: [['rejected', '12:00', 'failure']] },
    refused: '12:00',
  },
  {
    name: 'a file that is a block of itself, and blocks in a circle',
    links: [IN_BLOCK, IN_FILE, link('file', 'block', '08:00'), link('block', 'block', '09:00')],
    acts: { file: [['rejected', '10:00', 'failure']] },
    refused: '10:00',
  },
];

describe('a payment whose batch does not go', () => {
  it.each(CASES)('$name: $refused', ({ links, acts, refused }) => {
    for (const order of [links, links.toReversed(), [...links, ...links]]) {
      for (const reversed of [false, true]) {
        const actsOf = (batchId: string) => {
          const ofBatch = told(acts[batchId] ?? []);
          return reversed ? ofBatch.reverse() : ofBatch;
        };
        expect(refusedWithBatch(order, actsOf)('P')).toBe(refused === null ? null : at(refused));
      }
    }
  });
});
