import { createHmac } from 'node:crypto';
import { headerOf, isEqual, PROVEN, staleness, unproven, type SignedRequest, type Verify } from './webhook-proof.js';

/** Where vendors put an HMAC-SHA256 of the body; the first that is there counts. */
const HEADERS = [
  'x-hub-signature-256',
  'x-signature-256',
  'x-signature',
  'x-webhook-signature',
  'x-hmac-sha256',
  'x-hmac-signature',
  'x-hmac',
  'x-shopify-hmac-sha256',
  'x-zuora-signature',
  'intuit-signature',
  'signature',
] as const;
const RECURLY = 'recurly-signature';
const MS_PER_SECOND = 1_000;

/**
 * HMAC-SHA256 of the body with the secret as text, in hexadecimal or base64, bare or as `sha256=…`. Recurly signs
 * `<ms>.<body>` and sends `Recurly-Signature: <ms>,<hex>[,<hex>…]`.
 */
export const verifyHmac: Verify = (request, secret) => {
  const recurly = headerOf(request.headers, RECURLY);
  if (recurly !== undefined) return verifyRecurly(request, recurly, secret);
  const name = HEADERS.find((header) => headerOf(request.headers, header) !== undefined);
  if (name === undefined)
    return unproven('a header with the signature is missing, such as X-Signature or X-Hub-Signature-256');
  const given = headerOf(request.headers, name)!
    .split(/[\s,]+/)
    .filter((value) => value !== '');
  const expected = createHmac('sha256', secret).update(request.body).digest();
  const fits = given.filter((value) => isEqual(bytesOf(value), expected));
  return fits.length > 0 ? PROVEN : unproven(`the signature in ${name} does not fit the body`);
};

function verifyRecurly({ body, nowMs }: SignedRequest, header: string, secret: string): ReturnType<Verify> {
  const [time, ...signatures] = header.split(',').map((part) => part.trim());
  const seconds = /^\d{10,16}$/.test(time ?? '') ? String(Math.floor(Number(time) / MS_PER_SECOND)) : undefined;
  const stale = staleness(seconds, nowMs);
  if (stale !== undefined) return unproven(stale);
  const expected = createHmac('sha256', secret).update(`${time!}.`).update(body).digest();
  const fits = signatures.filter((value) => isEqual(bytesOf(value), expected));
  return fits.length > 0 ? PROVEN : unproven('no signature of Recurly-Signature fits the body');
}

/** Hexadecimal or base64 in any alphabet; what is neither fits nothing. */
function bytesOf(value: string): Buffer {
  const bare = value.replace(/^(?:sha256|hmac-sha256|v1)[=:]/i, '');
  if (/^[0-9a-f]{64}$/i.test(bare)) return Buffer.from(bare, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(bare) ? Buffer.from(bare, 'base64') : Buffer.alloc(0);
}
