import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import type { Viewer } from '../../identity/index.js';
import { decideAcceptance, findAcceptance, type AcceptanceRow, type Decision } from '../acceptance.repository.js';
import { changedSince, whyHangingBars, type HangingOn } from '../domain/acceptance.js';
import { findHangingOn } from '../duplicates.repository.js';
import type { StoredException } from '../domain/stored-exception.js';
import { lockAsked, refuseByQueue, type ActOutcome, type ActRefusal } from './act-outcome.js';
import { applyActs } from './apply-acts.js';

export type DecideInput = {
  viewer: Viewer;
  acceptanceId: string;
  decision: Decision;
  now: Date;
  traceId: string | undefined;
};

const ACTS = {
  approved: { act: 'approve-acceptance', kind: 'accepted' },
  rejected: { act: 'reject-acceptance', kind: 'acceptance-rejected' },
  withdrawn: { act: 'withdraw-acceptance', kind: 'acceptance-withdrawn' },
} as const;

/**
 * Decides on closing without correction, as it was frozen: the maker may withdraw, and only another person approves or rejects. What
 * changed since is not what the approver saw when it was asked for, so it cannot be approved any more.
 */
export async function decideOnAcceptance(tx: Tx, input: DecideInput): Promise<ActOutcome> {
  const { viewer, acceptanceId, decision, now, traceId } = input;
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
  const hanging = (await findHangingOn(tx, [exception.exceptionId])).get(exception.exceptionId);
  const refusal = refuseDecision(request, { exception, hanging }, decision, viewer);
  if (refusal !== null) {
    return refusal;
  }
  await decideAcceptance(tx, acceptanceId, decision, {
    personId: viewer.personId,
    personName: viewer.displayName,
    at: now,
  });
  const { act, kind } = ACTS[decision.state];
  await applyActs(tx, { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId }, [
    {
      exception,
      act,
      backTo: request.backTo,
      kind,
      details: {
        acceptanceId,
        reason: request.reasonCode,
        comment: request.comment,
        makerId: request.makerId,
        makerName: request.makerName,
        decisionReason: decision.reason,
        requestHash: request.requestHash,
      },
    },
  ]);
  return { kind: 'changed', exceptionIds: [exception.exceptionId] };
}

function refuseDecision(
  request: AcceptanceRow,
  { exception, hanging }: { exception: StoredException; hanging: HangingOn | undefined },
  decision: Decision,
  viewer: Viewer,
): ActRefusal | null {
  const { exceptionId } = exception;
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
  if (decision.state !== 'approved') return null;
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
