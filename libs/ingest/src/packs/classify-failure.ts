import { UNCLASSIFIED_PROBLEM } from '@throughline/canonical';

/** In order: the first whose words one of the texts holds. */
const SIGNS: readonly (readonly [code: string, words: readonly string[]])[] = [
  [
    'platform.rate-limit',
    [
      'rate limit',
      'too many requests',
      'request_limit',
      'throttl',
      'http 429',
      ' 429 ',
      'status code 429',
      'quota exceeded',
    ],
  ],
  [
    'platform.time-out',
    ['timeout', 'timed out', 'timedout', 'time-out', 'deadline exceeded', 'gatewaytimeout', 'http 504', ' 504 '],
  ],
  [
    'platform.authentication',
    [
      'unauthorized',
      'unauthorised',
      'invalid_login',
      'invalid login',
      'authentication',
      'access denied',
      'accessdenied',
      'forbidden',
      'no authorization',
      'invalid_session',
      'expired token',
      'token expired',
      'http 401',
      'http 403',
      ' 401 ',
      ' 403 ',
    ],
  ],
  [
    'platform.object-locked',
    [
      'locked',
      'unable_to_lock_row',
      'deadlock',
      'record has been changed',
      'object is being processed',
      'lock_not_available',
      'rcrd_has_been_changed',
    ],
  ],
  [
    'mapping-and-master-data.unknown-customer',
    ['unknown customer', 'customer not found', 'customer does not exist', 'no such customer'],
  ],
  [
    'mapping-and-master-data.unknown-supplier',
    [
      'unknown supplier',
      'unknown vendor',
      'vendor does not exist',
      'supplier does not exist',
      'vendor not found',
      'supplier not found',
    ],
  ],
  ['business-control.posting-period-closed', ['period closed', 'period is closed', 'posting period', 'closed period']],
  ['data-quality.duplicate', ['duplicate', 'already exists', 'entity exists', 'dup_rcrd', 'dup_entity']],
  [
    'data-quality.missing-field',
    ['required field', 'missing required', 'is required', 'missing field', 'mandatory field', 'required_field_missing'],
  ],
  [
    'platform.vendor-outage',
    [
      'service unavailable',
      'serviceunavailable',
      'maintenance',
      'http 503',
      ' 503 ',
      'internal server error',
      'http 500',
      'bad gateway',
      'http 502',
      ' 502 ',
    ],
  ],
  [
    'platform.connectivity',
    [
      'connection refused',
      'connection reset',
      'econnrefused',
      'econnreset',
      'enotfound',
      'unknownhost',
      'unknown host',
      'could not connect',
      'connectivity',
      'connection failed',
      'network',
      'socket',
      'no route to host',
      'unreachable',
    ],
  ],
  [
    'data-quality.invalid-value',
    [
      'invalid value',
      'invalid field',
      'not a valid',
      'is invalid',
      'validation',
      'invalid_field',
      'bad request',
      'malformed',
      'invalid',
    ],
  ],
];

/** The taxonomy code that the texts of a failure (codes, messages, causes) point to; unclassified when none does. */
export function classifyFailure(texts: readonly string[]): string {
  const folded = texts.map((text) => ` ${text.toLowerCase()} `);
  const sign = SIGNS.find(([, words]) => words.some((word) => folded.some((text) => text.includes(word))));
  return sign?.[0] ?? UNCLASSIFIED_PROBLEM;
}
