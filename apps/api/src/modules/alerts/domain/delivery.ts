import { toStorableText } from '@throughline/canonical';
import { backOffMs, type OutboundResult } from '../../../outbound/index.js';
import { isTakenBySlack } from './slack-message.js';

/** How long a notification is tried before it is given up. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

const LONGEST_ERROR = 500;

/** After one try: told, to be tried again at a time, or given up with the reason. */
export type DeliveryOutcome =
  { state: 'DELIVERED' } | { state: 'PENDING'; retryAt: Date; error: string } | { state: 'FAILED'; error: string };

/**
 * A message may come twice rather than never: no answer is tried again. 429 and 5xx wait as the channel asks; any other 4xx says that
 * the address or the message is wrong, which waiting does not mend.
 */
export function afterDelivery(
  result: OutboundResult,
  notification: { attempts: number; createdAt: Date },
  now: Date,
  random: number,
): DeliveryOutcome {
  const afterMs = result.kind === 'retryable' ? result.afterMs : null;
  const again = (error: string): DeliveryOutcome =>
    now.getTime() - notification.createdAt.getTime() >= GIVE_UP_AFTER_MS
      ? { state: 'FAILED', error: cut(`given up after 24 h: ${error}`) }
      : {
          state: 'PENDING',
          retryAt: new Date(now.getTime() + backOffMs(notification.attempts, afterMs, random)),
          error: cut(error),
        };
  switch (result.kind) {
    case 'success':
      return isTakenBySlack(result.body)
        ? { state: 'DELIVERED' }
        : again(`answered ${result.status}, but not "ok": ${result.body.slice(0, 200)}`);
    case 'retryable':
      return again(`answered ${result.status}: ${result.body.slice(0, 200)}`);
    case 'rejected':
      return { state: 'FAILED', error: cut(`answered ${result.status}: ${result.body}`) };
    case 'unknown':
      return again(result.reason);
    case 'notSent':
      return result.isPermanent ? { state: 'FAILED', error: cut(result.reason) } : again(result.reason);
  }
}

function cut(text: string): string {
  return toStorableText(text.slice(0, LONGEST_ERROR));
}
