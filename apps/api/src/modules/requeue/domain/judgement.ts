/** What the facts say about the object of an attempt that is not finished. */
export type Evidence = {
  /** When it went out for the first time; of what never did, when it was made. */
  sentAt: Date;
  /** The target may have taken it; false = it is known that it did not. */
  mayBeTaken: boolean;
  /** The problem is (still) among the facts. */
  hasProblem: boolean;
  clearedAt: Date | null;
  /** A run that names this request failed at the object, or succeeded. */
  hasOwnFailure: boolean;
  hasOwnSuccess: boolean;
};

/** `overtaken`: the step was overcome, but not by this attempt. */
export type Judgement = 'verified' | 'failed' | 'overtaken' | 'pending';

/**
 * Whether an attempt brought the business outcome. What names the request decides first; an integration that does not carry the id is
 * judged by time: overcome at or after the attempt first went out. What the target never took brought nothing.
 */
export function judge(evidence: Evidence): Judgement {
  const { clearedAt, sentAt, hasOwnFailure, hasOwnSuccess, hasProblem, mayBeTaken } = evidence;
  if (hasProblem && clearedAt !== null && hasOwnSuccess) {
    return 'verified';
  }
  if (hasOwnFailure) {
    return 'failed';
  }
  if (!hasProblem) {
    return 'overtaken';
  }
  if (clearedAt === null) {
    return 'pending';
  }
  return mayBeTaken && clearedAt >= sentAt ? 'verified' : 'overtaken';
}
