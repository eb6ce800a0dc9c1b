import { createHmac } from 'node:crypto';
import { headerOf, isEqual, PROVEN, staleness, unproven, type Verify } from './webhook-proof.js';

/**
 * `Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>…]`: HMAC-SHA256 of `<t>.<body>` with the endpoint's secret as it stands
 * (`whsec_…` is part of it). Several v1 while a secret is rolled; other schemes such as v0 are no proof.
 */
export const verifyStripe: Verify = ({ headers, body, nowMs }, secret) => {
  const header = headerOf(headers, 'stripe-signature');
  if (header === undefined) return unproven('the header Stripe-Signature is missing');
  const parts = header.split(',').map((part) => part.trim().split('='));
  const times = parts.filter(([name]) => name === 't').map(([, value]) => value);
  const signatures = parts.flatMap(([name, value]) =>
    name === 'v1' && value !== undefined ? [value.toLowerCase()] : [],
  );
  if (times.length !== 1) return unproven('Stripe-Signature must hold one t=');
  if (signatures.length === 0) return unproven('Stripe-Signature holds no v1= signature');
  const stale = staleness(times[0], nowMs);
  if (stale !== undefined) return unproven(stale);
  const expected = createHmac('sha256', secret).update(`${times[0]!}.`).update(body).digest('hex');
  const fits = signatures.filter((signature) => isEqual(signature, expected));
  return fits.length > 0 ? PROVEN : unproven('no signature of Stripe-Signature fits the body');
};
