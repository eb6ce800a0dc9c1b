import { describe, expect, it } from '@jest/globals';
import type { PeriodFact } from '../../exceptions/index.js';
import { closedPeriodOf, participleOf } from './since-failure.js';

const period = (standings: [string, 'open' | 'closing' | 'closed'][], name = '2026-09'): PeriodFact => ({
  legalEntity: 'DE01',
  ledger: '0L',
  period: name,
  standings: standings.map(([accountType, state]) => ({ accountType, state })),
});

describe('the posting period of a document', () => {
  it.each<[string, string, PeriodFact[], boolean]>([
    ['is open', 'invoice', [period([['', 'open']])], false],
    ['is being closed', 'invoice', [period([['', 'closing']])], false],
    ['is closed', 'invoice', [period([['', 'closed']])], true],
    [
      'is closed for what it posts',
      'invoice',
      [
        period([
          ['', 'open'],
          ['receivables', 'closed'],
        ]),
      ],
      true,
    ],
    [
      'is closed for something else',
      'invoice',
      [
        period([
          ['', 'open'],
          ['payables', 'closed'],
        ]),
      ],
      false,
    ],
    [
      'is open for what it posts',
      'invoice',
      [
        period([
          ['', 'closed'],
          ['receivables', 'open'],
        ]),
      ],
      false,
    ],
    ['nobody told of', 'invoice', [], false],
    ['of another month is closed', 'invoice', [period([['', 'closed']], '2026-08')], false],
  ])('%s', (_name, objectType, periods, isClosed) => {
    const document = { objectType, legalEntity: 'DE01', postingPeriod: '2026-09' };
    expect(closedPeriodOf(document, periods)).toBe(isClosed ? '2026-09 of DE01' : null);
  });

  it('of a document without one is none', () => {
    const document = { objectType: 'invoice', legalEntity: 'DE01', postingPeriod: null };
    expect(closedPeriodOf(document, [period([['', 'closed']])])).toBeNull();
  });
});

it('tells what was done', () => {
  expect(participleOf('invoice.written-off')).toBe('written off');
});
