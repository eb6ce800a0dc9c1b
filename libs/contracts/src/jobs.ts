/** Names of the background jobs, as they are enqueued and as the worker registers them. */
export const JOB_NAMES = { requeueSend: 'requeue.send', notificationDeliver: 'notification.deliver' } as const;

/** Payload of `requeue.send`: transmit one attempt, or many together. Ids only; the frozen body stands in the attempt's row. */
export type RequeueSendJob =
  | { tenantId: string; attemptId: string; attemptIds?: undefined }
  | { tenantId: string; attemptId?: undefined; attemptIds: string[] };

/** Payload of `notification.deliver`: deliver one notification to its channel. */
export type NotificationDeliverJob = { tenantId: string; notificationId: string };

function idsOf<Name extends string>(payload: unknown, names: readonly Name[], job: string): Record<Name, string> {
  const ids = {} as Record<Name, string>;
  for (const name of names) {
    const id: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined;
    if (typeof id !== 'string' || id === '') throw new TypeError(`job ${job} needs ${name}`);
    ids[name] = id;
  }
  return ids;
}

/** Reads the payload of a `requeue.send` job; throws TypeError naming the missing id. */
export function readRequeueSendJob(payload: unknown): RequeueSendJob {
  const many: unknown =
    typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'attemptIds') : undefined;
  if (Array.isArray(many) && many.every((id) => typeof id === 'string')) {
    return { ...idsOf(payload, ['tenantId'], JOB_NAMES.requeueSend), attemptIds: many };
  }
  return idsOf(payload, ['tenantId', 'attemptId'], JOB_NAMES.requeueSend);
}

/** Reads the payload of a `notification.deliver` job; throws TypeError naming the missing id. */
export function readNotificationDeliverJob(payload: unknown): NotificationDeliverJob {
  return idsOf(payload, ['tenantId', 'notificationId'], JOB_NAMES.notificationDeliver);
}
