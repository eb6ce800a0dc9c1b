import { describe, expect, it } from '@jest/globals';
import { describeTaxonomy } from '@throughline/canonical';
import { mapSignals } from '../../scenario-signal.js';
import { creditBlockedOrder } from './credit-over-limit.js';

describe('a credit exposure over the limit', () => {
  const problems = mapSignals(creditBlockedOrder.signals).flatMap(({ problem, objects }) =>
    problem === undefined ? [] : [{ problem, exposure: objects.find(({ type }) => type === 'credit-exposure') }],
  );

  it('goes to finance operations, however it is reported', () => {
    expect(problems.map(({ problem }) => describeTaxonomy(problem.taxonomy).queue)).toEqual(['finance', 'finance']);
  });

  it('comes with the figures: what the customer owes with this order, may owe, and the difference', () => {
    expect(problems.flatMap(({ problem }) => problem.payload ?? [])).toEqual([
      {
        order: '4515021',
        currency: 'EUR',
        limit: '1000000.00',
        exposure: '1048200.00',
        exceededBy: '48200.00',
      },
    ]);
    expect(problems.flatMap(({ exposure }) => exposure ?? [])).toMatchObject([
      { amount: { amount: '1048200.00', currency: 'EUR' }, attributes: { creditLimit: '1000000.00' } },
    ]);
  });

  it('is told from others by the credit account, never by an amount', () => {
    expect(problems.map(({ problem }) => problem.discriminators)).toEqual([
      { creditAccount: 'DE01/Stahlwerk Saale GmbH' },
      { creditAccount: 'DE01/Stahlwerk Saale GmbH' },
    ]);
  });
});
