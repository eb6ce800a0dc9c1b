import type { CompensationAction } from '@throughline/contracts';
import type { AttemptState } from '../../domain/attempt.js';

/** What the facts say about the document of an attempt to undo it that is not finished. */
export type CompensationEvidence = {
  action: CompensationAction;
  state: AttemptState;
  /** When it went out for the first time; of what never did, when it was made. */
  sentAt: Date;
  /** When the document was first seen undone, or the declared milestone reached; null = not yet. */
  provedAt: Date | null;
  /** The activity that proves it names this request. */
  isOwnProof: boolean;
  /** A run that names this request failed at the document. */
  hasOwnFailure: boolean;
};

/** `overtaken`: undone, but not by this attempt. `notified`: whoever had to be told took it. */
export type CompensationJudgement = 'verified' | 'notified' | 'failed' | 'overtaken' | 'pending';

/**
 * Whether an attempt undid its document. What names the request decides first; an integration that does not carry the id is judged by
 * time. That somebody was told is proved by the acknowledgement, and by nothing else.
 */
export function judgeCompensation(evidence: CompensationEvidence): CompensationJudgement {
  const { action, state, sentAt, provedAt, isOwnProof, hasOwnFailure } = evidence;
  if (action === 'notify') {
    if (hasOwnFailure) return 'failed';
    return state === 'ACKNOWLEDGED' ? 'notified' : 'pending';
  }
  if (provedAt !== null && isOwnProof) return 'verified';
  if (hasOwnFailure) return 'failed';
  if (provedAt === null) return 'pending';
  return state !== 'QUEUED' && provedAt >= sentAt ? 'verified' : 'overtaken';
}
