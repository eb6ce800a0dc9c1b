import { IDEMPOTENCY_KEY_HEADER } from '@throughline/contracts';
import { Webhook } from 'standardwebhooks';
import type { OutboundClient, OutboundResult } from '../../../outbound/index.js';
import type { RequeueTarget } from '../../catalog/index.js';
import { saysFailure } from '../domain/error-body.js';
import { readStatusAnswer } from '../domain/probe.js';
import { readValidation, VALIDATE_ONLY_HEADER } from '../domain/validation.js';
import type { Delivery, RequeueAdapter } from './adapter.js';

type Question = Omit<Delivery, 'body'>;

/** HTTP, signed as Standard Webhooks. */
export function createWebhookAdapter(client: OutboundClient): RequeueAdapter {
  return {
    async send(delivery) {
      const { target, body } = delivery;
      const headers = signedHeaders(delivery, body);
      if (headers === null) {
        return { kind: 'notSent', reason: 'the target has no secret to sign with', isPermanent: true };
      }
      const asJson = { 'content-type': 'application/json', ...headers };
      return readBody(await client.post({ url: target.url, headers: asJson, body }), target);
    },
    async probe(question) {
      const { target, idempotencyKey } = question;
      const headers = signedHeaders(question, '');
      if (target.statusUrl === null || headers === null) {
        return { kind: 'unknown', words: 'the target has no status address, or no secret to sign with' };
      }
      const result = await client.get({ url: statusAddress(target.statusUrl, idempotencyKey), headers });
      return readStatusAnswer(result, target.settings.statusNotFound === 'not-applied' ? 'not-applied' : 'unknown');
    },
    async validate(delivery) {
      const { target, body } = delivery;
      const headers = signedHeaders(delivery, body);
      if (target.validateUrl === null || headers === null) {
        return { isAccepted: null, words: 'the target has no validate-only address, or no secret to sign with' };
      }
      const marked = { 'content-type': 'application/json', ...headers, [VALIDATE_ONLY_HEADER]: 'true' };
      const result = await client.post({ url: target.validateUrl, headers: marked, body });
      return readValidation(readBody(result, target));
    },
  };
}

/** The status address with the key in its place; without one it is asked for by name, so that it is always this send that is told of. */
export function statusAddress(template: string, idempotencyKey: string): string {
  const key = encodeURIComponent(idempotencyKey);
  if (template.includes('{idempotencyKey}')) return template.replaceAll('{idempotencyKey}', key);
  return `${template}${template.includes('?') ? '&' : '?'}idempotencyKey=${key}`;
}

/** A target may be declared to say in the body of a 2xx that it failed. */
function readBody(result: OutboundResult, { settings }: RequeueTarget): OutboundResult {
  const { failurePath: pointer = '', failureValue: value = '' } = settings;
  if (result.kind !== 'success' || !saysFailure(result.body, { pointer, value })) return result;
  return { ...result, kind: 'rejected' };
}

function signedHeaders(
  { target, idempotencyKey, traceparent, at }: Question,
  body: string,
): Record<string, string> | null {
  const { signing } = target.secrets;
  if (signing === undefined) return null;
  return {
    'user-agent': 'throughline-requeue/1',
    [IDEMPOTENCY_KEY_HEADER]: idempotencyKey,
    'webhook-id': idempotencyKey,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(signing).sign(idempotencyKey, at, body),
    traceparent,
  };
}
