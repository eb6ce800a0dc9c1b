import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { errorCode } from './error-code.js';
import { Refusal } from './refusal.js';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const ZIP_MAGIC = Buffer.from('PK\u0003\u0004', 'latin1');

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
  if (begins(first, ZIP_MAGIC))
    throw new Refusal('malformed', 'the bytes are a zip archive; send the file that is in it, as it is or as gzip', {
      sample: first,
    });
  if (!begins(first, GZIP_MAGIC)) {
    yield* all;
    return;
  }
  const output = new PassThrough({ highWaterMark: 64 * 1024 });
  const work = pipeline(Readable.from(all), createGunzip(), output);
  // Its failure is thrown where the output is read.
  work.catch(() => undefined);
  try {
    let isFirst = true;
    for await (const chunk of bounded(output as AsyncIterable<Buffer>, maxBytes)) {
      if (isFirst && begins(chunk, GZIP_MAGIC))
        throw new Refusal('malformed', 'the bytes are gzip within gzip; compress a file once');
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    if (/^Z_/.test(errorCode(error)))
      throw new Refusal('malformed', 'the gzip bytes are broken or cut off', { cause: error });
    throw error;
  }
}

function begins(bytes: Buffer, magic: Buffer): boolean {
  return bytes.subarray(0, magic.length).equals(magic);
}

async function firstBytes(source: AsyncIterator<Buffer>): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < ZIP_MAGIC.length) {
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
