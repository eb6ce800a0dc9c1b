import { createHash } from 'node:crypto';

/** SHA-256, lower-case hex, over the 16 bytes of each id, the ids in the order of their bytes. The database makes the same. */
export function selectionHash(ids: readonly string[]): string {
  const hash = createHash('sha256');
  const inOrder = ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')).sort(Buffer.compare);
  for (const id of inOrder) hash.update(id);
  return hash.digest('hex');
}
