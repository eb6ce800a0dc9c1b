import type { Tx } from '@throughline/persistence';
import { stateProblems } from '../../reconciliation/index.js';
import { findUndone } from '../compensation/usecases/find-undone.js';
import { doublePosts } from '../domain/double-post.js';
import { doublePostProblem, unverifiedProblem } from '../domain/outcome-problem.js';
import { findMade, findNamedAttempts, markUnverified, unmarkVerified } from '../outcome.repository.js';

const UNVERIFIED = 'requeue-unverified';
const DOUBLE_POSTS = 'requeue-double-posts';

/** Attempts told of in one transaction. */
export const PROVE_BATCH = 500;

/**
 * States of what was sent that its outcome was not seen in time, and withdraws it when it was seen after all, or ended otherwise.
 * Answers whether there may be more.
 */
export async function proveInTime(tx: Tx, now: Date): Promise<boolean> {
  const late = await markUnverified(tx, now, PROVE_BATCH);
  const ended = await unmarkVerified(tx, now, PROVE_BATCH);
  await stateProblems(tx, UNVERIFIED, [
    ...late.map((attempt) => ({ scope: attempt.attemptId, problems: [unverifiedProblem(attempt)] })),
    ...ended.map((scope) => ({ scope, problems: [] })),
  ]);
  return late.length === PROVE_BATCH || ended.length === PROVE_BATCH;
}

/** States of what was sent at these objects that one send made several documents, and withdraws it where that turns out otherwise. */
export async function findDoublePosts(tx: Tx, objectIds: readonly string[], isSilent: boolean): Promise<void> {
  const attempts = await findNamedAttempts(tx, objectIds);
  if (attempts.length === 0) return;
  const made = await findMade(
    tx,
    attempts.map(({ attemptId }) => attemptId),
  );
  const undone = await findUndone(
    tx,
    made.flatMap(({ documents }) => documents),
  );
  const statements = attempts.map((attempt) => {
    // what follows further downstream may rightly be several
    const own = made
      .filter((one) => one.attemptId === attempt.attemptId && one.integration === attempt.integration)
      // what was reversed or cancelled since is there no more
      .map((one) => ({ ...one, documents: one.documents.filter(({ objectId }) => !undone.has(objectId)) }));
    const latest = own.at(-1);
    return {
      scope: attempt.attemptId,
      problems:
        latest === undefined ? [] : doublePosts(own).map((one) => doublePostProblem(attempt, one, latest.occurredAt)),
    };
  });
  await stateProblems(tx, DOUBLE_POSTS, statements, { isSilent });
}
