import { describe, expect, it } from '@jest/globals';
import type { RequestState } from '../../domain/request-life.js';
import {
  chooseLimit,
  DECISION_CODES,
  isLastApproval,
  refuseApproval,
  refuseBreakGlass,
  refuseRejection,
  refuseWithdrawal,
  type Asked,
  type Checker,
  type DecisionCode,
  type LimitChoice,
} from './decision.js';

const HASH = 'ab'.repeat(32);

const asked = (over: Partial<Asked> = {}, needed: Partial<Asked['needed']> = {}): Asked => ({
  state: 'PENDING_APPROVAL',
  selectionHash: HASH,
  makerId: 'maker',
  makerName: 'Ana Lyst',
  makerRoles: ['analyst'],
  needed: { approvals: 1, roles: [], excludesTouchers: false, isHard: false, rules: [], ...needed },
  approvals: [],
  changes: [],
  passedDate: null,
  left: 3,
  ...over,
});

const checker = (over: Partial<Checker> = {}): Checker => ({
  personId: 'checker',
  roles: ['approver'],
  mayApprove: true,
  mayBreakGlass: true,
  hasTouched: false,
  hasCorrected: false,
  ...over,
});
const breaker = (over: Partial<Checker & { hasOverdueReview: boolean }> = {}) => ({
  ...checker(),
  hasOverdueReview: false,
  ...over,
});

const given = (personId: string, roles: string[] = ['approver']) => ({ personId, roles });

describe('the approval matrix', () => {
  const cases: [string, Asked, Checker, string, DecisionCode | null][] = [
    ['another person', asked(), checker(), HASH, null],
    ['the hash in capitals', asked(), checker(), HASH.toUpperCase(), null],
    ['another selection', asked(), checker(), 'cd'.repeat(32), 'SELECTION_CHANGED'],
    ['the maker', asked(), checker({ personId: 'maker' }), HASH, 'MAKER_MAY_NOT_DECIDE'],
    [
      'the maker, who is in treasury',
      asked({}, { roles: ['treasurer'] }),
      checker({ personId: 'maker', roles: ['treasurer'] }),
      HASH,
      'MAKER_MAY_NOT_DECIDE',
    ],
    ['who lost the right', asked(), checker({ mayApprove: false }), HASH, 'APPROVER_REMOVED'],
    ['who worked on it, where no rule minds', asked(), checker({ hasTouched: true }), HASH, null],
    [
      'who worked on it, where a rule minds',
      asked({}, { excludesTouchers: true }),
      checker({ hasTouched: true }),
      HASH,
      'TOUCHED_LINEAGE',
    ],
    ['who corrected what is sent', asked(), checker({ hasCorrected: true }), HASH, 'TOUCHED_LINEAGE'],
    [
      'who approved it already',
      asked({ approvals: [given('checker')] }, { approvals: 2 }),
      checker(),
      HASH,
      'ALREADY_APPROVED',
    ],
    ['the second of two', asked({ approvals: [given('other')] }, { approvals: 2 }), checker(), HASH, null],
    ['without the role', asked({}, { roles: ['treasurer'] }), checker(), HASH, 'ROLE_NEEDED'],
    ['with the role', asked({}, { roles: ['treasurer'] }), checker({ roles: ['treasurer'] }), HASH, null],
    [
      'without the role that the maker has',
      asked({ makerRoles: ['treasurer'] }, { roles: ['treasurer'] }),
      checker(),
      HASH,
      null,
    ],
    [
      'without the role that the next can bring',
      asked({}, { roles: ['treasurer'], approvals: 2 }),
      checker(),
      HASH,
      null,
    ],
    [
      'the last without the role',
      asked({ approvals: [given('other')] }, { roles: ['treasurer'], approvals: 2 }),
      checker(),
      HASH,
      'ROLE_NEEDED',
    ],
    [
      'the last, the first brought the role',
      asked({ approvals: [given('other', ['treasurer'])] }, { roles: ['treasurer'], approvals: 2 }),
      checker(),
      HASH,
      null,
    ],
    [
      'the only one there has to be, with one of two roles that are missing',
      asked({}, { roles: ['controller', 'treasurer'] }),
      checker({ roles: ['treasurer'] }),
      HASH,
      null,
    ],
    [
      'the next, without the other role',
      asked({ approvals: [given('other', ['treasurer'])] }, { roles: ['controller', 'treasurer'] }),
      checker(),
      HASH,
      'ROLE_NEEDED',
    ],
    ['what changed since', asked({ changes: ['O-1 failed again'] }), checker(), HASH, 'CHANGED_SINCE_REQUEST'],
    [
      'what was to be executed before today',
      asked({ passedDate: 'Its date has passed' }),
      checker(),
      HASH,
      'CARRY_FORWARD_NEEDED',
    ],
    ['what was solved otherwise', asked({ left: 0 }), checker(), HASH, 'NOTHING_LEFT'],
    ...(['REJECTED', 'EXPIRED', 'WITHDRAWN', 'SENDING', 'FINISHED'] as const).map(
      (state: RequestState): [string, Asked, Checker, string, DecisionCode] => [
        `what is ${state}`,
        asked({ state }),
        checker(),
        HASH,
        'NOT_PENDING',
      ],
    ),
  ];

  it.each(cases)('%s', (_name, request, person, hash, code) => {
    expect(refuseApproval(request, person, hash)?.code ?? null).toBe(code);
  });

  it.each<[string, Asked, string[], boolean]>([
    ['one, where one has to be', asked(), ['approver'], true],
    ['the first of two', asked({}, { approvals: 2 }), ['approver'], false],
    ['the second of two', asked({ approvals: [given('other')] }, { approvals: 2 }), ['approver'], true],
    ['one who brings one of two roles', asked({}, { roles: ['controller', 'treasurer'] }), ['treasurer'], false],
    ['one who brings both', asked({}, { roles: ['controller', 'treasurer'] }), ['treasurer', 'controller'], true],
    [
      'the next, who brings the other',
      asked({ approvals: [given('other', ['treasurer'])] }, { roles: ['controller', 'treasurer'] }),
      ['controller'],
      true,
    ],
  ])('lets it go: %s', (_name, request, roles, isLast) => {
    expect(isLastApproval(request, checker({ roles }))).toBe(isLast);
  });

  const limit = (
    ownerId: string,
    perDay: bigint | null | 'none',
    sums: [string, bigint, bigint][],
    isMoneyUnknown = false,
  ): LimitChoice => ({
    ownerId,
    limit: perDay === 'none' ? null : { perDayMinor: perDay },
    sums: sums.map(([counterparty, askedMinor, usedMinor]) => ({
      counterparty,
      askedMinor,
      usedMinor,
      isMoneyUnknown,
    })),
  });

  it.each<[string, LimitChoice[], string]>([
    ['within the limit', [limit('own', 100n, [['A', 60n, 40n]])], 'own'],
    ['above it with what was approved that day', [limit('own', 100n, [['A', 61n, 40n]])], 'ABOVE_LIMIT'],
    [
      'per counterparty',
      [
        limit('own', 100n, [
          ['A', 90n, 0n],
          ['B', 90n, 0n],
        ]),
      ],
      'own',
    ],
    [
      'one of them above it',
      [
        limit('own', 100n, [
          ['A', 10n, 0n],
          ['B', 101n, 0n],
        ]),
      ],
      'ABOVE_LIMIT',
    ],
    ['without limit', [limit('own', null, [['A', 10n ** 15n, 0n]])], 'own'],
    ['no limit declared', [limit('own', 'none', [['A', 1n, 0n]])], 'ABOVE_LIMIT'],
    ['unknown money', [limit('own', 100n, [['A', 0n, 0n]], true)], 'ABOVE_LIMIT'],
    ['unknown money without limit', [limit('own', null, [['A', 0n, 0n]], true)], 'own'],
    [
      'standing in for somebody with a higher one',
      [limit('own', 10n, [['A', 50n, 0n]]), limit('away', 100n, [['A', 50n, 0n]])],
      'away',
    ],
    [
      'who is away used it up',
      [limit('own', 10n, [['A', 50n, 0n]]), limit('away', 100n, [['A', 50n, 60n]])],
      'ABOVE_LIMIT',
    ],
  ])('limits: %s', (_name, choices, answer) => {
    const chosen = chooseLimit(choices);
    expect('code' in chosen ? chosen.code : chosen.ownerId).toBe(answer);
  });

  it.each<[string, DecisionCode | null | undefined, DecisionCode | null]>([
    ['reject: another person', refuseRejection(asked(), checker())?.code, null],
    ['reject: also what changed', refuseRejection(asked({ changes: ['x'], left: 0 }), checker())?.code, null],
    ['reject: the maker', refuseRejection(asked(), checker({ personId: 'maker' }))?.code, 'MAKER_MAY_NOT_DECIDE'],
    ['reject: who lost the right', refuseRejection(asked(), checker({ mayApprove: false }))?.code, 'APPROVER_REMOVED'],
    ['reject: what is decided', refuseRejection(asked({ state: 'SENDING' }), checker())?.code, 'NOT_PENDING'],
    ['withdraw: the maker', refuseWithdrawal(asked(), 'maker')?.code, null],
    ['withdraw: somebody else', refuseWithdrawal(asked(), 'checker')?.code, 'NOT_MAKER'],
    ['withdraw: what is decided', refuseWithdrawal(asked({ state: 'REJECTED' }), 'maker')?.code, 'NOT_PENDING'],
    ['emergency', refuseBreakGlass(asked({}, { roles: ['controller'] }), breaker(), HASH)?.code, null],
    ['emergency: money moves', refuseBreakGlass(asked({}, { isHard: true }), breaker(), HASH)?.code, 'HARD_RULE'],
    ['emergency: another selection', refuseBreakGlass(asked(), breaker(), 'cd'.repeat(32))?.code, 'SELECTION_CHANGED'],
    [
      'emergency: what changed',
      refuseBreakGlass(asked({ changes: ['x'] }), breaker(), HASH)?.code,
      'CHANGED_SINCE_REQUEST',
    ],
    [
      'emergency: who lost the right',
      refuseBreakGlass(asked(), breaker({ mayBreakGlass: false }), HASH)?.code,
      'APPROVER_REMOVED',
    ],
    [
      'emergency: who let another go that nobody reviewed in time',
      refuseBreakGlass(asked(), breaker({ hasOverdueReview: true }), HASH)?.code,
      'REVIEW_OVERDUE',
    ],
  ])('%s', (_name, code, expected) => {
    expect(code ?? null).toBe(expected);
  });

  it('names every reason', () => {
    // that nothing is to be reviewed is no matter of a pending request
    const named = new Set<DecisionCode>(['NO_REVIEW_DUE', 'REVIEW_OVERDUE', 'ABOVE_LIMIT', 'NOT_MAKER', 'HARD_RULE']);
    for (const [, , , , code] of cases) if (code !== null) named.add(code);
    expect(named).toEqual(new Set(DECISION_CODES));
  });
});
