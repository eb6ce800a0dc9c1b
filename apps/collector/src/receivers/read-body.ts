import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ByteAccount } from '../intake/byte-budget.js';
import { errorCode } from '../intake/error-code.js';
import { Refusal } from '../intake/refusal.js';
import { bytesOf } from './request-bytes.js';

const IDENTITY: ReadonlySet<string> = new Set(['', 'identity', 'none']);
const GZIP: ReadonlySet<string> = new Set(['gzip', 'x-gzip']);

/**
 * Reads a request body, decompressing gzip. Both the bytes on the wire and those after decompression are bounded while
 * they come, so that a bomb of 200 KB is stopped before it is 200 MB. Throws a Refusal.
 */
export async function readBody(request: IncomingMessage, maxBytes: number, account: ByteAccount): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (!IDENTITY.has(encoding) && !GZIP.has(encoding)) {
    throw unknownCoding();
  }
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  // Paid for before it is read: a request that is sent away half-way has cost its sender and us the half.
  if (IDENTITY.has(encoding) && declared > 0) await account.reserve(declared);
  return collectBytes(bytesOf(request), { isGzip: GZIP.has(encoding), maxBytes, account });
}

/** Collects the bytes of a stream within bounds, decompressed if need be; the source is not destroyed. Throws a Refusal. */
export async function collectBytes(
  wire: AsyncIterable<Buffer>,
  { isGzip, maxBytes, account }: { isGzip: boolean; maxBytes: number; account: ByteAccount },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let sample: Buffer | undefined;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size === chunk.length) sample = chunk;
      if (size > maxBytes) throw tooLarge(maxBytes);
      await account.admit(chunk.length);
      chunks.push(chunk);
    }
  };
  try {
    // What cannot be unpacked is shown as it came.
    if (isGzip)
      await pipeline(
        wire,
        bounded(maxBytes, (first) => (sample = first)),
        createGunzip(),
        collect,
      );
    else await collect(wire);
  } catch (error) {
    const refusal = bodyRefusal(error);
    throw refusal instanceof Refusal && sample !== undefined ? refusal.about(sample) : refusal;
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

function bounded(
  maxBytes: number,
  onFirst: (chunk: Buffer) => void,
): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size === chunk.length) onFirst(chunk);
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  };
}

/** The refusal of a compression that is not taken. */
export function unknownCoding(): Refusal {
  return new Refusal('unsupported-media-type', 'Content-Encoding must be gzip or absent', { isOfCoding: true });
}

/** The refusal of a request that is larger than it may be. */
export function tooLarge(maxBytes: number): Refusal {
  return new Refusal(
    'too-large',
    `a request may have at most ${maxBytes} bytes after decompression; send smaller batches`,
  );
}

/** Whether a stream failed because its other end went away. */
export function isBrokenOff(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function bodyRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const code = errorCode(error);
  if (/^Z_/.test(code))
    return new Refusal('malformed', 'the body is not gzip, although Content-Encoding says so', { cause: error });
  if (isBrokenOff(error)) return new Refusal('malformed', 'the request broke off', { cause: error, isBrokenOff: true });
  return error;
}
