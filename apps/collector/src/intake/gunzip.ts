import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { errorCode } from './error-code.js';
import { Refusal } from './refusal.js';

const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * The bytes of a file, unpacked when they are gzip: told by their beginning, whatever a header or a name says. Bounded
 * before and after, so that a bomb ends where a file would. Throws a Refusal.
 */
export async function* unpacked(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  const source = bounded(chunks, maxBytes)[Symbol.asyncIterator]();
  const first = await firstBytes(source);
  const all = (async function* (): AsyncGenerator<Buffer> {
    if (first.length > 0) yield first;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  })();
  if (first[0] !== GZIP_MAGIC[0] || first[1] !== GZIP_MAGIC[1]) {
    yield* all;
    return;
  }
  const output = new PassThrough({ highWaterMark: 64 * 1024 });
  const work = pipeline(Readable.from(all), createGunzip(), output);
  // Its failure is thrown where the output is read.
  work.catch(() => undefined);
  try {
    yield* bounded(output as AsyncIterable<Buffer>, maxBytes);
  } catch (error) {
    if (/^Z_/.test(errorCode(error)))
      throw new Refusal('malformed', 'the gzip bytes are broken or cut off', { cause: error });
    throw error;
  }
}

async function firstBytes(source: AsyncIterator<Buffer>): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < GZIP_MAGIC.length) {
    const next = await source.next();
    if (next.done === true) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return first;
}

async function* bounded(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Refusal('too-large', `a file may have at most ${maxBytes} bytes, unpacked as well`);
    yield chunk;
  }
}
