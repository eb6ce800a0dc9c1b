import { describe, expect, it } from '@jest/globals';
import { approvalSentence, AS_PLANNED, waitingSentence, wishesFor, type PlanItem } from './send-plan.js';

const item = (code: string | null): PlanItem => ({
  exceptionId: 'x',
  integration: 'i',
  objectKey: 'O',
  willSend: code === null,
  code,
  reason: null,
  after: [],
});

describe('what may be asked for in spite of a plan', () => {
  it.each([
    [[null], AS_PLANNED, []],
    [['BLOCKED_BY_PREDECESSOR'], AS_PLANNED, ['despitePredecessors']],
    [['LOOK_ALIKE_POSTED', 'CARRY_FORWARD_NEEDED'], AS_PLANNED, ['despiteLookAlikes', 'carryForward']],
    [['CANCELLED_OR_REVERSED', 'PERIOD_CLOSED'], AS_PLANNED, []],
    // it can be taken back
    [[null], { ...AS_PLANNED, carryForward: true }, ['carryForward']],
  ])('%p', (codes, wished, names) => {
    expect(wishesFor(codes.map(item), wished).map(({ name }) => name)).toEqual(names);
  });
});

it('says who has to approve and why', () => {
  const rules = [{ title: 'It moves money' }, { title: 'EUR 100,000 or more' }];
  expect(approvalSentence({ approvals: 1, roles: ['treasurer'], rules })).toBe(
    'It waits for one more person, treasurer among those who decide: It moves money; EUR 100,000 or more.',
  );
});

it('says what waits downstream', () => {
  expect(waitingSentence([{ title: 'Payment applied', isHub: false, count: 2 }])).toBe(
    'Waits for it downstream: Payment applied (2).',
  );
});
