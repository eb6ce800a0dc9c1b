import type { ByteAccount } from '../intake/byte-budget.js';
import { Refusal } from '../intake/refusal.js';
import { collectBytes, isBrokenOff, tooLarge } from './read-body.js';

const PREFIX_BYTES = 5;

/**
 * Reads the one message of a unary call: one byte that says whether it is compressed, four of its length, the message. The
 * length is checked, and paid for, before the message is read. `isAborted` tells an end that the sender did not mean: a stream
 * that is cancelled, or whose connection is gone, may end like any other. Throws a Refusal.
 */
export async function readGrpcMessage(
  source: AsyncIterator<Buffer>,
  {
    encoding,
    maxBytes,
    account,
    isAborted,
  }: { encoding: string; maxBytes: number; account: ByteAccount; isAborted: () => boolean },
): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < PREFIX_BYTES) {
    const next = await nextChunk(source);
    if (!next) {
      if (isAborted()) throw new Refusal('malformed', 'the call broke off', { isBrokenOff: true });
      throw new Refusal('not-taken', 'a unary call has one message, and this one ended before it');
    }
    head = Buffer.concat([head, next]);
  }
  if (head[0]! > 1) throw new Refusal('misframed', 'the first byte of a message is 0, or 1 when it is compressed');
  const isCompressed = head[0] === 1;
  const length = head.readUInt32BE(1);
  if (length > maxBytes) throw tooLarge(maxBytes).about(head.subarray(PREFIX_BYTES));
  if (isCompressed && encoding === 'identity') {
    throw new Refusal('misframed', 'the message is marked as compressed, but grpc-encoding names no compression');
  }
  if (isCompressed && encoding !== 'gzip') {
    throw new Refusal('not-taken', 'messages may be compressed with gzip only (grpc-encoding)');
  }
  if (!isCompressed) await account.reserve(length);
  const message = messageBytes(source, head.subarray(PREFIX_BYTES), length);
  return collectBytes(message, { isGzip: isCompressed, maxBytes, account });
}

/** The bytes of the message; whatever comes before its end breaks off, and whatever comes after it, is refused. */
async function* messageBytes(
  source: AsyncIterator<Buffer>,
  first: Buffer,
  length: number,
): AsyncGenerator<Buffer, void, void> {
  let left = length;
  let chunk: Buffer | undefined = first;
  while (chunk) {
    if (chunk.length > left) throw new Refusal('not-taken', 'a unary call has one message, and this one has more');
    left -= chunk.length;
    if (chunk.length > 0) yield chunk;
    chunk = await nextChunk(source);
  }
  if (left > 0)
    throw new Refusal('malformed', 'the call broke off in the middle of its message', { isBrokenOff: true });
}

async function nextChunk(source: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  const next = await source.next().catch((error: unknown) => {
    // The sender went away: nobody is left to read the answer, and nothing of ours has failed.
    if (!isBrokenOff(error)) throw error;
    throw new Refusal('malformed', 'the call broke off', { cause: error, isBrokenOff: true });
  });
  return next.done === true ? undefined : next.value;
}
