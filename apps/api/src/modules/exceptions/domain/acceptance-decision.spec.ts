import { describe, expect, it } from '@jest/globals';
import { changedSinceSeen, type AcceptanceState, type SinceSeen } from './acceptance-decision.js';

const by = (state: AcceptanceState, deciderName: string | null, count: number) => ({
  state,
  deciderName,
  count,
});

describe('what changed since it was shown', () => {
  it.each<[string, number, number, SinceSeen, string]>([
    ['one was decided alone', 3, 2, { decided: [by('approved', 'Bruno', 1)], added: 0 }, '1 was approved by Bruno'],
    ['some ended by themselves', 5, 3, { decided: [by('expired', null, 2)], added: 0 }, '2 were expired'],
    ['more were asked for', 2, 4, { decided: [], added: 2 }, '2 more were asked for'],
    ['one was solved', 3, 2, { decided: [], added: 0 }, '1 went another way'],
    [
      'all of it',
      4,
      2,
      { decided: [by('rejected', 'Bruno', 2)], added: 1 },
      '2 were rejected by Bruno, 1 more was asked for, 1 went another way',
    ],
    ['nobody knows what', 2, 2, { decided: [], added: 0 }, 'others wait now than those that you were shown'],
  ])('%s', (_name, seen, current, since, words) => {
    expect(changedSinceSeen(seen, current, since)).toBe(
      `You were shown ${seen}, and ${current} wait now: ${words}. Nothing was done: look again.`,
    );
  });
});
