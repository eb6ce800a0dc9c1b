import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import type { Viewer } from '../../identity/index.js';
import { decideAcceptances, findAcceptance, type AcceptanceRow, type Decision } from '../acceptance.repository.js';
import { findApprovedOfDay, lockApprover } from '../acceptance-sums.repository.js';
import { changedSince, whyHangingBars, type HangingOn } from '../domain/acceptance.js';
import { aboveLimitWords, approverLimitOf, beyondApproverLimit, type ToApprove } from '../domain/approver-limits.js';
import type { StoredException } from '../domain/stored-exception.js';
import { findHangingOn } from '../duplicates.repository.js';
import { lockAsked, refuseByQueue, type ActOutcome, type ActRefusal } from './act-outcome.js';
import { applyActs } from './apply-acts.js';

export type DecideInput = {
  viewer: Viewer;
  decision: Decision;
  now: Date;
  /** When the person decided, where that is carried out later: limits and expiry look at that moment. */
  saidAt?: Date | undefined;
  traceId: string | undefined;
  /** The act on many that decides it together with others. */
  bulkActId?: string | undefined;
};

const ACTS = {
  approved: { act: 'approve-acceptance', kind: 'accepted' },
  rejected: { act: 'reject-acceptance', kind: 'acceptance-rejected' },
  withdrawn: { act: 'withdraw-acceptance', kind: 'acceptance-withdrawn' },
} as const;

/** A request, and the exception that it is about, which the caller holds locked. */
export type HeldRequest = { request: AcceptanceRow; exception: StoredException };

/**
 * Decides on closing without correction, as it was frozen: the maker may withdraw, and only another person approves or rejects. What
 * changed since is not what the approver saw when it was asked for, so it cannot be approved any more.
 */
export async function decideOnAcceptance(
  tx: Tx,
  { acceptanceId, ...input }: DecideInput & { acceptanceId: string },
): Promise<ActOutcome> {
  const asked = await findAcceptance(tx, acceptanceId);
  if (asked === null) {
    throw new CodedError('NOT_FOUND', 'There is no such request');
  }
  const [exception] = await lockAsked(tx, [asked.exceptionId]);
  // read again behind the lock: of two who decide at once the second sees what the first did
  const request = await findAcceptance(tx, acceptanceId);
  if (exception === undefined || request === null) {
    throw new CodedError('NOT_FOUND', 'There is no such request');
  }
  const [refusal = null] = await decideRequests(tx, [{ request, exception }], input);
  return refusal ?? { kind: 'changed', exceptionIds: [exception.exceptionId] };
}

/** Decides on each request by itself what can be decided on it; answers, in their order, why on some it was not. Null = it was. */
export async function decideRequests(
  tx: Tx,
  held: readonly HeldRequest[],
  input: DecideInput,
): Promise<(ActRefusal | null)[]> {
  const { viewer, decision, now, saidAt = now, traceId, bulkActId } = input;
  const refusals = await refuseRequests(tx, held, input);
  const decided = held.filter((_one, index) => refusals[index] === null);
  await decideAcceptances(
    tx,
    decided.map(({ request }) => request.acceptanceId),
    decision,
    { personId: viewer.personId, personName: viewer.displayName, at: saidAt, decisionActId: bulkActId ?? null },
  );
  const { act, kind } = ACTS[decision.state];
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  await applyActs(
    tx,
    { actor, at: now, traceId, bulkActId },
    decided.map(({ request, exception }) => ({
      exception,
      act,
      backTo: request.backTo,
      kind,
      details: { ...detailsOf(request), decisionReason: decision.reason },
    })),
  );
  return refusals;
}

function detailsOf(request: AcceptanceRow): Record<string, unknown> {
  const { acceptanceId, reasonCode, comment, makerId, makerName, requestHash } = request;
  return { acceptanceId, reason: reasonCode, comment, makerId, makerName, requestHash };
}

/**
 * Tells on exceptions that an act on many left waiting why: in the timeline and on record. Who decides on one is told it as the answer.
 */
export async function tellLeftWaiting(
  tx: Tx,
  left: readonly (HeldRequest & { refusal: ActRefusal })[],
  { viewer, decision, now, traceId, bulkActId }: DecideInput,
): Promise<void> {
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  await applyActs(
    tx,
    { actor, at: now, traceId, bulkActId },
    left.map(({ request, exception, refusal: { code, message } }) => ({
      exception,
      act: null,
      kind: 'acceptance-left',
      details: { ...detailsOf(request), decision: decision.state, code, why: message },
    })),
  );
}

async function refuseRequests(
  tx: Tx,
  held: readonly HeldRequest[],
  { viewer, decision, now, saidAt = now }: DecideInput,
): Promise<(ActRefusal | null)[]> {
  const refusals = held.map((one) => refuseDecision(one, decision, viewer));
  if (decision.state !== 'approved') return refusals;
  const hanging = await findHangingOn(
    tx,
    held.map(({ exception }) => exception.exceptionId),
  );
  const facts = held.map(
    (one, index) => refusals[index] ?? refuseByFacts(one, hanging.get(one.exception.exceptionId), saidAt),
  );
  const free = held.filter((_one, index) => facts[index] === null);
  const beyond = await refuseByLimit(tx, free, viewer, saidAt);
  return held.map(({ exception }, index) => facts[index] ?? beyond.get(exception.exceptionId) ?? null);
}

function refuseDecision({ request }: HeldRequest, decision: Decision, viewer: Viewer): ActRefusal | null {
  const { exceptionId } = request;
  const isMaker = request.makerId === viewer.personId;
  if (request.state !== 'pending') {
    const by = request.deciderName === null ? '' : ` by ${request.deciderName}`;
    const message = `It is ${request.state}${by}: there is nothing to decide any more.`;
    return { kind: 'failure', code: 'NOT_PENDING', message, exceptionId };
  }
  if (decision.state === 'withdrawn' ? !isMaker : isMaker) {
    const message = isMaker
      ? 'Whoever asked for it may not decide on it.'
      : `Only ${request.makerName} can withdraw it.`;
    return { kind: 'failure', code: 'MAKER_MAY_NOT_DECIDE', message, exceptionId };
  }
  return null;
}

/** Why it cannot be approved as things are now. */
function refuseByFacts(
  { request, exception }: HeldRequest,
  hanging: HangingOn | undefined,
  now: Date,
): ActRefusal | null {
  const { exceptionId } = exception;
  if (request.expiresAt !== null && request.expiresAt <= now) {
    const message = 'Nobody decided in time: it goes back to its maker.';
    return { kind: 'failure', code: 'EXPIRED', message, exceptionId };
  }
  const notThere = refuseByQueue(exception);
  if (notThere !== null) return notThere;
  const barred = whyHangingBars(hanging);
  if (barred !== null) return { kind: 'failure', code: 'NOT_OF_QUEUE', message: barred, exceptionId };
  const changes = changedSince(request, { ...exception, duplicates: hanging?.count ?? 0 });
  return changes.length === 0
    ? null
    : {
        kind: 'failure',
        code: 'CHANGED_SINCE_REQUEST',
        message: `Since it was asked for, ${changes.join(' and ')}. Reject it, so that it is asked for again.`,
        exceptionId,
      };
}

/** By exception, what is above what the person may approve of the same maker with the same counterparty on one day. */
async function refuseByLimit(
  tx: Tx,
  held: readonly HeldRequest[],
  viewer: Viewer,
  now: Date,
): Promise<Map<string, ActRefusal>> {
  const limit = approverLimitOf(viewer.roles);
  const [first] = held;
  if (limit === null || first === undefined) return new Map();
  // of two decisions of the same person at once the second adds to the first
  await lockApprover(tx, viewer.personId);
  const asked = held.map(toApprove);
  const sums = await findApprovedOfDay(
    tx,
    // what one act asked for is of one maker
    { personId: viewer.personId, makerId: first.request.makerId, at: now },
    held.map(({ exception }, index) => ({ exceptionId: exception.exceptionId, ...asked[index]! })),
  );
  const beyond = beyondApproverLimit(limit, asked, sums);
  return new Map(
    held.flatMap(({ exception: { exceptionId } }, index): [string, ActRefusal][] => {
      if (beyond[index] !== true) return [];
      const message = aboveLimitWords(limit, asked[index]!);
      return [[exceptionId, { kind: 'failure', code: 'ABOVE_LIMIT', message, exceptionId }]];
    }),
  );
}

function toApprove({ request, exception }: HeldRequest): ToApprove {
  const { convertedAmount, limitCurrency, amount, duplicates, counterparty } = request;
  const isUnknown = amount !== null || exception.isMoneyUnknown || duplicates > 0;
  return {
    counterparty: counterparty ?? '',
    money:
      convertedAmount === null ? (isUnknown ? undefined : null) : { amount: convertedAmount, currency: limitCurrency },
  };
}
