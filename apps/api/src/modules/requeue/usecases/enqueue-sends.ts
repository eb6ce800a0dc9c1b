import { JOB_NAMES } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { findWaitingBehind } from '../sending.repository.js';

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

/** It is the turn of what was waiting for these exceptions, or it is withdrawn: its job looks. */
export async function callThoseBehind(tx: Tx, exceptionIds: readonly string[]): Promise<void> {
  await enqueueSends(tx, await findWaitingBehind(tx, exceptionIds));
}
