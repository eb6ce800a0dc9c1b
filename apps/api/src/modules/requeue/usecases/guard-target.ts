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

/**
 * The same of many. Of a target that was reached all the time there is nothing to note; the others are held in the order of their
 * names, or two who note at once would wait for one another.
 */
export async function noteReaches(
  tx: Tx,
  all: readonly { integration: string; result: OutboundResult }[],
  now: Date,
): Promise<void> {
  const names = [...new Set(all.map(({ integration }) => integration))].sort();
  const breakers = await findBreakers(tx, names);
  const isQuiet = new Set(names.filter((_, index) => (breakers[index]?.failures ?? 0) === 0));
  for (const name of names) {
    for (const { result } of all.filter(({ integration }) => integration === name)) {
      if (isQuiet.has(name) && howFar(result) === 'reached') continue;
      isQuiet.delete(name);
      await noteReach(tx, name, result, now);
    }
  }
}

/** Those of these targets to which something may be sent now without asking further. */
export async function findOpenTargets(tx: Tx, integrations: readonly string[], now: Date): Promise<Set<string>> {
  const breakers = await findBreakers(tx, integrations);
  const isOpen = (at: number): boolean => {
    const breaker = breakers[at];
    return !breaker || passageOf(breaker, now).kind === 'go';
  };
  return new Set(integrations.filter((_, at) => isOpen(at)));
}

function reasonOf(result: OutboundResult, reached: Reached): string {
  if ('reason' in result) return result.reason;
  return reached === 'gone' ? `the target is gone: answer ${result.status}` : `answer ${result.status}`;
}
