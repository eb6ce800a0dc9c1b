import type { Tx } from '@throughline/persistence';
import { limitsOf, mostCareful, type RunLimits } from '../domain/run.js';
import { findHeldTargets, orderAttempts } from '../release.repository.js';
import { beginRun, findRequestsOf, findRuns, insertRun, type RunRow } from '../run.repository.js';
import { findSettings } from '../sending-settings/sending-settings.repository.js';
import { workRun } from './work-run.js';

/** The limits of what goes to these targets: what the person does not say is said by them. */
export async function limitsFor(
  tx: Tx,
  integrations: readonly string[],
  wish: Partial<RunLimits> = {},
): Promise<RunLimits> {
  return limitsOf(mostCareful(await findSettings(tx, [...new Set(integrations)])), wish);
}

/** The run of a request; one that was asked for before there were runs gets the limits of its targets as they are now. */
export async function runOf(tx: Tx, requestId: string): Promise<RunRow> {
  const [known] = await findRuns(tx, [requestId]);
  if (known) return known;
  await insertRun(tx, requestId, await limitsFor(tx, await findHeldTargets(tx, requestId)));
  const [run] = await findRuns(tx, [requestId]);
  if (!run) throw new Error(`there is no request ${requestId} to run`);
  return run;
}

/**
 * Lets the attempts of a request go out, in the transaction that decides it: asked for where nobody has to approve it, else approved.
 * A request within its canary goes out at once, a larger one as its limits allow.
 */
export async function startSending(tx: Tx, attemptIds: readonly string[], now: Date): Promise<void> {
  for (const requestId of await findRequestsOf(tx, attemptIds)) await startRun(tx, requestId, now);
}

/** The same of all of a request that the caller holds. */
export async function startRun(tx: Tx, requestId: string, now: Date): Promise<void> {
  const { canary } = await runOf(tx, requestId);
  await beginRun(tx, requestId, now);
  await orderAttempts(tx, requestId, canary);
  await workRun(tx, requestId, now);
  await tx.notify('throughline_requeue', tx.tenantId);
}
