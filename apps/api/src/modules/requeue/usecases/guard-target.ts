import type { Tx } from '@throughline/persistence';
import type { OutboundResult } from '../../../outbound/index.js';
import { recordAudit } from '../../audit/index.js';
import { findBreakers, lockBreaker, saveBreaker } from '../breaker.repository.js';
import { afterTransmissionTo, howFar, passageOf, type Reached } from '../domain/breaker.js';
import { REQUEUE_SENDER } from './requeue-sender.js';

/** Whether something may be sent to the target now; a time = it is not reached, and tried again then. */
export async function passTarget(tx: Tx, integration: string, now: Date): Promise<Date | null> {
  const [known] = await findBreakers(tx, [integration]);
  if (!known || passageOf(known, now).kind === 'go') return null;
  const passage = passageOf(await lockBreaker(tx, integration, now), now);
  if (passage.kind === 'wait') return passage.until;
  if (passage.kind === 'trial') await saveBreaker(tx, integration, passage.breaker, null, now);
  return null;
}

/** Takes note of whether a transmission reached its target. */
export async function noteReach(tx: Tx, integration: string, result: OutboundResult, now: Date): Promise<void> {
  const reached = howFar(result);
  if (reached === null) return;
  const isReached = reached === 'reached';
  const [known] = await findBreakers(tx, [integration]);
  if (isReached && (known?.failures ?? 0) === 0) return;
  const before = await lockBreaker(tx, integration, now);
  const after = afterTransmissionTo(before, reached, now);
  const reason = reasonOf(result, reached);
  await saveBreaker(tx, integration, after, isReached ? null : reason, now);
  const isPaused = after.trips > before.trips;
  if (!isPaused && !(isReached && before.trips > 0)) return;
  await recordAudit(tx, {
    at: now,
    actor: REQUEUE_SENDER,
    action: isPaused ? 'requeue.target-paused' : 'requeue.target-reached-again',
    subject: { type: 'integration', id: integration },
    details: isPaused
      ? { failures: after.failures, until: after.pausedUntil?.toISOString(), reason }
      : { failures: before.failures },
  });
}

function reasonOf(result: OutboundResult, reached: Reached): string {
  if ('reason' in result) return result.reason;
  return reached === 'gone' ? `the target is gone: answer ${result.status}` : `answer ${result.status}`;
}
