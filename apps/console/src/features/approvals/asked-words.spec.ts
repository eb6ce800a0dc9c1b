import { describe, expect, it } from '@jest/globals';
import { askedSentence, decidedWords } from './asked-words.js';

const sum = (legalEntity: string | null, currency: string, inflow: string, outflow = '0.00') => ({
  ...{ legalEntity, currency, inflow, outflow, count: 1 },
});

describe('what one act asked for, in words', () => {
  it.each<[string, Parameters<typeof askedSentence>[0], string]>([
    ['no money', { count: 2, sums: [] }, '2 exceptions with no money at risk'],
    ['one entity', { count: 1, sums: [sum('DE01', 'EUR', '900.00')] }, '1 exception with EUR 900 of inflow of DE01'],
    [
      'two entities, never added',
      { count: 2, sums: [sum('DE01', 'EUR', '900.00'), sum('FR01', 'EUR', '0.00', '70.00')] },
      '2 exceptions with EUR 900 of inflow of DE01 and EUR 70 of outflow of FR01',
    ],
    [
      'nobody knows all',
      { count: 2, unknown: 1, sums: [sum(null, 'EUR', '900.00')] },
      '2 exceptions with EUR 900 of inflow of no known entity; of 1 nobody knows how much money is at risk',
    ],
  ])('%s', (_name, waiting, words) => {
    expect(askedSentence(waiting).replaceAll('\u00a0', ' ')).toBe(words);
  });

  it('tells what a decision did, or that it is carried out', () => {
    const decision = { id: 'd', done: 2, count: 2, outcomes: [{ outcome: 'DONE' as const, count: 2 }] };
    expect(decidedWords({ ...decision, state: 'DONE' })).toBe('Decided: 2 of 2 looked at: 2 done.');
    expect(decidedWords({ ...decision, state: 'FROZEN' })).toBe('Decided: it is carried out now');
  });
});
