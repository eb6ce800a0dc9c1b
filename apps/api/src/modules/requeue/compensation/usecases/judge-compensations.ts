import type { Tx } from '@throughline/persistence';
import { applyActs, type ActOnException, type StoredException } from '../../../exceptions/index.js';
import { isSentAgain, stateBehind } from '../../domain/sent-again.js';
import { finishAttempts } from '../../sending.repository.js';
import { REQUEUE_SENDER } from '../../usecases/requeue-sender.js';
import { loadCompensationEvidence, type CompensationEvidenceRow } from '../compensation.repository.js';
import { judgeCompensation, type CompensationJudgement } from '../domain/judge-compensation.js';

type Ended = Exclude<CompensationJudgement, 'pending'>;

/** What ended, for whoever follows it up. */
export type EndedCompensation = { exceptionId: string; requestId: string; objectIds: string[] };

/** Ends the attempts to undo something whose outcome the facts now show. The caller holds the exceptions locked. */
export async function judgeCompensations(
  tx: Tx,
  exceptions: ReadonlyMap<string, StoredException>,
  now: Date,
): Promise<EndedCompensation[]> {
  const judged = (await loadCompensationEvidence(tx, [...exceptions.keys()])).flatMap((evidence) => {
    const judgement = judgeCompensation(evidence);
    return judgement === 'pending' ? [] : [{ evidence, judgement }];
  });
  if (judged.length === 0) return [];
  await finishAttempts(
    tx,
    judged.map(({ evidence, judgement }) => endOf(evidence, judgement)),
    now,
  );
  await applyActs(
    tx,
    { actor: REQUEUE_SENDER, at: now },
    judged.flatMap(({ evidence, judgement }) => actFor(exceptions.get(evidence.exceptionId), evidence, judgement)),
  );
  return judged.map(({ evidence: { exceptionId, requestId, documentId } }) => {
    const objectId = exceptions.get(exceptionId)?.objectId;
    return { exceptionId, requestId, objectIds: objectId === undefined ? [documentId] : [documentId, objectId] };
  });
}

/** An overtaken attempt keeps the state of its last transmission; one that was still waiting is withdrawn. */
function endOf(
  { attemptId, state }: CompensationEvidenceRow,
  judgement: Ended,
): Parameters<typeof finishAttempts>[1][number] {
  switch (judgement) {
    case 'verified':
    case 'notified':
      return { attemptId, state: 'VERIFIED', answer: null };
    case 'failed':
      return { attemptId, state: 'FAILED', answer: null };
    case 'overtaken':
      return state === 'QUEUED'
        ? { attemptId, state: 'REFUSED', answer: 'withdrawn: the document was undone before the target took it' }
        : { attemptId, state, answer: null };
  }
}

/** That a document is undone ends its exception, whoever did it; that somebody was told of it does not. */
const ACTS = {
  verified: { act: 'compensated', kind: 'compensation-verified' },
  overtaken: { act: 'compensated', kind: 'compensation-overtaken' },
  notified: { act: 'notified', kind: 'compensation-notified' },
  failed: { act: 'requeue-failed', kind: 'compensation-failed' },
} as const satisfies Record<Ended, Pick<ActOnException, 'act' | 'kind'>>;

function actFor(
  exception: StoredException | undefined,
  evidence: CompensationEvidenceRow,
  judgement: Ended,
): ActOnException[] {
  if (exception === undefined) return [];
  const { requestId, attemptId, attempt, action, documentType, documentKey, provedAt } = evidence;
  const details = { requestId, attemptId, attempt, action, document: `${documentType} ${documentKey}` };
  if (stateBehind(exception) === 'PENDING_APPROVAL') {
    // it was never sent, and nobody decides on it any more
    return [{ exception, act: 'reject-approval', kind: 'requeue-withdrawn', details }];
  }
  if (!isSentAgain(exception)) return [];
  const isUndone = ACTS[judgement].act === 'compensated' && provedAt !== null;
  return [{ exception, ...ACTS[judgement], details, ...(isUndone && { resolvedAt: provedAt }) }];
}
