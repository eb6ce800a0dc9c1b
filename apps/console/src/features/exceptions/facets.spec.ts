import { describe, expect, it } from '@jest/globals';
import type { ExceptionFacetName } from '../../gql/graphql.js';
import { parseExceptionsSearch } from '../../shared/url.js';
import { activeFilters } from './active-filters.js';
import { filterOf, isNarrowed, widened } from './exception-filter.js';
import { amountWords, fromCents, pastDueWords, toCents } from './facet-words.js';
import { facetGroups, type InboxFacets } from './facets.js';

type Buckets = Partial<Record<ExceptionFacetName, [value: string, count: number, title?: string][]>>;

function answer(buckets: Buckets): InboxFacets {
  return {
    total: 7,
    isLowerBound: false,
    facets: Object.entries(buckets).map(([name, rows]) => ({
      name: name as ExceptionFacetName,
      buckets: rows.map(([value, count, title]) => ({ value, title: title ?? value, count })),
    })),
  };
}

const one = (raw: Record<string, string>, name: ExceptionFacetName, buckets: Buckets) =>
  facetGroups(parseExceptionsSearch(raw), answer(buckets), [name])[0]?.facets;

describe('facets of the inbox', () => {
  it('lead to their value and back, each with what it would show', () => {
    const [chosen, other] =
      one({ entity: 'DE01' }, 'LEGAL_ENTITY', {
        LEGAL_ENTITY: [
          ['DE01', 4],
          ['US01', 3],
        ],
      }) ?? [];
    expect(chosen).toMatchObject({ name: 'DE01', isChosen: true, count: 4, search: { entity: [] } });
    expect(other).toMatchObject({ isChosen: false, count: 3, search: { entity: ['DE01', 'US01'] } });
  });

  it('leave out what nothing has, but not what is chosen', () => {
    const names = one({ age: 'OVER_30_DAYS' }, 'AGE', {
      AGE: [
        ['UNDER_1_HOUR', 2],
        ['HOURS_1_TO_24', 0],
        ['OVER_30_DAYS', 0],
      ],
    });
    expect(names?.map(({ name, count }) => [name, count])).toEqual([
      ['under 1 h', 2],
      ['over 30 days', 0],
    ]);
  });

  it('show what is chosen although the API does not know it, and before it has answered', () => {
    expect(one({ entity: 'XX99' }, 'LEGAL_ENTITY', { LEGAL_ENTITY: [] })).toMatchObject([
      { name: 'XX99', isChosen: true, count: 0, search: { entity: [] } },
    ]);
    expect(facetGroups(parseExceptionsSearch({ entity: 'DE01' }), undefined, ['LEGAL_ENTITY', 'QUEUE'])).toMatchObject([
      { name: 'Entity', facets: [{ name: 'DE01', count: undefined }] },
    ]);
  });

  it('show the eight most frequent values', () => {
    const many = Array.from({ length: 20 }, (_, position): [string, number] => [`E${position}`, 20 - position]);
    expect(one({ entity: 'E19' }, 'LEGAL_ENTITY', { LEGAL_ENTITY: many })?.map(({ name }) => name)).toEqual([
      'E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E19',
    ]); // prettier-ignore
  });

  it('write ranges of money into the address, and know them again there', () => {
    const buckets: Buckets = {
      AMOUNT: [
        ['10000000..99999999', 3],
        ['..99999', 1],
      ],
    };
    const [bucket] = one({}, 'AMOUNT', buckets) ?? [];
    expect(bucket).toMatchObject({ name: '100 k to 1 m', search: { min: '100000.00', max: '999999.99' } });
    const again = one({ min: '100000', max: '999999.99' }, 'AMOUNT', buckets) ?? [];
    expect(again.map(({ isChosen }) => isChosen)).toEqual([true, false]);
    expect(again[0]?.search).toMatchObject({ min: undefined, max: undefined });
    expect(one({ min: '5' }, 'AMOUNT', buckets)?.some(({ isChosen }) => isChosen)).toBe(false);
  });

  it.each([
    ['..99999', 'under 1 k'],
    ['100000000..', '1 m and more'],
  ])('call %s %s', (value, words) => expect(amountWords(value)).toBe(words));

  it.each([
    ['..0', 'not past due'],
    ['1..30', '1–30 days'],
    ['91..', 'over 90 days'],
  ])('call %s %s', (value, words) => expect(pastDueWords(value)).toBe(words));

  it.each([
    ['5', '0.05'],
    ['123450', '1234.50'],
    ['0', '0.00'],
  ])('%s cents are %s', (cents, amount) => {
    expect(fromCents(cents)).toBe(amount);
    expect(toCents(amount)).toBe(cents);
  });
});

describe('filters of the inbox in the address', () => {
  const search = parseExceptionsSearch({
    priority: 'P1,P9',
    integration: 'crm-erp',
    party: 'Müller, Söhne',
    period: '2026-09,september',
    min: '1000',
    max: 'much',
    age: 'UNDER_1_HOUR,YOUNG',
    due: 'OVERDUE',
    pastFrom: '1',
    pastTo: '1.5',
  });

  it('become the filter of the query; what cannot be meant is left out', () => {
    expect(filterOf(search, 'p1')).toEqual({
      states: ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'],
      snoozed: false,
      priorities: ['P1'],
      integrations: ['crm-erp'],
      counterparties: ['Müller, Söhne'],
      postingPeriods: ['2026-09'],
      amountFrom: '1000',
      ages: ['UNDER_1_HOUR'],
      cutOffs: ['OVERDUE'],
      daysPastDueFrom: 1,
    });
    expect(isNarrowed(search)).toBe(true);
    expect(isNarrowed(widened(search))).toBe(false);
  });

  it('are told one by one, each with the list without it', () => {
    const names = { queueTitle: (name: string) => name, problemTitle: (code: string) => code };
    const filters = activeFilters(search, names);
    expect(filters.map(({ name }) => name)).toEqual([
      'Priority P1',
      'Cut-off overdue',
      'Age under 1 h',
      'Integration crm-erp',
      'Counterparty Müller, Söhne',
      'Period 2026-09',
      'EUR at risk from 1000',
      'Days past due from 1',
    ]);
    expect(filters.find(({ id }) => id === 'amount')?.without).toEqual({ ...search, min: undefined, max: undefined });
    expect(activeFilters(widened(search), names)).toEqual([]);
  });
});
