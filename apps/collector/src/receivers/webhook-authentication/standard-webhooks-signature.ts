import { createHmac, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { headerOf, isEqual, PROVEN, staleness, unproven, type Verify } from './webhook-proof.js';

const SYMMETRIC = 'whsec_';
const PUBLIC = 'whpk_';
const ED25519_BYTES = 32;

/**
 * Standard Webhooks: `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, a list parted by blanks of
 * `v1,<base64 HMAC-SHA256>` or `v1a,<base64 Ed25519>` over `<id>.<timestamp>.<body>`. The same scheme under its older names
 * `svix-…` is taken as well. The secret is `whsec_` and base64, or `whpk_` and a public key.
 */
export const verifyStandardWebhooks: Verify = ({ headers, body, nowMs }, secret) => {
  const prefix = headers['webhook-id'] === undefined && headers['svix-id'] !== undefined ? 'svix' : 'webhook';
  const [id, timestamp, list] = ['id', 'timestamp', 'signature'].map((name) => headerOf(headers, `${prefix}-${name}`));
  if (id === undefined || timestamp === undefined || list === undefined) {
    return unproven('the headers webhook-id, webhook-timestamp and webhook-signature are needed');
  }
  const stale = staleness(timestamp, nowMs);
  if (stale !== undefined) return unproven(stale);
  const signatures = list.split(/[\s]+/).map((part) => part.split(',', 2));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const fits = secret.startsWith(PUBLIC)
    ? signatures.some(([version, value]) => version === 'v1a' && isSignedBy(publicKeyOf(secret), content, value ?? ''))
    : isHmac(secret, content, signatures);
  return fits ? PROVEN : unproven('no signature of webhook-signature fits the request');
};

function isHmac(secret: string, content: Buffer, signatures: readonly string[][]): boolean {
  const key = Buffer.from(secret.startsWith(SYMMETRIC) ? secret.slice(SYMMETRIC.length) : secret, 'base64');
  if (key.length === 0) return false;
  const expected = createHmac('sha256', key).update(content).digest('base64');
  return signatures.filter(([version, value]) => version === 'v1' && isEqual(value ?? '', expected)).length > 0;
}

function isSignedBy(key: KeyObject | undefined, content: Buffer, signature: string): boolean {
  return key !== undefined && verify(null, content, key, Buffer.from(signature, 'base64'));
}

function publicKeyOf(secret: string): KeyObject | undefined {
  const raw = Buffer.from(secret.slice(PUBLIC.length), 'base64');
  if (raw.length !== ED25519_BYTES) return undefined;
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}
