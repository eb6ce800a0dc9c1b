import type { Tx } from '@throughline/persistence';
import { stateProblems } from '../../reconciliation/index.js';
import { findUndone } from '../compensation/usecases/find-undone.js';
import { doublePosts, madeBeside } from '../domain/double-post.js';
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

/** States of what was sent at these objects that one send, or several of which one was to count, made several documents, and withdraws it where that turns out otherwise. */
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
    // what was reversed or cancelled since is there no more
    const own = madeBeside(attempt, attempts, made).map((one) => ({
      ...one,
      documents: one.documents.filter(({ objectId }) => !undone.has(objectId)),
    }));
    const since = new Date(Math.max(...own.map(({ occurredAt }) => occurredAt.getTime())));
    const earlier = own
      .filter(({ attemptId }) => attemptId !== attempt.attemptId)
      .flatMap(({ documents }) => documents);
    const problems = doublePosts(own).map((one) => {
      const isWithEarlier = one.documents.some((document) => earlier.some((its) => its.objectId === document.objectId));
      return doublePostProblem(attempt, one, { since, isWithEarlier });
    });
    return { scope: attempt.attemptId, problems };
  });
  await stateProblems(tx, DOUBLE_POSTS, statements, { isSilent });
}
