import { describe, expect, it } from '@jest/globals';
import { changedCompensation, type FrozenCompensation } from './changed-compensation.js';

const FROZEN: FrozenCompensation = {
  documentKey: '9001',
  amount: '-100.00',
  currency: 'EUR',
  postingOn: '2026-09-28',
};
const NOW: Parameters<typeof changedCompensation>[1] = {
  willSend: true,
  reason: null,
  postingDate: { kind: 'original', on: '2026-09-28' },
  amount: '-100.00',
  currency: 'EUR',
};

describe('what is otherwise than it was asked for', () => {
  it.each<[string, Partial<typeof NOW>, string | null]>([
    ['nothing', {}, null],
    [
      'it was undone',
      { willSend: false, reason: 'Invoice 9001 was reversed already.' },
      '9001: invoice 9001 was reversed already',
    ],
    ['its amount', { amount: '-120.00' }, 'the money effect of 9001 was EUR -100.00 and is EUR -120.00'],
    ['its amount is not known any more', { amount: null }, 'the money effect of 9001 was EUR -100.00 and is not known'],
    ['its day, within its period', { postingDate: { kind: 'original', on: '2026-09-29' } }, null],
    [
      'its period was closed',
      { postingDate: { kind: 'next-open', on: '2026-10-01', closed: '2026-09 of DE01' } },
      '9001 was to be posted on 2026-09-28 and would be on 2026-10-01',
    ],
    [
      'its period is not known any more',
      { postingDate: { kind: 'by-target' } },
      '9001 was to be posted on 2026-09-28 and would be on one of the target',
    ],
  ])('%s', (_name, over, words) => expect(changedCompensation(FROZEN, { ...NOW, ...over })).toBe(words));
});
