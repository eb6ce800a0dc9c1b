import type { Tx } from '@throughline/persistence';
import { limitsOf, mostCareful, type RunLimits } from '../domain/run.js';
import {
  beginRun,
  findLimitsOfTargets,
  findRequestsOf,
  findRuns,
  insertRun,
  orderAttempts,
} from '../run.repository.js';
import { workRun } from './work-run.js';

/** Freezes the limits of a request, in the transaction that makes it; what the person does not say is said by its targets. */
export async function freezeLimits(tx: Tx, requestId: string, wish: Partial<RunLimits> = {}): Promise<void> {
  await insertRun(tx, requestId, limitsOf(mostCareful(await findLimitsOfTargets(tx, requestId)), wish));
}

/**
 * Lets the attempts of a request go out, in the transaction that decides it: asked for where nobody has to approve it, else approved.
 * A request within its canary goes out at once, a larger one as its limits allow.
 */
export async function startSending(tx: Tx, attemptIds: readonly string[], now: Date): Promise<void> {
  for (const requestId of await findRequestsOf(tx, attemptIds)) {
    const [run] = await findRuns(tx, [requestId]);
    if (run === null) await freezeLimits(tx, requestId);
    await beginRun(tx, requestId, now);
    await orderAttempts(tx, requestId);
    await workRun(tx, requestId, now);
  }
  await tx.notify('throughline_requeue', tx.tenantId);
}
