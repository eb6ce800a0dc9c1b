import { JOB_NAMES } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { recordAudits, type Actor } from '../../audit/index.js';
import { insertNotifications, type NewNotification } from '../alerts.repository.js';

export const ALERTER: Actor = { kind: 'system', id: 'alerts', name: 'Throughline' };

/** Keeps messages that were not made before, with the jobs that deliver them and a record of each. */
export async function storeNotifications(tx: Tx, rows: readonly NewNotification[], now: Date): Promise<void> {
  const inserted = await insertNotifications(tx, rows, now);
  const made = rows.filter((row) => inserted.has(row.notificationId));
  await tx.enqueueAll(
    JOB_NAMES.notificationDeliver,
    made.map(({ notificationId }) => ({
      payload: { notificationId },
      jobKey: `${JOB_NAMES.notificationDeliver}:${notificationId}`,
    })),
  );
  await recordAudits(
    tx,
    made.map(({ notificationId, policyId, groupId, exceptionId, escalation }) => ({
      at: now,
      actor: ALERTER,
      action: 'notification.created',
      subject: { type: 'notification', id: notificationId },
      details: { policyId, groupId, exceptionId, ...(escalation === null ? {} : { escalation }) },
    })),
  );
}
