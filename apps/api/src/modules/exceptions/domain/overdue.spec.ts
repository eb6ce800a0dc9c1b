import { describe, expect, it } from '@jest/globals';
import { milestoneOf, overdueIdentity, overdueProblems, type MilestoneFact } from './overdue.js';

const at = (hour: number) => new Date(Date.UTC(2026, 8, 30, hour));
const now = at(12);

function milestone(over: Partial<MilestoneFact> = {}): MilestoneFact {
  return {
    objectId: 'p1',
    objectType: 'payment',
    objectKey: 'P-1',
    legalEntity: 'DE01',
    counterparty: 'Bremen Werft',
    amount: '100.00',
    currency: 'EUR',
    direction: 'inflow',
    workflow: 'order-to-cash',
    name: 'payment-applied',
    title: 'Payment applied',
    dueAt: at(10),
    reachedAt: null,
    ...over,
  };
}

const identity = new Set([overdueIdentity(milestone())]);
const none = new Set<string>();

describe('overdueProblems', () => {
  it.each([
    ['asked and missed', milestone(), identity, none, ['open']],
    ['missed but neither asked nor known', milestone(), none, none, []],
    ['known and still missed', milestone(), none, identity, ['open']],
    ['asked, but reached before it could be told', milestone({ reachedAt: at(11) }), identity, none, []],
    ['known and reached late', milestone({ reachedAt: at(11) }), none, identity, ['cleared']],
    ['known, but its due time moved into the future', milestone({ dueAt: at(14) }), none, identity, []],
    ['known and, after re-mapping, reached in time', milestone({ reachedAt: at(9) }), none, identity, []],
  ])('%s', (_name, fact, asked, known, expected) => {
    const problems = overdueProblems([fact], asked, known, now);
    expect(problems.map((problem) => (problem.clearedAt === null ? 'open' : 'cleared'))).toEqual(expected);
  });

  it('is one problem for a subject in several transactions, by its earliest open due time', () => {
    const [problem, ...others] = overdueProblems(
      [milestone({ dueAt: at(11) }), milestone({ dueAt: at(9) }), milestone({ reachedAt: at(11), dueAt: at(8) })],
      identity,
      none,
      now,
    );
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      hop: 'order-to-cash/payment-applied',
      signature: 'timing-and-sequence.overdue-milestone',
      headline: 'Payment applied is overdue',
      firstOccurredAt: at(9),
    });
  });

  it('reads its own hops', () => {
    expect(milestoneOf('order-to-cash/payment-applied')).toEqual({
      workflow: 'order-to-cash',
      name: 'payment-applied',
    });
  });
});
