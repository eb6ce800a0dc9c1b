import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countriesIn, entitiesIn, regionOf } from './regions.js';
import {
  EVERYTHING,
  derivedStatesOf,
  facetMatches,
  facetRange,
  isByFacet,
  isByFacetAlone,
  progressesOf,
  type TransactionSelection,
} from './transaction-selection.js';

const facet = (...parts: string[]) => parts.join('\u001f');
const RUNNING_DE = facet('running', 'order-to-cash', 'DE01', 'EUR', '4');
const WITHOUT = facet('completed', 'order-to-cash', '', '', '');

describe('a selection by facet', () => {
  it.each<[string, Partial<TransactionSelection>, boolean, boolean]>([
    ['everything', {}, true, true],
    ['a workflow', { workflows: ['order-to-cash'] }, true, true],
    ['another workflow', { workflows: ['procure-to-pay'] }, false, false],
    ['an entity', { legalEntities: ['DE01', 'FR01'] }, true, false],
    ['no entity at all', { legalEntities: [] }, false, false],
    ['a currency', { currencies: ['EUR'] }, true, false],
    ['a stored state', { states: ['COMPLETED'] }, false, true],
    ['a state of the clock', { states: ['LATE'] }, true, false],
    ['both', { states: ['LATE', 'COMPLETED'] }, true, true],
    ['who waits for a milestone', { milestones: [{ name: 'invoice-posted', standing: 'WAITING' }] }, true, false],
    ['who has reached one', { milestones: [{ name: 'invoice-posted', standing: 'REACHED' }] }, true, true],
    [
      'a completed one that waits',
      { states: ['COMPLETED'], milestones: [{ name: 'x', standing: 'OVERDUE' }] },
      false,
      false,
    ],
    ['an amount in reach', { amount: { from: '1000', to: '9999.99' } }, true, false],
    ['a larger amount', { amount: { from: '10000', to: null } }, false, false],
    ['a smaller amount', { amount: { from: '0', to: '999' } }, false, false],
    ['a bound with zeros in front', { amount: { from: '0001234.5', to: null } }, true, false],
  ])('%s', (_name, part, running, without) => {
    const selection = { ...EVERYTHING, ...part };
    expect(facetMatches(selection, RUNNING_DE)).toBe(running);
    expect(facetMatches(selection, WITHOUT)).toBe(without);
  });

  it('never leaves out the facet of an amount that lies in the range', () => {
    const cents = fc.integer({ min: -5_000_000, max: 5_000_000 });
    const text = (value: number) => (value / 100).toFixed(2);
    const bound = fc.option(cents);
    fc.assert(
      fc.property(cents, bound, bound, (amount, from, to) => {
        fc.pre((from === null || from <= amount) && (to === null || amount <= to));
        const digits = String(Math.trunc(Math.abs(amount) / 100)).length;
        const range = { from: from === null ? null : text(from), to: to === null ? null : text(to) };
        expect(facetMatches({ ...EVERYTHING, amount: range }, facet('running', 'w', 'E', 'EUR', String(digits)))).toBe(
          true,
        );
      }),
    );
  });

  it('knows the facets of one progress by their beginning', () => {
    const { from, to } = facetRange('running');
    expect(RUNNING_DE >= from && RUNNING_DE < to).toBe(true);
    expect(WITHOUT >= from && WITHOUT < to).toBe(false);
  });

  it.each<[string, Partial<TransactionSelection>, boolean]>([
    ['nothing', {}, false],
    ['a text', { text: 'so-1' }, false],
    ['an entity', { legalEntities: ['DE01'] }, true],
    ['a state', { states: ['LATE'] }, true],
    ['who waits', { milestones: [{ name: 'x', standing: 'WAITING' }] }, true],
  ])('says whether %s narrows it', (_name, part, expected) => {
    expect(isByFacet({ ...EVERYTHING, ...part })).toBe(expected);
  });

  it.each<[string, Partial<TransactionSelection>, boolean]>([
    ['nothing', {}, true],
    ['an entity and a stored state', { legalEntities: ['DE01'], states: ['COMPLETED'] }, true],
    ['every state of what runs', { states: ['BLOCKED', 'LATE', 'AT_RISK', 'WAITING', 'RUNNING'] }, true],
    ['a state of the clock', { states: ['LATE'] }, false],
    ['an amount', { amount: { from: '1', to: null } }, false],
    ['a milestone', { milestones: [{ name: 'x', standing: 'REACHED' }] }, false],
  ])('says whether facets tell all of %s', (_name, part, expected) => {
    expect(isByFacetAlone({ ...EVERYTHING, ...part })).toBe(expected);
  });

  it('derives states only where what is stored does not say them', () => {
    const of = (states: TransactionSelection['states']) => derivedStatesOf({ ...EVERYTHING, states });
    expect(of(null)).toBeNull();
    expect(of(['COMPLETED'])).toBeNull();
    expect(of(['BLOCKED', 'LATE', 'AT_RISK', 'WAITING', 'RUNNING'])).toBeNull();
    expect(of(['COMPLETED', 'LATE'])).toEqual(['LATE']);
    expect(progressesOf({ ...EVERYTHING, states: [] })).toEqual([]);
  });
});

describe('regions', () => {
  it.each([
    ['US', 'AMERICAS'],
    ['br', 'AMERICAS'],
    ['JP', 'APAC'],
    ['DE', 'EMEA'],
    ['ZA', 'EMEA'],
  ])('%s lies in %s', (country, region) => {
    expect(regionOf(country)).toBe(region);
  });

  it('knows entities by region or country', () => {
    const entities = [
      { code: 'DE01', country: 'DE' },
      { code: 'US01', country: 'US' },
      { code: 'JP01', country: 'JP' },
    ];
    expect(entitiesIn(['emea', 'JP'], entities)).toEqual(['DE01', 'JP01']);
    expect(entitiesIn(['MARS'], entities)).toEqual([]);
    for (const regions of [['emea', 'JP'], ['AMERICAS', 'APAC'], ['EMEA'], ['de', 'US'], ['MARS'], []]) {
      const { countries, butNot } = countriesIn(regions);
      const found = entities.filter(
        ({ country }) => countries.includes(country) || butNot?.includes(country) === false,
      );
      expect(found.map(({ code }) => code)).toEqual(entitiesIn(regions, entities));
    }
  });
});
