import { describe, expect, it } from '@jest/globals';
import type { PeriodFact } from '../../../exceptions/index.js';
import { periodsFrom, postingDateOf, type PostedDocument, type PostingDate } from './posting-date.js';

const INVOICE: PostedDocument = {
  objectType: 'invoice',
  legalEntity: 'DE01',
  postedOn: '2026-09-28',
  postingPeriod: '2026-09',
};
const TODAY = '2026-11-12';

const period = (name: string, state: 'open' | 'closing' | 'closed', ledger = '0L'): PeriodFact => ({
  legalEntity: 'DE01',
  ledger,
  period: name,
  standings: [{ accountType: '', state }],
});
const CLOSED = period('2026-09', 'closed');

describe('the date on which what undoes a document is posted', () => {
  it.each<[string, Partial<PostedDocument>, PeriodFact[], PostingDate]>([
    ['its own, in an open period', {}, [period('2026-09', 'open')], { kind: 'original', on: '2026-09-28' }],
    [
      'its own, while the period is being closed',
      {},
      [period('2026-09', 'closing')],
      { kind: 'original', on: '2026-09-28' },
    ],
    ['its own, where nobody told of periods', {}, [], { kind: 'original', on: '2026-09-28' }],
    [
      'the first of its period, where its day is not known',
      { postedOn: null },
      [],
      { kind: 'original', on: '2026-09-01' },
    ],
    [
      'the first of its period, where its day is in another',
      { postedOn: '2026-08-31' },
      [],
      { kind: 'original', on: '2026-09-01' },
    ],
    [
      'today, where its day is not known and its period is now',
      { postedOn: null, postingPeriod: '2026-11' },
      [],
      { kind: 'original', on: TODAY },
    ],
    [
      'in the next open period',
      {},
      [CLOSED, period('2026-10', 'open'), period('2026-11', 'open')],
      { kind: 'next-open', on: '2026-10-01', closed: '2026-09 of DE01' },
    ],
    [
      'behind several closed ones',
      {},
      [CLOSED, period('2026-10', 'closed'), period('2026-11', 'open')],
      { kind: 'next-open', on: '2026-11-01', closed: '2026-09 of DE01' },
    ],
    [
      'not in a past period of which nobody told, but in the present one',
      {},
      [CLOSED],
      { kind: 'next-open', on: '2026-11-01', closed: '2026-09 of DE01' },
    ],
    [
      'nowhere, where all are closed',
      {},
      [CLOSED, period('2026-10', 'closed'), period('2026-11', 'closed')],
      { kind: 'none-open', closed: '2026-09 of DE01' },
    ],
    [
      'not in a period that one of two ledgers closed',
      {},
      [period('2026-09', 'open'), period('2026-09', 'closed', '2L'), period('2026-10', 'open')],
      { kind: 'next-open', on: '2026-10-01', closed: '2026-09 of DE01' },
    ],
    [
      'its own, where another entity closed the period',
      { legalEntity: 'US01' },
      [CLOSED],
      { kind: 'original', on: '2026-09-28' },
    ],
    ['as the target says, without a period', { postingPeriod: null }, [CLOSED], { kind: 'by-target' }],
    ['as the target says, without an entity', { legalEntity: null }, [CLOSED], { kind: 'by-target' }],
  ])('%s', (_name, over, periods, expected) =>
    expect(postingDateOf({ ...INVOICE, ...over }, 'original-or-next-open', periods, TODAY)).toEqual(expected),
  );

  it('is left to the target where that is declared', () =>
    expect(postingDateOf(INVOICE, 'by-target', [CLOSED], TODAY)).toEqual({ kind: 'by-target' }));
});

describe('the periods that are looked at', () => {
  it.each<[string, string | null, string[]]>([
    ['its own to the present one, over a year', '2025-11', ['2025-11', '2025-12', '2026-01']],
    ['its own alone, where it is in the future', '2026-03', ['2026-03']],
    ['none', null, []],
    ['none of what is no month', 'FY26', []],
  ])('%s', (_name, postingPeriod, expected) => expect(periodsFrom({ postingPeriod }, '2026-01-15')).toEqual(expected));

  it('are at most those of three years', () =>
    expect(periodsFrom({ postingPeriod: '2010-01' }, TODAY)).toHaveLength(36));
});
