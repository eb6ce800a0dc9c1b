import { maskText } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../audit/index.js';
import {
  applyActs,
  lockExceptions,
  lockExceptionsBeside,
  reconcileExceptions,
  type StoredException,
} from '../../exceptions/index.js';
import type { Outcome } from '../domain/attempt.js';
import { isSentAgain } from '../domain/sent-again.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import {
  findExceptionOfAttempt,
  freeClaims,
  lockAttempt,
  recordOutcome,
  type SendingRow,
} from '../sending.repository.js';
import { callThoseBehind, enqueueSends } from './enqueue-sends.js';
import { REQUEUE_SENDER } from './requeue-sender.js';

/** How much of an answer the timeline tells, in characters. */
const LONGEST_TOLD = 300;

export type HeldAttempt = { attempt: SendingRow; exception: StoredException | null };

/** The exception and all beside it first: everybody who touches attempts locks in that order. */
export async function lockWithException(tx: Tx, attemptId: string): Promise<HeldAttempt | null> {
  const exceptionId = await findExceptionOfAttempt(tx, attemptId);
  if (exceptionId === null) {
    return null;
  }
  const exceptions = await lockExceptionsBeside(tx, [exceptionId]);
  const attempt = await lockAttempt(tx, attemptId);
  return attempt && { attempt, exception: exceptions.find((one) => one.exceptionId === exceptionId) ?? null };
}

/** Attempt, exception, timeline and evidence of one transmission's outcome. */
export async function record(tx: Tx, attempt: SendingRow, outcome: Outcome, now: Date): Promise<void> {
  const { attemptId, requestId, exceptionId } = attempt;
  // telemetry may decide before the request is answered; then the claim is gone and the answer is only noted
  const isDecided = !attempt.hasClaim;
  await recordOutcome(tx, attemptId, outcome, now);
  await recordAudit(tx, {
    at: now,
    actor: REQUEUE_SENDER,
    action: 'requeue.outcome-recorded',
    subject: { type: 'requeue-attempt', id: attemptId },
    details: {
      exceptionId,
      requestId,
      attempt: attempt.attempt,
      transmission: attempt.transmissions,
      outcome: outcome.state,
      httpStatus: outcome.httpStatus,
    },
    traceId: attempt.traceparent.split('-')[1],
  });
  if (!isDecided && outcome.retryAt !== null) {
    await enqueueSends(tx, [attemptId], outcome.retryAt);
  }
  if (!isDecided && outcome.state === 'REFUSED') {
    await freeClaims(tx, [attemptId]);
    await callThoseBehind(tx, [exceptionId]);
  }
  if (!isDecided && outcome.state !== 'QUEUED' && outcome.state !== attempt.state) {
    await tellException(tx, attempt, outcome, now);
  }
  await notifyRequestsChanged(tx, [requestId]);
}

async function tellException(tx: Tx, attempt: SendingRow, outcome: Outcome, now: Date): Promise<void> {
  const { attemptId, requestId, exceptionId } = attempt;
  const [exception] = await lockExceptions(tx, [exceptionId]);
  if (exception === undefined) {
    return;
  }
  const isRefused = outcome.state === 'REFUSED';
  const answer = toldAnswer(outcome.answer);
  const details = { requestId, attemptId, attempt: attempt.attempt, httpStatus: outcome.httpStatus, answer };
  await applyActs(tx, { actor: REQUEUE_SENDER, at: now }, [
    {
      exception,
      act: isRefused && isSentAgain(exception) ? 'requeue-failed' : null,
      kind: `requeue-${outcome.state.toLowerCase()}`,
      details,
    },
  ]);
  if (isRefused) {
    // overcome while it was waiting: nobody else looks again
    await reconcileExceptions(tx, { objectIds: [exception.objectId], overdue: [] }, now);
  }
}

/** As much of an answer as the timeline tells, with what looks secret masked. */
export function toldAnswer(answer: string): string {
  return maskText(answer.slice(0, LONGEST_TOLD)).value;
}
