import { JOB_NAMES, readNotificationDeliverJob } from '@throughline/contracts';
import type { Database, Tx } from '@throughline/persistence';
import type { OutboundClient, OutboundResult } from '../../../outbound/index.js';
import type { Task } from '../../../worker/stage.js';
import { recordAudit } from '../../audit/index.js';
import { SecretBox } from '@throughline/persistence';
import { countAttempt, lockPending, recordDelivery, type PendingNotification } from '../alerts.repository.js';
import { afterDelivery, type DeliveryOutcome } from '../domain/delivery.js';
import { ALERTER } from './store-notifications.js';

export type DelivererDeps = {
  database: Database;
  client: OutboundClient;
  /** Opens the channels' sealed addresses. */
  secretKey: Buffer;
  clock: () => Date;
  /** In [0, 1): jitter. */
  random: () => number;
};

/** Carries one notification to its channel, until it is taken or given up. At least once: dying after the send sends again. */
export function createNotificationTask(deps: DelivererDeps): Task {
  return {
    name: JOB_NAMES.notificationDeliver,
    async run(payload) {
      const { tenantId, notificationId } = readNotificationDeliverJob(payload);
      const pending = await deps.database.withTenant(tenantId, async (tx) => {
        const found = await lockPending(tx, notificationId);
        if (found !== null) {
          await countAttempt(tx, notificationId);
        }
        return found === null ? null : { ...found, attempts: found.attempts + 1 };
      });
      if (pending === null) {
        return;
      }
      const result = await send(deps, pending);
      const outcome = afterDelivery(result, pending, deps.clock(), deps.random());
      await deps.database.withTenant(tenantId, (tx) => record(tx, pending, outcome, deps.clock()));
    },
  };
}

async function send(deps: DelivererDeps, pending: PendingNotification): Promise<OutboundResult> {
  if (pending.sealedUrl === null) {
    return { kind: 'notSent', reason: 'the channel was removed or switched off', isPermanent: true };
  }
  return deps.client.post({
    url: new SecretBox(deps.secretKey).open(pending.sealedUrl),
    headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'throughline-alerts/1' },
    body: JSON.stringify(pending.payload),
  });
}

async function record(tx: Tx, pending: PendingNotification, outcome: DeliveryOutcome, now: Date): Promise<void> {
  const { notificationId, exceptionId, policyId, attempts } = pending;
  if ((await lockPending(tx, notificationId)) === null) {
    return;
  }
  const error = outcome.state === 'DELIVERED' ? null : outcome.error;
  await recordDelivery(tx, notificationId, { state: outcome.state, error }, now);
  if (outcome.state === 'PENDING') {
    const jobKey = `${JOB_NAMES.notificationDeliver}:${notificationId}`;
    await tx.enqueue(JOB_NAMES.notificationDeliver, { notificationId }, { jobKey, runAt: outcome.retryAt });
    return;
  }
  await recordAudit(tx, {
    at: now,
    actor: ALERTER,
    action: outcome.state === 'DELIVERED' ? 'notification.delivered' : 'notification.failed',
    subject: { type: 'notification', id: notificationId },
    details: { exceptionId, policyId, attempts, ...(error === null ? {} : { error }) },
  });
}
