import { describe, expect, it } from '@jest/globals';
import { searchKey } from '@throughline/canonical';
import {
  describePredicate,
  evaluatePredicate,
  type KeyedObject,
  type PeriodFact,
  type Predicate,
  type PredicateFacts,
} from './predicate.js';

const october: Predicate = { kind: 'posting-period-open', legalEntity: 'DE01', period: '2026-10' };
const mapped: Predicate = { kind: 'customer-mapped', key: 'C-77', system: 'sap-s4hana' };
const known: Predicate = { kind: 'object-known', type: 'sales-order', key: 'SO 100' };
const posted: Predicate = { kind: 'predecessor-posted', type: 'invoice', key: 'INV-1' };

const period = (
  states: [accountType: string, state: 'open' | 'closing' | 'closed'][],
  over: Partial<PeriodFact> = {},
) => ({
  legalEntity: 'DE01',
  ledger: '0L',
  period: '2026-10',
  standings: states.map(([accountType, state]) => ({ accountType, state })),
  ...over,
});

const object = (type: string, key: string, over: Partial<KeyedObject> = {}): KeyedObject => ({
  type,
  searchKey: searchKey(key),
  isPlaceholder: false,
  systems: ['salesforce'],
  isPosted: false,
  legalEntity: null,
  ...over,
});

function facts(over: Partial<PredicateFacts> = {}): PredicateFacts {
  return {
    legalEntities: new Set(['DE01']),
    systems: new Set(['sap-s4hana']),
    periods: [],
    objects: [],
    ...over,
  };
}

describe('evaluatePredicate', () => {
  it.each<[string, Predicate, PredicateFacts, string, string]>([
    ['open', october, facts({ periods: [period([['', 'open']])] }), 'met', '2026-10 of DE01 is open'],
    [
      'written in another way',
      october,
      facts({ periods: [period([['', 'open']], { period: '010/2026' })] }),
      'met',
      '2026-10 of DE01 is open',
    ],
    ['closed', october, facts({ periods: [period([['', 'closed']])] }), 'unmet', '2026-10 of DE01 is closed (0L)'],
    [
      'closed for one account type',
      october,
      facts({
        periods: [
          period([
            ['', 'open'],
            ['receivables', 'closing'],
          ]),
        ],
      }),
      'unmet',
      '2026-10 of DE01 is closing (0L, receivables)',
    ],
    [
      'open in one of two ledgers',
      october,
      facts({ periods: [period([['', 'open']]), period([['', 'closed']], { ledger: '2L' })] }),
      'unmet',
      '2026-10 of DE01 is closed (2L)',
    ],
    [
      'another entity and another month',
      october,
      facts({
        periods: [period([['', 'open']], { legalEntity: 'US01' }), period([['', 'open']], { period: '2026-11' })],
      }),
      'unmet',
      'no ledger has told of 2026-10 of DE01 yet',
    ],
    [
      'an unknown entity',
      october,
      facts({ legalEntities: new Set() }),
      'cannot-be-evaluated',
      'there is no legal entity DE01',
    ],
    [
      'no month',
      { ...october, period: 'P13' },
      facts(),
      'cannot-be-evaluated',
      '"P13" is no posting period of a month',
    ],
    [
      'mapped',
      mapped,
      facts({ objects: [object('customer', 'C-77', { systems: ['salesforce', 'sap-s4hana'] })] }),
      'met',
      'customer C-77 is known to sap-s4hana',
    ],
    [
      'not mapped',
      mapped,
      facts({ objects: [object('customer', 'c77')] }),
      'unmet',
      'customer C-77 is not known to sap-s4hana yet',
    ],
    [
      'named by the system alone, which does not know it',
      mapped,
      facts({ objects: [object('customer', 'C-77', { isPlaceholder: true, systems: ['sap-s4hana'] })] }),
      'unmet',
      'customer C-77 is only referred to yet',
    ],
    [
      'no such customer',
      mapped,
      facts({ objects: [object('supplier', 'C-77')] }),
      'unmet',
      'customer C-77 is not known yet',
    ],
    [
      'no such system',
      mapped,
      facts({ systems: new Set() }),
      'cannot-be-evaluated',
      'there is no source system sap-s4hana',
    ],
    ['known', known, facts({ objects: [object('sales-order', 'SO-100')] }), 'met', 'order SO 100 is known'],
    [
      'only referred to',
      known,
      facts({ objects: [object('sales-order', 'SO-100', { isPlaceholder: true })] }),
      'unmet',
      'order SO 100 is only referred to yet',
    ],
    ['not known', known, facts(), 'unmet', 'order SO 100 is not known yet'],
    ['no kind of object', { ...known, type: 'boat' }, facts(), 'cannot-be-evaluated', '"boat" is no kind of object'],
    [
      'a number of nothing',
      { ...known, key: '000' },
      facts({ objects: [object('sales-order', '')] }),
      'unmet',
      'order 000 is not known yet',
    ],
    [
      'posted',
      posted,
      facts({ objects: [object('invoice', 'INV-1', { isPosted: true })] }),
      'met',
      'invoice INV-1 is posted',
    ],
    [
      'not posted',
      posted,
      facts({ objects: [object('invoice', 'INV-1')] }),
      'unmet',
      'invoice INV-1 is not posted yet',
    ],
    ['not even known', posted, facts(), 'unmet', 'invoice INV-1 is not known yet'],
    [
      'what nobody posts',
      { ...posted, type: 'customer' },
      facts(),
      'cannot-be-evaluated',
      'nothing tells when a customer is posted',
    ],
  ])('%s', (_name, predicate, given, result, detail) => {
    expect(evaluatePredicate(predicate, given, null)).toEqual({ result, detail });
  });

  it.each<[string, Predicate, KeyedObject, string | null, string]>([
    ['posted in another', posted, object('invoice', 'INV-1', { isPosted: true, legalEntity: 'US01' }), 'DE01', 'unmet'],
    ['posted in its own', posted, object('invoice', 'INV-1', { isPosted: true, legalEntity: 'DE01' }), 'DE01', 'met'],
    ['posted in one that is not known', posted, object('invoice', 'INV-1', { isPosted: true }), 'DE01', 'met'],
    [
      'posted where its own is not known',
      posted,
      object('invoice', 'INV-1', { isPosted: true, legalEntity: 'US01' }),
      null,
      'met',
    ],
    ['known in another', known, object('sales-order', 'SO-100', { legalEntity: 'US01' }), 'DE01', 'unmet'],
    [
      'a customer of another',
      mapped,
      object('customer', 'C-77', { systems: ['sap-s4hana'], legalEntity: 'US01' }),
      'DE01',
      'met',
    ],
  ])('of legal entities: %s', (_name, predicate, one, legalEntity, result) => {
    expect(evaluatePredicate(predicate, facts({ objects: [one] }), legalEntity)).toMatchObject({ result });
  });

  it.each([
    [october, 'posting period 2026-10 of DE01'],
    [mapped, 'customer C-77 in sap-s4hana'],
    [known, 'order SO 100 to be known'],
    [posted, 'invoice INV-1 to be posted'],
  ] as const)('%j reads "waits for %s"', (predicate, words) => {
    expect(describePredicate(predicate)).toBe(words);
  });
});
