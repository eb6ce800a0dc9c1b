import { createHash } from 'node:crypto';

/** SHA-256 of what was sent, byte for byte. */
export function bodyHash(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

/** SHA-256 over the hashes of the records that prove it, each in hexadecimal on a line of its own, in their order. */
export function evidenceHash(hashes: readonly string[]): string {
  const hash = createHash('sha256');
  for (const one of hashes) hash.update(`${one}\n`);
  return hash.digest('hex');
}

/** The version of the payload that a body carries; null = it says none. */
export function payloadVersionOf(body: string): number | null {
  const found: unknown = JSON.parse(body);
  if (typeof found !== 'object' || found === null || !('payloadVersion' in found)) return null;
  return typeof found.payloadVersion === 'number' ? found.payloadVersion : null;
}
