import { JOB_NAMES } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { findWaitingBehind } from '../sending.repository.js';

const HANDFUL = 5;
/** Attempts that one job carries at most. */
const SENT_TOGETHER = 50;

/** One job an attempt: a later one takes the place of an earlier one that has not begun. */
export async function enqueueSends(tx: Tx, attemptIds: readonly string[], at?: Date): Promise<void> {
  await tx.enqueueAll(
    JOB_NAMES.requeueSend,
    attemptIds.map((attemptId) => ({
      payload: { attemptId },
      jobKey: `${JOB_NAMES.requeueSend}:${attemptId}`,
      ...(at === undefined ? {} : { runAt: at }),
    })),
  );
}

/** What is released goes out together, unless it is a handful: the more at once, the less each of them costs. */
export async function enqueueReleased(tx: Tx, attemptIds: readonly string[]): Promise<void> {
  if (attemptIds.length <= HANDFUL) return enqueueSends(tx, attemptIds);
  const jobs: { payload: { attemptIds: readonly string[] } }[] = [];
  for (let first = 0; first < attemptIds.length; first += SENT_TOGETHER) {
    jobs.push({ payload: { attemptIds: attemptIds.slice(first, first + SENT_TOGETHER) } });
  }
  await tx.enqueueAll(JOB_NAMES.requeueSend, jobs);
}

/** It is the turn of what was waiting for these exceptions, or it is withdrawn: its job looks. */
export async function callThoseBehind(tx: Tx, exceptionIds: readonly string[]): Promise<void> {
  await enqueueSends(tx, await findWaitingBehind(tx, exceptionIds));
}
