import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../../identity/index.js';
import {
  chooseLimit,
  isLastApproval,
  refuseApproval,
  refuseBreakGlass,
  type Asked,
  type Checker,
  type LimitChoice,
} from './decision.js';
import { neededApproval, reportingSum, type ApprovalSubject, type SubjectPart } from './four-eyes.js';
import { limitOf } from './limits.js';
import { readFourEyes } from './read-four-eyes.js';

/**
 * Who may let go what. `goes` = with this person it goes out; `counts` = one of several who are needed; `free` = nobody has to
 * approve it; else why not: `maker` asked for it, `touched` worked on it or corrected it, `role` = one who decides must have it,
 * `limit` = above the person's, `removed` = lost the right, `hard` = no emergency sets it aside.
 */
const MATRIX = `
  what is asked for               | maker | other  | touched | corrected | treasury | controller | small | deputy | removed | emergency
  one of 100.00                   | free  | free   | free    | free      | free     | free       | free  | free   | free    | free
  one of 99999.99                 | free  | free   | free    | free      | free     | free       | free  | free   | free    | free
  amount: one of 100000.00        | maker | goes   | goes    | touched   | goes     | goes       | limit | goes   | removed | goes
  amount: above an approver       | maker | limit  | limit   | touched   | goes     | goes       | limit | goes   | removed | goes
  amount: one of 5000000.00       | maker | limit  | touched | touched   | counts   | counts     | limit | counts | removed | goes
  amount: nobody can tell         | maker | limit  | limit   | touched   | limit    | goes       | limit | goes   | removed | goes
  count: 199                      | free  | free   | free    | free      | free     | free       | free  | free   | free    | free
  count: 200                      | maker | goes   | goes    | touched   | goes     | goes       | goes  | goes   | removed | goes
  entity: FR01                    | maker | goes   | touched | touched   | goes     | goes       | goes  | goes   | removed | goes
  integration: to the ledger      | maker | role   | role    | touched   | role     | goes       | role  | role   | removed | goes
  mode: corrected                 | maker | goes   | goes    | touched   | goes     | goes       | goes  | goes   | removed | goes
  mode: extracted anew            | maker | role   | role    | touched   | role     | goes       | role  | role   | removed | goes
  action: compensate              | maker | goes   | goes    | touched   | goes     | goes       | goes  | goes   | removed | goes
  money: a payment                | maker | role   | role    | touched   | goes     | role       | role  | role   | removed | hard
  money: an order to pay          | maker | role   | role    | touched   | goes     | role       | role  | role   | removed | hard
  money: asked for by treasury    | maker | goes   | goes    | touched   | goes     | goes       | goes  | goes   | removed | hard
  money: a payment of 5000000.00  | maker | limit  | touched | touched   | counts   | counts     | limit | counts | removed | hard
`;

const RULES = `
version: 1
expiresAfterHours: 72
rules:
  - { name: large, title: Large, when: { amountFrom: "100000.00" }, people: 2 }
  - { name: larger, title: Larger, when: { amountFrom: "5000000.00" }, people: 3, notByTouchers: true }
  - { name: many, title: Many, when: { countFrom: 200 }, people: 2 }
  - { name: french, title: French, when: { legalEntities: [FR01] }, people: 2, notByTouchers: true }
  - { name: ledger, title: Ledger, when: { integrations: [to-ledger] }, people: 2, role: controller }
  - { name: corrected, title: Corrected, when: { modes: [corrected] }, people: 2 }
  - { name: anew, title: Anew, when: { actions: [resend], modes: [extract-anew] }, people: 2, role: controller }
  - { name: undo, title: Undo, when: { actions: [compensate] }, people: 2 }
limits:
  - { role: approver, perDay: "1000000.00" }
  - { role: treasurer, perDay: "25000000.00" }
  - { role: controller, perDay: unlimited }
  - { person: small@demo.example, perDay: "1000.00" }
`;

const cents = (amount: string): bigint => BigInt(amount.replace('.', ''));

const part = (amount: string, over: Partial<SubjectPart> = {}): SubjectPart => ({
  objectId: null,
  legalEntity: 'DE01',
  integration: 'contract-to-order',
  objectType: 'sales-order',
  count: 1,
  reportingMinor: cents(amount),
  isMoneyUnknown: false,
  ...over,
});

type Asking = { part: SubjectPart; makerRoles?: Role[] } & Pick<Partial<ApprovalSubject>, 'action' | 'mode'>;

const ASKED: Readonly<Record<string, Asking>> = {
  'one of 100.00': { part: part('100.00') },
  'one of 99999.99': { part: part('99999.99') },
  'amount: one of 100000.00': { part: part('100000.00') },
  'amount: above an approver': { part: part('1000000.01') },
  'amount: one of 5000000.00': { part: part('5000000.00') },
  'amount: nobody can tell': { part: part('0.00', { isMoneyUnknown: true }) },
  'count: 199': { part: part('100.00', { count: 199 }) },
  'count: 200': { part: part('100.00', { count: 200 }) },
  'entity: FR01': { part: part('100.00', { legalEntity: 'FR01' }) },
  'integration: to the ledger': { part: part('100.00', { integration: 'to-ledger' }) },
  'mode: corrected': { part: part('100.00'), mode: 'corrected' },
  'mode: extracted anew': { part: part('100.00'), mode: 'extract-anew' },
  'action: compensate': { part: part('100.00'), action: 'compensate' },
  'money: a payment': { part: part('100.00', { objectType: 'payment' }) },
  'money: an order to pay': { part: part('100.00', { objectType: 'supplier-invoice', movesMoney: true }) },
  'money: asked for by treasury': { part: part('100.00', { objectType: 'payment' }), makerRoles: ['treasurer'] },
  'money: a payment of 5000000.00': { part: part('5000000.00', { objectType: 'payment' }) },
};

type Person = Partial<Checker> & { roles: Role[]; email?: string; standsInFor?: Role };

const PEOPLE: Readonly<Record<string, Person>> = {
  maker: { personId: 'maker', roles: ['approver'] },
  other: { roles: ['approver'] },
  touched: { roles: ['approver'], hasTouched: true },
  corrected: { roles: ['approver'], hasCorrected: true },
  treasury: { roles: ['treasurer'] },
  controller: { roles: ['controller'] },
  small: { roles: ['approver'], email: 'small@demo.example' },
  // uses the limit of the controller who is away, and brings none of that one's roles
  deputy: { roles: ['approver'], email: 'small@demo.example', standsInFor: 'controller' },
  removed: { roles: ['approver'], mayApprove: false },
};

const WORDS: Readonly<Record<string, string>> = {
  MAKER_MAY_NOT_DECIDE: 'maker',
  TOUCHED_LINEAGE: 'touched',
  ROLE_NEEDED: 'role',
  ABOVE_LIMIT: 'limit',
  APPROVER_REMOVED: 'removed',
  HARD_RULE: 'hard',
};

const HASH = 'ab'.repeat(32);

const READ = readFourEyes(RULES);

function verdict(
  { part: one, action = 'resend', mode = 'as-is', makerRoles = ['analyst'] }: Asking,
  who: string,
): string {
  if (!READ.ok) throw new Error(READ.problems.join('; '));
  const { rules, limits } = READ.fourEyes;
  const needed = neededApproval(rules, { action, mode, parts: [one] });
  if (needed === null) return 'free';
  const asked: Asked = {
    state: 'PENDING_APPROVAL',
    selectionHash: HASH,
    makerId: 'maker',
    makerName: 'Ana',
    makerRoles,
    needed,
    approvals: [],
    changes: [],
    passedDate: null,
    left: one.count,
  };
  if (who === 'emergency') {
    const refusal = refuseBreakGlass(asked, { mayBreakGlass: true, hasOverdueReview: false }, HASH);
    return refusal === null ? 'goes' : (WORDS[refusal.code] ?? refusal.code);
  }
  const { email = 'other@demo.example', standsInFor, ...person } = PEOPLE[who]!;
  const checker: Checker = {
    personId: who,
    mayApprove: true,
    mayBreakGlass: false,
    hasTouched: false,
    hasCorrected: false,
    ...person,
  };
  const sums = [
    { counterparty: 'A', askedMinor: reportingSum([one]), usedMinor: 0n, isMoneyUnknown: one.isMoneyUnknown },
  ];
  const choices: LimitChoice[] = [
    { ownerId: who, limit: limitOf(limits, { email, roles: person.roles }), sums },
    ...(standsInFor === undefined
      ? []
      : [{ ownerId: 'away', limit: limitOf(limits, { email: 'away@demo.example', roles: [standsInFor] }), sums }]),
  ];
  const limit = chooseLimit(choices);
  const refusal = refuseApproval(asked, checker, HASH) ?? ('code' in limit ? limit : null);
  if (refusal !== null) return WORDS[refusal.code] ?? refusal.code;
  return isLastApproval(asked, checker) ? 'goes' : 'counts';
}

const [head = [], ...rows] = MATRIX.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const people = head.slice(1);

describe('the approval matrix', () => {
  it.each(rows.map(([title = '', ...cells]) => ({ title, cells })))('$title', ({ title, cells }) => {
    const asking = ASKED[title];
    if (asking === undefined) throw new Error(`nothing is asked for by the name ${title}`);
    expect(people.map((who) => `${who}: ${verdict(asking, who)}`)).toEqual(
      people.map((who, column) => `${who}: ${cells[column]}`),
    );
  });

  it('has a line for everything that is asked for, and a column for everybody', () => {
    expect(rows.map(([title]) => title)).toEqual(Object.keys(ASKED));
    expect(people).toEqual([...Object.keys(PEOPLE), 'emergency']);
  });
});
