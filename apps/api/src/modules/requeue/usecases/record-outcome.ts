import { maskText } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { recordAudits, type AuditEntry } from '../../audit/index.js';
import {
  applyActs,
  lockExceptions,
  lockExceptionsBeside,
  reconcileExceptions,
  type ActOnException,
  type StoredException,
} from '../../exceptions/index.js';
import type { Outcome } from '../domain/attempt.js';
import { isSentAgain } from '../domain/sent-again.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import {
  findExceptionsOfAttempts,
  findOvercome,
  freeClaims,
  lockAttempts,
  recordOutcomes,
  type SendingRow,
} from '../sending.repository.js';
import { callThoseBehind, enqueueSends } from './enqueue-sends.js';
import { judgeClaims } from './judge-attempts.js';
import { REQUEUE_SENDER } from './requeue-sender.js';

/** How much of an answer the timeline tells, in characters. */
const LONGEST_TOLD = 300;

export type HeldAttempt = { attempt: SendingRow; exception: StoredException | null };

/** The exception and all beside it first: everybody who touches attempts locks in that order. */
export async function lockWithException(tx: Tx, attemptId: string): Promise<HeldAttempt | null> {
  const [held] = await lockWithExceptions(tx, [attemptId]);
  return held ?? null;
}

/** The same of many; with a time, what the facts show to be over by then is ended before. */
export async function lockWithExceptions(
  tx: Tx,
  attemptIds: readonly string[],
  judgedAt?: Date,
): Promise<HeldAttempt[]> {
  const exceptionIds = await findExceptionsOfAttempts(tx, attemptIds);
  if (exceptionIds.length === 0) {
    return [];
  }
  let locked = await lockExceptionsBeside(tx, exceptionIds);
  if (judgedAt !== undefined) {
    const overcome = await findOvercome(tx, exceptionIds);
    await judgeClaims(tx, overcome, judgedAt);
    if (overcome.length > 0) locked = await lockExceptions(tx, exceptionIds);
  }
  const exceptions = new Map(locked.map((one) => [one.exceptionId, one]));
  const attempts = await lockAttempts(tx, attemptIds);
  return attempts.map((attempt) => ({ attempt, exception: exceptions.get(attempt.exceptionId) ?? null }));
}

/** With its exception, where the caller has it as it stands. */
export type Recorded = { attempt: SendingRow; outcome: Outcome; exception?: StoredException | null };

/** Attempt, exception, timeline and evidence of one transmission's outcome. */
export async function record(tx: Tx, attempt: SendingRow, outcome: Outcome, now: Date): Promise<void> {
  await recordAll(tx, [{ attempt, outcome }], now);
}

/** The same of many, whose exceptions and attempts the caller holds locked. */
export async function recordAll(tx: Tx, recorded: readonly Recorded[], now: Date): Promise<void> {
  if (recorded.length === 0) {
    return;
  }
  await recordOutcomes(
    tx,
    recorded.map(({ attempt: { attemptId }, outcome }) => ({ attemptId, outcome })),
    now,
  );
  await recordAudits(
    tx,
    recorded.map((one) => evidenceOf(one, now)),
  );
  // telemetry may decide before the request is answered; then the claim is gone and the answer is only noted
  const undecided = recorded.filter(({ attempt }) => attempt.hasClaim);
  for (const { attempt, outcome } of undecided) {
    if (outcome.retryAt !== null) await enqueueSends(tx, [attempt.attemptId], outcome.retryAt);
  }
  const refused = undecided.filter(({ outcome }) => outcome.state === 'REFUSED');
  if (refused.length > 0) {
    await freeClaims(
      tx,
      refused.map(({ attempt }) => attempt.attemptId),
    );
    await callThoseBehind(
      tx,
      refused.map(({ attempt }) => attempt.exceptionId),
    );
  }
  await tellExceptions(
    tx,
    undecided.filter(({ attempt, outcome }) => outcome.state !== 'QUEUED' && outcome.state !== attempt.state),
    now,
  );
  // that a notice was taken proves it: nothing is to be seen downstream
  await judgeClaims(
    tx,
    undecided.flatMap(({ attempt, outcome }) =>
      attempt.action === 'notify' && outcome.state === 'ACKNOWLEDGED' ? attempt.exceptionId : [],
    ),
    now,
  );
  await notifyRequestsChanged(tx, [...new Set(recorded.map(({ attempt }) => attempt.requestId))]);
}

/** Whether an outcome says nothing of where an attempt is: it went out again meanwhile, and was not taken the time before. */
export function isLate({ attempt, outcome }: Recorded, transmission: number): boolean {
  return attempt.transmissions !== transmission && outcome.state !== 'ACKNOWLEDGED';
}

/** Keeps what earlier transmissions brought as evidence alone. */
export async function recordLate(tx: Tx, late: readonly Recorded[], now: Date): Promise<void> {
  const entries = late.map((one) => evidenceOf(one, now));
  await recordAudits(
    tx,
    entries.map((entry) => ({ ...entry, details: { ...entry.details, isLate: true } })),
  );
}

function evidenceOf({ attempt, outcome }: Recorded, now: Date): AuditEntry {
  const { attemptId, requestId, exceptionId } = attempt;
  return {
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
  };
}

async function tellExceptions(tx: Tx, recorded: readonly Recorded[], now: Date): Promise<void> {
  if (recorded.length === 0) {
    return;
  }
  const asked = recorded.flatMap(({ attempt, exception }) => (exception === undefined ? attempt.exceptionId : []));
  const known = recorded.flatMap(({ exception }) => exception ?? []);
  const locked = asked.length === 0 ? [] : await lockExceptions(tx, asked);
  const exceptions = new Map([...known, ...locked].map((one) => [one.exceptionId, one]));
  const refused: string[] = [];
  const acts = recorded.flatMap(({ attempt, outcome }): ActOnException[] => {
    const { attemptId, requestId, exceptionId } = attempt;
    const exception = exceptions.get(exceptionId);
    if (exception === undefined) return [];
    const isRefused = outcome.state === 'REFUSED';
    if (isRefused) refused.push(exception.objectId);
    const answer = toldAnswer(outcome.answer);
    const details = { requestId, attemptId, attempt: attempt.attempt, httpStatus: outcome.httpStatus, answer };
    const act = isRefused && isSentAgain(exception) ? 'requeue-failed' : null;
    return [{ exception, act, kind: `requeue-${outcome.state.toLowerCase()}`, details }];
  });
  await applyActs(tx, { actor: REQUEUE_SENDER, at: now }, acts);
  if (refused.length > 0) {
    // overcome while it was waiting: nobody else looks again
    await reconcileExceptions(tx, { objectIds: [...new Set(refused)], overdue: [] }, now);
  }
}

/** As much of an answer as the timeline tells, with what looks secret masked. */
export function toldAnswer(answer: string): string {
  return maskText(answer.slice(0, LONGEST_TOLD)).value;
}
