import { IDEMPOTENCY_KEY_HEADER } from '@throughline/contracts';
import { Webhook } from 'standardwebhooks';
import type { OutboundClient } from '../../../outbound/index.js';
import type { Delivery, RequeueAdapter } from './adapter.js';

/** HTTP, signed as Standard Webhooks. */
export function createWebhookAdapter(client: OutboundClient): RequeueAdapter {
  return {
    async send(delivery) {
      const { target, body } = delivery;
      const { signing } = target.secrets;
      if (signing === undefined) {
        return { kind: 'notSent', reason: 'the target has no secret to sign with', isPermanent: true };
      }
      return client.post({ url: target.url, headers: signedHeaders(delivery, signing, body), body });
    },
  };
}

function signedHeaders(
  { idempotencyKey, traceparent, at }: Omit<Delivery, 'body'>,
  signing: string,
  body: string,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'throughline-requeue/1',
    [IDEMPOTENCY_KEY_HEADER]: idempotencyKey,
    'webhook-id': idempotencyKey,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(signing).sign(idempotencyKey, at, body),
    traceparent,
  };
}
