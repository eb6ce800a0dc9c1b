import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { afterRequestStep, type RequestStepName } from '../domain/request-life.js';
import { findApprovalRows } from '../approval/approval.repository.js';
import { withdrawRequeue } from '../approval/approve-requeue.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { orderAttempts } from '../release.repository.js';
import { beginRun, lockRequestState, writeState } from '../run.repository.js';
import { endAttempts, holdCancellable } from './end-cancelled.js';
import { runOf } from './start-sending.js';

export type Steering = Extract<RequestStepName, 'pause' | 'resume' | 'cancel'>;

export type SteerOutcome =
  { kind: 'steered'; requestId: string } | { kind: 'failure'; code: 'NOT_FOUND' | 'NOT_POSSIBLE_NOW'; message: string };

const RECORDED: Readonly<Record<Steering, string>> = {
  pause: 'requeue.paused',
  resume: 'requeue.resumed',
  cancel: 'requeue.cancelled',
};

/**
 * Pauses, resumes or cancels the sending of a request, from this moment on: what is on its way to its target comes to its end. Of a
 * cancelled one the rest is ended: the first of it at once, what is more by the stage. Of one that waits for approval its maker takes
 * all of it back.
 */
export async function steerRequeue(
  tx: Tx,
  act: CatalogAct,
  { requestId, steering }: { requestId: string; steering: Steering },
): Promise<SteerOutcome> {
  const { viewer, now } = act;
  if (steering === 'cancel' && (await isWaiting(tx, requestId))) {
    const outcome = await withdrawRequeue(tx, { ...act, requestId });
    if (outcome.kind === 'decided') return { kind: 'steered', requestId };
    return { kind: 'failure', code: 'NOT_POSSIBLE_NOW', message: outcome.message };
  }
  const held = steering === 'cancel' ? await holdCancellable(tx, requestId) : [];
  const before = await lockRequestState(tx, requestId);
  if (before === null) return { kind: 'failure', code: 'NOT_FOUND', message: 'There is no such requeue request.' };
  const state = afterRequestStep(before, steering);
  if (state === null) {
    const message = `It is ${before.toLowerCase().replaceAll('_', ' ')}, so it cannot be told to ${steering}.`;
    return { kind: 'failure', code: 'NOT_POSSIBLE_NOW', message };
  }
  const run = await runOf(tx, requestId);
  const because = steering === 'cancel' ? `Cancelled by ${viewer.displayName}.` : null;
  await writeState(tx, requestId, state, because, now);
  await recordAct(tx, act, RECORDED[steering], { type: 'requeue-request', id: requestId }, { from: before });
  if (steering === 'resume' && (before === 'STOPPED' || !run.measuredFrom)) {
    await beginRun(tx, requestId, now);
    await orderAttempts(tx, requestId, run.canary);
  }
  if (because !== null) {
    const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
    await endAttempts(tx, { requestId, actor, because, now }, held);
  }
  await notifyRequestsChanged(tx, [requestId]);
  await tx.notify('throughline_requeue', tx.tenantId);
  return { kind: 'steered', requestId };
}

/** Seen before anything is held: whoever decides on it looks again behind its locks. */
async function isWaiting(tx: Tx, requestId: string): Promise<boolean> {
  const [row] = await findApprovalRows(tx, [requestId]);
  return row?.state === 'PENDING_APPROVAL';
}
