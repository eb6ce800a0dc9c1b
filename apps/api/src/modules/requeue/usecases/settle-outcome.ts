import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { applyActs, reconcileExceptions } from '../../exceptions/index.js';
import { isSentAgain } from '../domain/sent-again.js';
import { actOfSettlement, settle, type SettleRefusal, type Verdict } from '../domain/settlement.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { finishAttempts } from '../sending.repository.js';
import { findToSettle, insertSettlement } from '../settlement.repository.js';
import { callThoseBehind } from './enqueue-sends.js';
import { lockWithException } from './record-outcome.js';

export type SettleOutcome =
  | { kind: 'settled'; exceptionId: string }
  | { kind: 'failure'; code: SettleRefusal['code'] | 'NOT_FOUND'; message: string };

/**
 * Ends an attempt of which nothing else tells, by the word of a second person who looked at the target. What was applied closes its
 * exception as proved by a person; what was not frees its claim, so that it may be sent anew.
 */
export async function settleOutcome(
  tx: Tx,
  act: CatalogAct,
  { attemptId, verdict, reason }: { attemptId: string; verdict: Verdict; reason: string },
): Promise<SettleOutcome> {
  const { viewer, now, traceId } = act;
  const held = await lockWithException(tx, attemptId);
  const facts = held && (await findToSettle(tx, attemptId));
  if (held === null || facts === null)
    return { kind: 'failure', code: 'NOT_FOUND', message: 'There is no such attempt.' };
  const { attempt, exception } = held;
  const settlement = settle({ ...attempt, ...facts }, { verdict, personId: viewer.personId, now });
  if ('code' in settlement) return { kind: 'failure', ...settlement };
  const { personId, displayName } = viewer;
  const said = { verdict, stateBefore: attempt.state, reason, personId, personName: displayName, at: now };
  await insertSettlement(tx, attemptId, said);
  await finishAttempts(tx, [{ attemptId, state: settlement.to, answer: null }], now);
  const { requestId } = attempt;
  await recordAct(
    tx,
    act,
    'requeue.outcome-settled',
    { type: 'requeue-attempt', id: attemptId },
    { verdict, reason, stateBefore: attempt.state, requestId, exceptionId: attempt.exceptionId },
  );
  if (exception !== null && isSentAgain(exception)) {
    const step = actOfSettlement(settlement, attempt.action);
    const kind = step === 'notified' ? 'notice-proved' : step;
    const details = { requestId, attemptId, attempt: attempt.attempt, verdict, reason };
    await applyActs(tx, { actor: { kind: 'person', id: personId, name: displayName }, at: now, traceId }, [
      { exception, act: step, kind, details },
    ]);
    // overcome while it was waiting: nobody else looks again
    await reconcileExceptions(tx, { objectIds: [exception.objectId], overdue: [] }, now);
  }
  await callThoseBehind(tx, [attempt.exceptionId]);
  await notifyRequestsChanged(tx, [requestId]);
  await tx.notify('throughline_requeue', tx.tenantId);
  return { kind: 'settled', exceptionId: attempt.exceptionId };
}
