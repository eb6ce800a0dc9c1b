import { hash } from 'node:crypto';

/** A uuid in canonical lower-case text form. */
export type Uuid = string;

/** The all-zero uuid: stands for "no object" where a key column must not be null. */
export const NIL_UUID: Uuid = '00000000-0000-0000-0000-000000000000';

/**
 * Deterministic uuid (version 8, RFC 9562) of an ordered list of parts: the first 16 bytes of SHA-256 over the
 * length-prefixed UTF-8 parts, so that ["a", "bc"] and ["ab", "c"] differ.
 */
export function hashedUuid(parts: readonly string[]): Uuid {
  const prefixed = hashedText(parts);
  // In one call: a hash object per id outlives young garbage, which costs tens of megabytes at ten thousand ids a second.
  const digest = hash('sha256', prefixed, 'buffer').subarray(0, 16);
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** What is hashed for the id of these parts. */
export function hashedText(parts: readonly string[]): string {
  return parts.map((part) => `${Buffer.byteLength(part, 'utf8')}:${part}`).join('');
}
