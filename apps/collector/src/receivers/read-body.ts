import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ByteAccount } from '../intake/byte-budget.js';
import { Refusal } from '../intake/refusal.js';

/**
 * Reads a request body, decompressing gzip. Both the bytes on the wire and those after decompression are bounded while
 * they come, so that a bomb of 200 KB is stopped before it is 200 MB. Throws a Refusal.
 */
export async function readBody(request: IncomingMessage, maxBytes: number, account: ByteAccount): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'identity' && encoding !== 'none' && encoding !== '') {
    throw new Refusal('unsupported-media-type', 'Content-Encoding must be gzip or absent');
  }
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);

  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      account.take(chunk.length);
      chunks.push(chunk);
    }
  };
  try {
    if (encoding === 'gzip') await pipeline(request, bounded(maxBytes), createGunzip(), collect);
    else await collect(request);
  } catch (error) {
    throw bodyRefusal(error);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

function bounded(maxBytes: number): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  };
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('too-large', `a request may have at most ${maxBytes} bytes after decompression; send smaller batches`);
}

function bodyRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^Z_/.test(code)) return new Refusal('malformed', 'the body is not gzip, although Content-Encoding says so', { cause: error });
  // The sender went away in the middle of its request: nobody is left to read the answer.
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') return new Refusal('malformed', 'the request broke off', { cause: error });
  return error;
}
