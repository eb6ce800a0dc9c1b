import type { FileHandle } from 'node:fs/promises';
import { Refusal } from '../intake/refusal.js';

/**
 * The bytes of an open file. Throws a Refusal at their end when the file is by then not as long as what was read of it: its
 * sender, who paused longer than a file rests before it is taken, still writes.
 */
export async function* unlessItGrows(
  chunks: AsyncIterable<Buffer>,
  handle: Pick<FileHandle, 'stat'>,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    yield chunk;
  }
  const { size } = await handle.stat();
  if (size !== bytes)
    throw new Refusal('unavailable', 'the file was still being written while it was read; it is taken when it rests');
}
