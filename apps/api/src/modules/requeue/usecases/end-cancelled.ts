import type { Tx } from '@throughline/persistence';
import type { Actor } from '../../audit/index.js';
import {
  applyActs,
  lockExceptionsBeside,
  reconcileExceptions,
  type Act,
  type StoredException,
} from '../../exceptions/index.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { isSentAgain, stateBehind } from '../domain/sent-again.js';
import { cancelAttempts, endedRun, findCancellable, type Cancellable } from '../run.repository.js';
import { freeClaims } from '../sending.repository.js';
import { callThoseBehind } from './enqueue-sends.js';

/** Attempts that one transaction ends: short enough for whoever waits for one of their exceptions. */
const BATCH = 500;

export type Ending = { requestId: string; actor: Actor; because: string; now: Date };

/** Finds and holds the first of what a request has not sent: its exceptions are held before the request is, as by everybody. */
export async function holdCancellable(tx: Tx, requestId: string): Promise<Cancellable[]> {
  const found = await findCancellable(tx, requestId, BATCH);
  await lockExceptionsBeside(
    tx,
    found.map(({ exceptionId }) => exceptionId),
  );
  return found;
}

/** Ends a batch of what a cancelled request has not sent: claims are free, the exceptions are back. Answers whether all is ended. */
export async function endCancelled(tx: Tx, ending: Ending): Promise<boolean> {
  const found = await findCancellable(tx, ending.requestId, BATCH);
  await endAttempts(tx, ending, found);
  const isAll = found.length < BATCH;
  if (isAll) await endedRun(tx, ending.requestId);
  return isAll;
}

/** The same for one attempt that came back from its target when its request was cancelled already. */
export async function endCancelledAttempt(tx: Tx, ending: Ending, attemptId: string): Promise<void> {
  await endAttempts(tx, ending, await findCancellable(tx, ending.requestId, 1, attemptId));
}

/** Ends those of these that still have not gone out. */
export async function endAttempts(
  tx: Tx,
  { requestId, actor, because, now }: Ending,
  found: readonly Cancellable[],
): Promise<void> {
  if (found.length === 0) return;
  // exceptions first: everybody who touches attempts locks in that order
  const locked = await lockExceptionsBeside(
    tx,
    found.map(({ exceptionId }) => exceptionId),
  );
  const exceptions = new Map(locked.map((one) => [one.exceptionId, one]));
  const ended = await cancelAttempts(
    tx,
    found.map(({ attemptId }) => attemptId),
    because,
    now,
  );
  await freeClaims(
    tx,
    ended.map(({ attemptId }) => attemptId),
  );
  await applyActs(
    tx,
    { actor, at: now },
    ended.flatMap(({ attemptId, exceptionId, attempt, hasClaim }) => {
      const exception = exceptions.get(exceptionId);
      const details = { requestId, attemptId, attempt, because };
      if (exception === undefined || !hasClaim) return [];
      const act = actOfEnding(exception);
      return [{ exception, act, kind: 'requeue-cancelled', details }];
    }),
  );
  // overcome while they were held: the exceptions are open for this moment only
  const objectIds = ended.flatMap(({ exceptionId }) => exceptions.get(exceptionId)?.objectId ?? []);
  await reconcileExceptions(tx, { objectIds: [...new Set(objectIds)], overdue: [] }, now);
  await callThoseBehind(
    tx,
    ended.map(({ exceptionId }) => exceptionId),
  );
  await notifyRequestsChanged(tx, [requestId]);
}

/** Cancelled while it was being frozen, what was to be approved waits for nobody any more. */
function actOfEnding(exception: StoredException): Act | null {
  if (isSentAgain(exception)) return 'requeue-cancelled';
  return stateBehind(exception) === 'PENDING_APPROVAL' ? 'reject-approval' : null;
}
