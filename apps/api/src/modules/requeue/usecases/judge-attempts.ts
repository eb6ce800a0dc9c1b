import type { Tx } from '@throughline/persistence';
import {
  applyActs,
  lockExceptionsBeside,
  reconcileExceptions,
  type Act,
  type ActOnException,
  type StoredException,
} from '../../exceptions/index.js';
import { judge, type Judgement } from '../domain/judgement.js';
import { isSentAgain, stateBehind } from '../domain/sent-again.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { judgeCompensations } from '../compensation/usecases/judge-compensations.js';
import {
  findClaimedAt,
  finishAttempts,
  loadEvidence,
  noteProcessed,
  type EvidenceRow,
  type FinishedAttempt,
} from '../sending.repository.js';
import { callThoseBehind } from './enqueue-sends.js';
import { REQUEUE_SENDER } from './requeue-sender.js';

/** Ends attempts at these objects whose business outcome the facts now show: verified downstream, failed again, or overtaken. */
export async function judgeAttempts(tx: Tx, objectIds: readonly string[], now: Date): Promise<void> {
  await judgeClaims(tx, await findClaimedAt(tx, objectIds), now);
}

/** The same for the attempts that hold the claims of these exceptions. */
export async function judgeClaims(tx: Tx, candidates: readonly string[], now: Date): Promise<void> {
  if (candidates.length === 0) {
    return;
  }
  // with all others at their objects, which are reconciled below
  const exceptions = new Map((await lockExceptionsBeside(tx, candidates)).map((one) => [one.exceptionId, one]));
  const undone = await judgeCompensations(tx, exceptions, now);
  const found = await loadEvidence(tx, candidates);
  const all = found.map((evidence) => ({ evidence, judgement: judge(evidence) }));
  // what ends is written once
  await noteProcessed(
    tx,
    all.flatMap(({ evidence: { attemptId, processedAt }, judgement }) =>
      processedAt === null || judgement !== 'pending' ? [] : [{ attemptId, at: processedAt }],
    ),
  );
  const judged = all.filter(({ judgement }) => judgement !== 'pending');
  if (judged.length + undone.length === 0) {
    return;
  }
  await finishAttempts(
    tx,
    judged.map(({ evidence, judgement }) => endOf(evidence, judgement)),
    now,
  );
  const after = await applyActs(
    tx,
    { actor: REQUEUE_SENDER, at: now },
    judged.flatMap(({ evidence, judgement }) => actFor(exceptions.get(evidence.exceptionId), evidence, judgement)),
  );
  // a failed attempt whose step was overcome otherwise: the exception is open for this moment only. What the facts resolved they hold
  // so: whoever hears of them brings the rest of it in line.
  const resolved = new Set(after.flatMap(({ exceptionId, state }) => (state === 'RESOLVED' ? [exceptionId] : [])));
  const left = judged.filter(({ evidence }) => !resolved.has(evidence.exceptionId));
  const objectIds = new Set([
    ...left.map(({ evidence }) => evidence.objectId),
    ...undone.flatMap((one) => one.objectIds),
  ]);
  if (objectIds.size > 0) await reconcileExceptions(tx, { objectIds: [...objectIds], overdue: [] }, now);
  const ended = [...judged.map(({ evidence }) => evidence), ...undone];
  await callThoseBehind(
    tx,
    ended.map(({ exceptionId }) => exceptionId),
  );
  await notifyRequestsChanged(
    tx,
    ended.map(({ requestId }) => requestId),
  );
}

/** An overtaken attempt keeps the state of its last transmission; one that was still waiting is withdrawn. */
function endOf({ attemptId, state, processedAt }: EvidenceRow, judgement: Judgement): FinishedAttempt {
  if (judgement === 'verified' || judgement === 'failed') {
    return { attemptId, state: judgement === 'verified' ? 'VERIFIED' : 'FAILED', answer: null, processedAt };
  }
  return state === 'QUEUED'
    ? { attemptId, state: 'REFUSED', answer: 'withdrawn: the step was overcome before the target took it', processedAt }
    : { attemptId, state, answer: null, processedAt };
}

const ACTS: Readonly<Record<Exclude<Judgement, 'pending'>, Act>> = {
  verified: 'requeue-verified',
  failed: 'requeue-failed',
  overtaken: 'requeue-overtaken',
};

function actFor(exception: StoredException | undefined, evidence: EvidenceRow, judgement: Judgement): ActOnException[] {
  if (exception === undefined || judgement === 'pending') {
    return [];
  }
  const { requestId, attemptId, attempt, clearedAt } = evidence;
  const details = { requestId, attemptId, attempt };
  if (stateBehind(exception) === 'PENDING_APPROVAL') {
    // it was never sent, and nobody decides on it any more: whether it is over, the facts say by themselves
    return [{ exception, act: 'reject-approval', kind: 'requeue-withdrawn', details }];
  }
  if (!isSentAgain(exception)) {
    return [];
  }
  const isOvercome = judgement !== 'failed' && clearedAt !== null;
  return [
    {
      exception,
      act: ACTS[judgement],
      kind: ACTS[judgement],
      details,
      ...(isOvercome ? { resolvedAt: clearedAt } : {}),
    },
  ];
}
