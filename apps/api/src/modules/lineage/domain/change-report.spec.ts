import { describe, expect, it } from '@jest/globals';
import { formatAmount, type Money } from '@throughline/canonical';
import { changedDocuments, exceptionChanges, moneyChanges, type ChangedRow, type ChangeRow } from './change-report.js';

const eur = (amount: string): Money => ({ amount, currency: 'EUR' });
const row = (id: string, amount: string | null, more: ChangeRow = {}): ChangeRow => ({
  object_id: id,
  type: 'invoice',
  legal_entity: 'DE01',
  amount,
  currency: amount === null ? null : 'EUR',
  attributes: {},
  ...more,
});
const NONE = { before: new Map<string, Money>(), after: new Map<string, Money>() };
const nobody = new Map();

describe('money of documents that change', () => {
  it.each<[string, ChangedRow, string[]]>([
    [
      'another amount',
      { before: row('1', '10.00'), after: row('1', '12.50') },
      ['invoice DE01 EUR 1: 10.00 → 12.50, by 2.50'],
    ],
    [
      'a smaller amount',
      { before: row('1', '10.00'), after: row('1', '4.00') },
      ['invoice DE01 EUR 1: 10.00 → 4.00, by 6.00'],
    ],
    ['a new document', { before: null, after: row('1', '4.00') }, ['invoice DE01 EUR 1: 0.00 → 4.00, by 4.00']],
    ['one that is gone', { before: row('1', '4.00'), after: null }, ['invoice DE01 EUR 1: 4.00 → 0.00, by 4.00']],
    [
      'an amount that nobody told before',
      { before: row('1', null), after: row('1', '4.00') },
      ['invoice DE01 EUR 1: 0.00 → 4.00, by 4.00'],
    ],
    ['another name alone', { before: row('1', '4.00', { key: 'a' }), after: row('1', '4.00', { key: 'b' }) }, []],
    ['the same amount in other words', { before: row('1', '4'), after: row('1', '4.00') }, []],
    [
      'another currency',
      { before: row('1', '4.00'), after: row('1', '5.00', { currency: 'USD' }) },
      ['invoice DE01 EUR 1: 4.00 → 0.00, by 4.00', 'invoice DE01 USD 1: 0.00 → 5.00, by 5.00'],
    ],
    [
      'another entity',
      { before: row('1', '4.00'), after: row('1', '4.00', { legal_entity: 'FR01' }) },
      ['invoice DE01 EUR 1: 4.00 → 0.00, by 4.00', 'invoice FR01 EUR 1: 0.00 → 4.00, by 4.00'],
    ],
  ])('%s', (_name, change, expected) => {
    const told = moneyChanges([change], NONE, nobody).map(
      ({ objectType, legalEntity, currency, documents, before, after, moved }) =>
        `${objectType} ${legalEntity ?? ''} ${currency} ${documents}: ${formatAmount(before, currency)} → ${formatAmount(after, currency)}, by ${formatAmount(moved, currency)}`,
    );
    expect(told).toEqual(expected);
  });

  it('adds up per kind, entity and currency, whatever their order', () => {
    const changes = [
      { before: row('1', '1.00'), after: row('1', '2.00') },
      { before: row('2', '5.00'), after: row('2', '3.00') },
    ];
    const expected = [{ documents: 2, before: '6.00', after: '5.00', moved: '3.00' }];
    expect(moneyChanges(changes, NONE, nobody)).toMatchObject(expected);
    expect(moneyChanges(changes.toReversed(), NONE, nobody)).toMatchObject(expected);
  });

  it('tells what is open, also of a document of which only a link changes', () => {
    const open = { before: new Map([['1', eur('10.00')]]), after: new Map([['1', eur('2.00')]]) };
    const places = new Map([['1', { objectType: 'invoice', legalEntity: 'DE01', amount: eur('10.00') }]]);
    expect(moneyChanges([], open, places)).toMatchObject([
      { documents: 1, before: '10.00', after: '10.00', openBefore: '10.00', openAfter: '2.00', moved: '8.00' },
    ]);
  });

  it('tells no open amount of a sum of which one is not known', () => {
    const open = { before: new Map([['1', eur('1.00')]]), after: new Map([['1', eur('2.00')]]) };
    const changes = [
      { before: row('1', '1.00'), after: row('1', '2.00') },
      { before: row('2', '5.00'), after: row('2', '3.00') },
    ];
    expect(moneyChanges(changes, open, nobody)).toMatchObject([{ openBefore: null, openAfter: null }]);
  });
});

describe('exceptions', () => {
  const problem = (cleared: string | null, message = 'x'): ChangeRow => ({
    taxonomy: 't',
    message,
    cleared_at: cleared,
  });
  it.each<[string, ChangedRow, [number, number, number]]>([
    ['open with a new problem', { before: null, after: problem(null) }, [1, 0, 0]],
    ['open with one that was overcome', { before: problem('2026-01-01'), after: problem(null) }, [1, 0, 0]],
    ['close with one that is gone', { before: problem(null), after: null }, [0, 1, 0]],
    ['close with one that is overcome', { before: problem(null), after: problem('2026-01-01') }, [0, 1, 0]],
    ['change with what a problem says', { before: problem(null, 'a'), after: problem(null, 'b') }, [0, 0, 1]],
    ['stay closed', { before: problem('2026-01-01'), after: problem('2026-01-02') }, [0, 0, 0]],
  ])('%s', (_name, change, [opens, closes, changes]) => {
    expect(exceptionChanges([change], [], () => 'label')).toMatchObject({ opens, closes, changes });
  });

  it('follow findings, but those that open none', () => {
    const found = (kind: string) => ({ before: null, after: { kind } });
    const told = exceptionChanges([], [found('link-cycle'), found('self-link')], () => 'label');
    expect(told).toMatchObject({ opens: 1, first: [{ what: 'opens', about: 'link-cycle', label: 'label' }] });
  });
});

it('documents are counted by kind, entity and posting period', () => {
  const posted = { attributes: { postingPeriod: '2026-09' } };
  const changes = ['1', '2'].map((id) => ({ before: null, after: row(id, '1.00', posted) }));
  expect(changedDocuments([...changes, { before: row('3', null), after: null }])).toEqual([
    { objectType: 'invoice', legalEntity: 'DE01', period: '2026-09', count: 2 },
    { objectType: 'invoice', legalEntity: 'DE01', period: null, count: 1 },
  ]);
});
