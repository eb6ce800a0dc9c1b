import type { Tx } from '@throughline/persistence';
import { describePredicate, evaluatePredicate } from '../domain/predicate.js';
import type { StoredException } from '../domain/stored-exception.js';
import { waitStanding } from '../domain/wait.js';
import { lockExceptions } from '../exceptions.repository.js';
import { loadPredicateFacts } from '../predicate-facts.repository.js';
import { deleteWaits, findDueWaits, noteWaitChecks, readWaits, type WaitCheck } from '../wait.repository.js';
import { applyActs, type ActOnException } from './apply-acts.js';
import { SYSTEM } from './reconcile-exceptions.js';

/**
 * Looks at the waits that are due: ends those whose predicate holds, whose time came, that expired, or that can never come true, each
 * with the word why, back to where the exception was. Answers how many were looked at.
 */
export async function endWaits(tx: Tx, now: Date, limit: number): Promise<number> {
  const due = await findDueWaits(tx, now, limit);
  if (due.length === 0) {
    return 0;
  }
  const exceptions = await lockExceptions(tx, due);
  // read behind the locks: who waits for something else meanwhile is not ended by what was
  const waits = await readWaits(tx, due);
  const looked = exceptions.flatMap((exception) => {
    const wait = waits.get(exception.exceptionId);
    return wait !== undefined && wait.nextAt <= now ? [{ exception, wait }] : [];
  });
  const facts = await loadPredicateFacts(
    tx,
    looked.flatMap(({ exception: { legalEntity }, wait: { predicate } }) =>
      predicate === null ? [] : [{ predicate, legalEntity }],
    ),
  );
  const acts: ActOnException[] = [];
  const checks: WaitCheck[] = [];
  const over: string[] = [];
  for (const { exception, wait } of looked) {
    const { exceptionId } = exception;
    const verdict = wait.predicate === null ? null : evaluatePredicate(wait.predicate, facts, exception.legalEntity);
    const standing = waitStanding(wait, verdict, now);
    if (!isWaiting(exception)) {
      // solved or sent again while it waited
      over.push(exceptionId);
    } else if (standing.kind === 'waits') {
      checks.push({ exceptionId, nextAt: standing.nextAt, detail: standing.detail });
    } else {
      over.push(exceptionId);
      const waitedFor = wait.predicate === null ? null : describePredicate(wait.predicate);
      acts.push({
        exception,
        act: 'wait-over',
        backTo: wait.backTo,
        kind: 'wait-over',
        details: { why: standing.why, detail: standing.detail, waitedFor, reason: wait.reason },
      });
    }
  }
  await noteWaitChecks(tx, checks, now);
  await deleteWaits(tx, over);
  if (acts.length > 0) {
    await applyActs(tx, { actor: SYSTEM, at: now }, acts);
  }
  return due.length;
}

/** Also what comes back to waiting when it is no duplicate any more. */
function isWaiting({ state, stateBeforeDuplicate, isDuplicateByHand }: StoredException): boolean {
  return state === 'WAITING' || (state === 'DUPLICATE' && !isDuplicateByHand && stateBeforeDuplicate === 'WAITING');
}
