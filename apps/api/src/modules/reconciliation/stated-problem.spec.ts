import { describe, expect, it } from '@jest/globals';
import { money } from '@throughline/canonical';
import { faultsOfStatements, subjectNamed, type StatedProblem } from './stated-problem.js';

const SINCE = new Date('2026-09-30T07:00:00.000Z');
const LATE_FILE: StatedProblem = {
  subject: subjectNamed('bank-statement', { system: 'bank', kind: 'statement', scope: 'DE01-EUR/2026', value: '188' }),
  hop: 'freshness/statements-de',
  taxonomy: 'timing-and-sequence.missing-file',
  discriminators: {},
  headline: null,
  message: 'The statement of 30 September has not come.',
  amount: money('48200.00', 'EUR'),
  direction: 'inflow',
  legalEntity: 'DE01',
  counterparty: null,
  occurrences: 1,
  since: SINCE,
  lastOccurredAt: SINCE,
};

describe('what engines state', () => {
  it('is taken', () => {
    expect(
      faultsOfStatements('freshness', [
        { scope: 'statements-de', problems: [LATE_FILE, { ...LATE_FILE, hop: 'freshness/positions' }] },
        { scope: 'statements-us', problems: [] },
      ]),
    ).toEqual([]);
  });

  it.each<[string, Partial<StatedProblem>, RegExp]>([
    ['no kind of problem', { taxonomy: 'late' }, /late is no kind of problem/],
    ['no name of a check', { hop: '' }, /"" is no name of a check/],
    ['the end before the beginning', { lastOccurredAt: new Date(0) }, /last happened before/],
    ['never', { occurrences: 0 }, /less than once/],
  ])('is refused by name: %s', (_name, over, fault) => {
    const [said] = faultsOfStatements('freshness', [{ scope: 's', problems: [{ ...LATE_FILE, ...over }] }]);
    expect(said).toMatch(fault);
  });

  it('is refused when it says one thing twice, or one scope twice, or comes from nobody', () => {
    const twice = { scope: 's', problems: [LATE_FILE, { ...LATE_FILE, message: 'other words' }] };
    expect(faultsOfStatements('', [twice, { scope: 's', problems: [] }])).toEqual([
      '"" is no name of an engine',
      's, bank-statement 188: the same problem is stated twice',
      'scope s is there twice',
    ]);
  });
});
