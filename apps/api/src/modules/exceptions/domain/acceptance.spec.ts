import { describe, expect, it } from '@jest/globals';
import { compareMoney, type Money } from '@throughline/canonical';
import {
  ACCEPTANCE_LIMIT,
  changedSince,
  limitFor,
  limitOfDefinition,
  limitWith,
  needsApproval,
  readLimit,
  smallSumOf,
  sumWith,
  toldSum,
  whyHangingBars,
  withHanging,
  withWhom,
  type FrozenRequest,
  type HangingOn,
  type SmallSums,
} from './acceptance.js';

const eur = (amount: string): Money => ({ amount, currency: 'EUR' });
const limit = { amount: '1000.00', currency: 'EUR' };

describe('needsApproval', () => {
  it.each<[string, Money | null | undefined, boolean]>([
    ['no money', null, false],
    ['below', { amount: '999.99', currency: 'EUR' }, false],
    ['at the limit', { amount: '1000', currency: 'EUR' }, false],
    ['above', { amount: '1000.01', currency: 'EUR' }, true],
    ['more digits is more, not less', { amount: '20000.00', currency: 'EUR' }, true],
    ['no rate is known', undefined, true],
  ])('%s', (_name, converted, isAsked) => {
    expect(needsApproval(converted, limit)).toBe(isAsked);
  });

  it.each<[string, Money | null, SmallSums, boolean]>([
    ['small, and small all together', { amount: '900.00', currency: 'EUR' }, { DE01: '100000' }, false],
    ['small, and large all together', { amount: '900.00', currency: 'EUR' }, { DE01: '100001' }, true],
    ['large in another entity', { amount: '900.00', currency: 'EUR' }, { FR01: '90000000' }, false],
    ['without money, whatever the others are', { amount: '0.00', currency: 'EUR' }, { DE01: '90000000' }, false],
    ['no money at all', null, { DE01: '90000000' }, false],
  ])('of many at once: %s', (_name, converted, sums, isAsked) => {
    expect(needsApproval(converted, limit, smallSumOf(sums, 'DE01'))).toBe(isAsked);
  });
});

describe('sums of an act', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('say nothing of %s unless it is one', (name) => {
    const sums: SmallSums = { DE01: '100' };
    expect(smallSumOf(sums, name)).toEqual(smallSumOf(sums, 'FR01'));
    expect(toldSum(sums, name)).toBeUndefined();
    const own: SmallSums = Object.fromEntries([[name, '250']]);
    expect(toldSum(own, name)).toBe('250');
  });

  it.each<[string | null, string]>([
    ['ACME GmbH', 'acme gmbh'],
    ['Müller ÄG', 'müller äg'],
    [null, ''],
  ])('are told by the counterparty in whatever case: %s', (name, folded) => expect(withWhom(name)).toBe(folded));
});

describe('with what else was closed', () => {
  it.each<[string, Money | null | undefined, Money[], boolean]>([
    ['nothing else', eur('600.00'), [], false],
    ['up to the limit', eur('400.00'), [eur('0.00'), eur('1000.00')], false],
    ['more than the limit with the counterparty', eur('400.00'), [eur('0.00'), eur('1000.01')], true],
    ['more than the limit of the entity', eur('400.00'), [eur('1000.01'), eur('400.00')], true],
    ['of what has no money', eur('0.00'), [eur('9000.00')], false],
    ['of what has none at all', null, [eur('9000.00')], false],
    ['of what nobody can put a figure on', undefined, [], true],
  ])('%s', (_name, converted, together, isAsked) => {
    expect(needsApproval(converted, limit, ...together)).toBe(isAsked);
  });

  it.each<[string, string | undefined, string | null, string]>([
    ['of the day alone', undefined, 'ACME', '700.00'],
    ['of the day and of the act', '25050', 'ACME', '950.50'],
    ['of the act alone', '25050', 'Other', '250.50'],
    ['with nobody known', undefined, null, '40.00'],
    ['of nothing', undefined, 'Other', '0.00'],
  ])('a sum is %s', (_name, ofAct, counterparty, sum) => {
    const ofDay = new Map([
      ['ACME', eur('700.00')],
      ['', eur('40.00')],
    ]);
    expect(compareMoney(sumWith(ofDay, ofAct, counterparty), eur(sum))).toBe(0);
  });
});

describe('the limit', () => {
  const limits = new Map([
    ['DE01', { amount: '5000.00', currency: 'EUR' }],
    ['US01', { amount: '0.00', currency: 'EUR' }],
  ]);

  it.each<[string, string | null, string, boolean]>([
    ['its own, above the general one', 'DE01', '5000.00', false],
    ['its own, and more than that', 'DE01', '5000.01', true],
    ['none at all for one person', 'US01', '0.01', true],
    ['nothing is not above nothing', 'US01', '0.00', false],
    ['the general one where none is stated', 'FR01', '1000.00', false],
    ['and more than that', 'FR01', '1000.01', true],
    ['the general one without an entity', null, '1000.01', true],
  ])('of a legal entity is %s', (_name, legalEntity, amount, isAsked) => {
    expect(needsApproval({ amount, currency: 'EUR' }, limitFor(legalEntity, limits))).toBe(isAsked);
  });

  it('is never below what nobody can put a figure on, however high', () => {
    expect(needsApproval(undefined, limitFor('DE01', limits))).toBe(true);
    expect(needsApproval(null, limitFor('US01', limits))).toBe(false);
  });

  it.each<[string, string | null, ReturnType<typeof readLimit>]>([
    ['is decimal text', ' 2500 ', { definition: '2500.00' }],
    ['may be nothing', '0', { definition: '0.00' }],
    ['is the general one again', null, { definition: 'general' }],
    ['is not below zero', '-1', { problems: ['amount: is below zero'] }],
    ['is not more than can be', '10000000000000.01', { problems: ['amount: is more than a limit can be'] }],
  ])('%s', (_name, amount, read) => {
    expect(readLimit(amount)).toEqual(read);
  });

  it.each(['', 'much', '1,000', '1e6', '0.001'])('is not %p', (amount) => {
    expect(readLimit(amount)).toEqual({ problems: [expect.stringMatching(/^amount: /)] });
  });

  it('comes back from a version as it was stated', () => {
    expect(limitOfDefinition('2500.00')).toEqual({ amount: '2500.00', currency: 'EUR' });
    expect(limitOfDefinition('general')).toBeNull();
    expect(limitFor('X', new Map())).toBe(ACCEPTANCE_LIMIT);
  });
});

describe('what hangs on it', () => {
  const hanging: HangingOn = { count: 1, moreMinor: '60000', isMoneyUnknown: false, legalEntities: [], places: [] };

  it.each<[string, Money | null | undefined, HangingOn | undefined, Money | null | undefined]>([
    ['adds its money', eur('500.00'), hanging, eur('1100.00')],
    ['has money where it has none', null, hanging, eur('600.00')],
    ['is nothing', eur('500.00'), undefined, eur('500.00')],
    ['is the same money', null, { ...hanging, moreMinor: '0' }, null],
    ['is not known', eur('500.00'), { ...hanging, isMoneyUnknown: true }, undefined],
    ['changes nothing where nothing is known', undefined, hanging, undefined],
  ])('%s', (_name, converted, of, together) => {
    expect(withHanging(converted, of)).toEqual(together);
  });

  it('is under the lowest limit of its legal entities', () => {
    const limits = new Map([
      ['DE01', eur('5000.00')],
      ['US01', eur('200.00')],
    ]);
    expect(limitWith('DE01', undefined, limits)).toEqual(eur('5000.00'));
    expect(limitWith('DE01', { ...hanging, legalEntities: ['FR01', 'US01'] }, limits)).toEqual(eur('200.00'));
  });

  it('bars it in a queue where nothing is closed without correction', () => {
    const places = [
      { queue: null, objectKey: 'A' },
      { queue: 'credit' as const, objectKey: 'B' },
    ];
    expect(whyHangingBars({ ...hanging, places })).toBeNull();
    expect(whyHangingBars({ ...hanging, places: [...places, { queue: 'tax', objectKey: 'C' }] })).toBe(
      'C is a duplicate of it and lies in the queue Tax, where nothing is closed without correction.',
    );
  });
});

describe('changedSince', () => {
  const frozen: FrozenRequest = {
    title: 'No company code',
    amount: '1234.50',
    currency: 'EUR',
    occurrences: 1,
    duplicates: 1,
  };

  it.each<[string, Partial<FrozenRequest>, string[]]>([
    ['nothing', {}, []],
    ['words alone', { title: 'No company code for DE01' }, []],
    ['money', { amount: '2000.00' }, ['the money at risk was EUR 1234.50 and is EUR 2000.00']],
    ['no money any more', { amount: null, currency: null }, ['the money at risk was EUR 1234.50 and is none']],
    ['another failure', { occurrences: 2 }, ['it failed 1 more time']],
    ['two more', { occurrences: 3 }, ['it failed 2 more times']],
    ['a duplicate less', { duplicates: 0 }, []],
    ['a duplicate more', { duplicates: 2 }, ['another was named a duplicate of it']],
    ['duplicates more', { duplicates: 4 }, ['3 more were named duplicates of it']],
  ])('%s', (_name, over, changes) => {
    expect(changedSince(frozen, { ...frozen, ...over })).toEqual(changes);
  });
});
