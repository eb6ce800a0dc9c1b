import { describe, expect, it } from '@jest/globals';
import type { Money } from '@throughline/canonical';
import { changedSince, needsApproval, type FrozenRequest } from './acceptance.js';

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
});

describe('changedSince', () => {
  const frozen: FrozenRequest = { title: 'No company code', amount: '1234.50', currency: 'EUR', occurrences: 1 };

  it.each<[string, Partial<FrozenRequest>, string[]]>([
    ['nothing', {}, []],
    ['words alone', { title: 'No company code for DE01' }, []],
    ['money', { amount: '2000.00' }, ['the money at risk was EUR 1234.50 and is EUR 2000.00']],
    ['no money any more', { amount: null, currency: null }, ['the money at risk was EUR 1234.50 and is none']],
    ['another failure', { occurrences: 2 }, ['it failed 1 more time']],
    ['two more', { occurrences: 3 }, ['it failed 2 more times']],
  ])('%s', (_name, over, changes) => {
    expect(changedSince(frozen, { ...frozen, ...over })).toEqual(changes);
  });
});
