import { headerOf, isEqual, PROVEN, unproven, type Verify } from './webhook-proof.js';

/** Headers that vendors let people fill with a secret, beside Authorization. */
const HEADERS = [
  'x-webhook-secret',
  'x-webhook-token',
  'x-shared-secret',
  'x-auth-token',
  'x-api-key',
  'x-token',
  'api-key',
] as const;

/** A secret that every request carries: in a header of its own, or as the credentials of Authorization. */
export const verifySharedSecret: Verify = ({ headers }, secret) => {
  const authorization = headerOf(headers, 'authorization');
  const given = [
    ...HEADERS.map((name) => headerOf(headers, name)),
    authorization,
    authorization === undefined ? undefined : /^[A-Za-z][A-Za-z0-9_-]*\s+(\S+)$/.exec(authorization)?.[1],
  ].filter((value) => value !== undefined);
  if (given.length === 0) return unproven('the shared secret is missing: send it as X-Webhook-Secret or Authorization');
  const fits = given.filter((value) => isEqual(value, secret));
  return fits.length > 0 ? PROVEN : unproven('the shared secret is not the configured one');
};

/** HTTP Basic with the configured `user:password` (a secret without a colon is the password of any user). */
export const verifyBasic: Verify = ({ headers }, secret) => {
  const [, encoded] = /^basic\s+(\S+)$/i.exec(headerOf(headers, 'authorization') ?? '') ?? [];
  if (encoded === undefined) {
    return unproven(
      'Authorization: Basic is missing; the ingest key then goes into the path: /v1/webhooks/{source}/{key}',
    );
  }
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const compared = secret.includes(':') ? given : given.slice(given.indexOf(':') + 1);
  return isEqual(compared, secret) ? PROVEN : unproven('user or password is not the configured one');
};
