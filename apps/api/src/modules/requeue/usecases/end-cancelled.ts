import type { Tx } from '@throughline/persistence';
import type { Actor } from '../../audit/index.js';
import { applyActs, lockExceptionsBeside, reconcileExceptions } from '../../exceptions/index.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { cancelAttempts, endedRun, findCancellable } from '../run.repository.js';
import { freeClaims } from '../sending.repository.js';
import { callThoseBehind } from './enqueue-sends.js';

/** Attempts that one transaction ends: short enough for whoever waits for one of their exceptions. */
const BATCH = 500;

export type Ending = { requestId: string; actor: Actor; because: string; now: Date };

/** Ends a batch of what a cancelled request has not sent: claims are free, the exceptions are back. Answers whether all is ended. */
export async function endCancelled(tx: Tx, ending: Ending): Promise<boolean> {
  const found = await findCancellable(tx, ending.requestId, BATCH);
  await endThem(tx, ending, found);
  const isAll = found.length < BATCH;
  if (isAll) await endedRun(tx, ending.requestId);
  return isAll;
}

/** The same for one attempt that came back from its target when its request was cancelled already. */
export async function endCancelledAttempt(tx: Tx, ending: Ending, attemptId: string): Promise<void> {
  await endThem(tx, ending, await findCancellable(tx, ending.requestId, 1, attemptId));
}

async function endThem(
  tx: Tx,
  { requestId, actor, because, now }: Ending,
  found: readonly { attemptId: string; exceptionId: string }[],
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
      return exception === undefined || !hasClaim
        ? []
        : [{ exception, act: 'requeue-cancelled' as const, kind: 'requeue-cancelled', details }];
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
