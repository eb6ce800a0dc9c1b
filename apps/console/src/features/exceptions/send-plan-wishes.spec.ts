import { describe, expect, it } from '@jest/globals';
import { approvalSentence, AS_PLANNED, waitingSentence, whatWasSent, wishesFor, type PlanItem } from './send-plan.js';

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

describe('what is said once it is asked for', () => {
  const fallen = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...item('ALREADY_REQUEUED'),
      objectKey: `O-${index + 1}`,
      reason: 'Sent by Bea.',
    }));
  it.each([
    [{ count: 1, isAsked: false, fallen: [] }, 'Queued to be sent again'],
    [{ count: 2, isAsked: true, fallen: [] }, '2 wait for approval to be sent again'],
    [
      { count: 2, isAsked: false, fallen: fallen(1) },
      '2 queued to be sent again. 1 fell out since the plan: O-1 (Sent by Bea.); its run lists them.',
    ],
    [
      { count: 1, isAsked: true, fallen: fallen(5) },
      'Waits for approval to be sent again. 5 fell out since the plan: O-1 (Sent by Bea.), O-2 (Sent by Bea.), O-3 (Sent by Bea.) and 2 more; its run lists them.',
    ],
  ])('%#', (sent, words) => {
    expect(whatWasSent(sent)).toBe(words);
  });
});
