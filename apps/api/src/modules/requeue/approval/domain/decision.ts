import { beyondLimit, type CounterpartySum, type PersonalLimit } from './limits.js';
import type { NeededApproval } from './four-eyes.js';

/** Why somebody may not decide, or nothing can be decided any more. */
export const DECISION_CODES = [
  'NOT_PENDING',
  'NOTHING_LEFT',
  'SELECTION_CHANGED',
  'APPROVER_REMOVED',
  'MAKER_MAY_NOT_DECIDE',
  'NOT_MAKER',
  'ALREADY_APPROVED',
  'TOUCHED_LINEAGE',
  'ROLE_NEEDED',
  'ABOVE_LIMIT',
  'CHANGED_SINCE_REQUEST',
  'CARRY_FORWARD_NEEDED',
  'HARD_RULE',
  'NO_REVIEW_DUE',
  'REVIEW_OVERDUE',
] as const;

export type DecisionCode = (typeof DECISION_CODES)[number];

export type DecisionRefusal = { code: DecisionCode; message: string };

/** Of whom a request needs an approval, and who gave one. */
export type AskedOfPeople = {
  makerId: string;
  makerRoles: readonly string[];
  needed: NeededApproval;
  /** Given so far, by people who may still approve. */
  approvals: readonly { personId: string; roles: readonly string[] }[];
};

/** A request as far as a decision looks at it. */
export type Asked = AskedOfPeople & {
  /** Of a request, or of a change of lineage: PENDING_APPROVAL while there is something to decide. */
  state: string;
  /** Lower-case hex. */
  selectionHash: string;
  makerName: string;
  /** What of it is no longer as it was frozen, in words. */
  changes: readonly string[];
  /** A date that has passed and was not carried forward, in words; null = none. */
  passedDate: string | null;
  /** Items that can still go. */
  left: number;
};

/** Whoever decides, as things stand in the transaction that decides. */
export type Checker = {
  personId: string;
  roles: readonly string[];
  /** Is here and may approve. */
  mayApprove: boolean;
  /** Is here and may let it go in an emergency. */
  mayBreakGlass: boolean;
  hasTouched: boolean;
  /** Wrote a correction that is sent. */
  hasCorrected: boolean;
};

/** A limit within which it could be approved: the person's own, or that of somebody whom the person stands in for. */
export type LimitChoice = { ownerId: string; limit: PersonalLimit; sums: readonly CounterpartySum[] };

/** Why this person may not approve this request, exactly as it was shown; null = nothing but a limit is in the way. */
export function refuseApproval(asked: Asked, checker: Checker, seenHash: string): DecisionRefusal | null {
  return (
    refuseState(asked) ??
    refuseHash(asked, seenHash) ??
    refusePerson(asked, checker) ??
    refuseFacts(asked) ??
    refuseRole(asked, checker)
  );
}

/** Why this person may not approve, whatever selection was seen. */
export function refusePerson({ makerId, approvals, needed }: AskedOfPeople, checker: Checker): DecisionRefusal | null {
  if (!checker.mayApprove) return refuse('APPROVER_REMOVED', 'You may not approve any more.');
  if (checker.personId === makerId) return refuse('MAKER_MAY_NOT_DECIDE', 'Whoever asked for it may not decide on it.');
  if (approvals.some(({ personId }) => personId === checker.personId)) {
    return refuse('ALREADY_APPROVED', 'You approved it already: another person has to.');
  }
  if (checker.hasCorrected) {
    return refuse('TOUCHED_LINEAGE', 'You corrected what is sent: somebody else has to approve it.');
  }
  return needed.excludesTouchers && checker.hasTouched
    ? refuse('TOUCHED_LINEAGE', 'You worked on these documents: somebody who did not has to approve it.')
    : null;
}

/** Once there are enough people, each further one brings a role that nobody has brought so far. */
export function refuseRole(asked: AskedOfPeople, { roles }: Checker): DecisionRefusal | null {
  const missing = missingRoles(asked);
  const isEnough = asked.approvals.length + 1 >= asked.needed.approvals;
  const [role] = missing;
  return isEnough && role !== undefined && !missing.some((one) => roles.includes(one))
    ? refuse('ROLE_NEEDED', `One of those who decide must be ${role}: it needs that role.`)
    : null;
}

/** Whether nothing is missing once this person has approved. */
export function isLastApproval(asked: Asked, { roles }: Checker): boolean {
  return (
    asked.approvals.length + 1 >= asked.needed.approvals && missingRoles(asked).every((role) => roles.includes(role))
  );
}

function missingRoles({ needed, makerRoles, approvals }: AskedOfPeople): string[] {
  const brought = new Set([...makerRoles, ...approvals.flatMap((one) => one.roles)]);
  return needed.roles.filter((role) => !brought.has(role));
}

/** The first limit that covers it, or why none does. */
export function chooseLimit(choices: readonly LimitChoice[]): { ownerId: string } | DecisionRefusal {
  const covering = choices.find(({ limit, sums }) => beyondLimit(limit, sums) === null);
  if (covering !== undefined) return { ownerId: covering.ownerId };
  const [own] = choices;
  const beyond = own === undefined ? 'no-limit' : beyondLimit(own.limit, own.sums);
  if (beyond === 'no-limit' || beyond === null) return refuse('ABOVE_LIMIT', 'No limit is declared for you.');
  const whom = beyond.counterparty === '' ? 'documents without counterparty' : beyond.counterparty;
  return refuse(
    'ABOVE_LIMIT',
    beyond.isMoneyUnknown
      ? `Nobody can tell how much money it is for ${whom}: only who has no limit approves it.`
      : `With what you approved of the same maker today, it is above your limit for ${whom}.`,
  );
}

/** Why it cannot be sent back by this person; null = it can. */
export function refuseRejection(asked: Asked, checker: Checker): DecisionRefusal | null {
  const state = refuseState(asked);
  if (state !== null && state.code !== 'NOTHING_LEFT') return state;
  if (!checker.mayApprove) return refuse('APPROVER_REMOVED', 'You may not decide any more.');
  return checker.personId === asked.makerId
    ? refuse('MAKER_MAY_NOT_DECIDE', 'You asked for it: withdraw it instead.')
    : null;
}

/** Why it cannot be taken back by this person; null = it can. */
export function refuseWithdrawal(
  asked: Pick<Asked, 'state' | 'makerId' | 'makerName'>,
  personId: string,
): DecisionRefusal | null {
  if (asked.state !== 'PENDING_APPROVAL') return notPending(asked);
  return personId === asked.makerId ? null : refuse('NOT_MAKER', `Only ${asked.makerName} can withdraw it.`);
}

/** Why no emergency lets it go; null = one does. It sets aside who decides and within which limit, and nothing else. */
export function refuseBreakGlass(
  asked: Asked,
  { mayBreakGlass, hasOverdueReview }: Pick<Checker, 'mayBreakGlass'> & { hasOverdueReview: boolean },
  seenHash: string,
): DecisionRefusal | null {
  if (!mayBreakGlass) return refuse('APPROVER_REMOVED', 'You may not let it go any more.');
  if (hasOverdueReview) {
    const message =
      'What you let go in an emergency before was not reviewed in time: somebody else has to do that first.';
    return refuse('REVIEW_OVERDUE', message);
  }
  const refusal = refuseState(asked) ?? refuseHash(asked, seenHash) ?? refuseFacts(asked);
  if (refusal !== null) return refusal;
  return asked.needed.isHard
    ? refuse('HARD_RULE', 'It moves money: no emergency sets the second person and treasury aside.')
    : null;
}

function refuseState(asked: Asked): DecisionRefusal | null {
  if (asked.state !== 'PENDING_APPROVAL') return notPending(asked);
  return asked.left === 0
    ? refuse('NOTHING_LEFT', 'All of it was solved otherwise meanwhile: nothing is left to send.')
    : null;
}

function notPending({ state }: Pick<Asked, 'state'>): DecisionRefusal {
  const words = state.toLowerCase().replaceAll('_', ' ');
  return refuse('NOT_PENDING', `It is ${words}: there is nothing to decide any more.`);
}

function refuseHash({ selectionHash }: Asked, seenHash: string): DecisionRefusal | null {
  return selectionHash === seenHash.toLowerCase()
    ? null
    : refuse('SELECTION_CHANGED', 'This is not the selection that was frozen: look at it again.');
}

function refuseFacts({ changes, passedDate }: Asked): DecisionRefusal | null {
  if (changes.length > 0) {
    const words = changes.slice(0, 3).join('; ');
    const more = changes.length > 3 ? ` and ${changes.length - 3} more` : '';
    return refuse(
      'CHANGED_SINCE_REQUEST',
      `Since it was asked for: ${words}${more}. Reject it, so that it is asked for again.`,
    );
  }
  return passedDate === null
    ? null
    : refuse('CARRY_FORWARD_NEEDED', `${passedDate}. Reject it, so that it is asked for again and carried forward.`);
}

function refuse(code: DecisionCode, message: string): DecisionRefusal {
  return { code, message };
}
