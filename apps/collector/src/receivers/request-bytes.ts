import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { errorCode } from '../intake/error-code.js';
import { Refusal } from '../intake/refusal.js';

/** A body may take its time over a slow line, but not for ever. */
export const LONGEST_BODY_MS = 120_000;

/** Senders that wait to be told "100 Continue" before they send their body. */
const waiting = new WeakMap<IncomingMessage, () => void>();
/** The reading that goes on at a connection, by how it is ended. */
const readings = new WeakMap<Socket, (refusal: Refusal) => void>();
/** Connections whose request is being refused: they end with its answer, whatever else is heard of them before it. */
const ending = new WeakSet<Socket>();

/**
 * To be called for `Expect: 100-continue`: the sender is asked for its body when somebody begins to read it, and never when
 * the request is refused by its head alone. Its connection ends then, for whether the body comes after all is up to it.
 */
export function holdBackBody(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  const { shouldKeepAlive } = response;
  response.shouldKeepAlive = false;
  // Of the connection only our half: what is on its way all the same must find somebody who reads it, or it breaks the answer.
  socket.destroySoon = () => socket.end();
  waiting.set(request, () => {
    Reflect.deleteProperty(socket, 'destroySoon');
    response.shouldKeepAlive = shouldKeepAlive;
    response.writeContinue();
  });
}

/** Ends the reading that goes on at the connection, so that its request is answered in its own protocol; false when none does. */
export function endReading(socket: Socket, refusal: Refusal): boolean {
  const end = readings.get(socket);
  if (end === undefined) return ending.has(socket);
  ending.add(socket);
  end(refusal);
  return true;
}

/**
 * The bytes of a request as they come. Leaving them half-read does not destroy the request, whose socket still has to carry
 * the answer. Throws a Refusal when they break off or take too long.
 */
export async function* bytesOf(request: IncomingMessage, longestMs = LONGEST_BODY_MS): AsyncGenerator<Buffer> {
  const { socket } = request;
  let timer: NodeJS.Timeout | undefined;
  let end: ((refusal: Refusal) => void) | undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    end = reject;
    readings.set(socket, reject);
    timer = setTimeout(() => {
      reject(new Refusal('unavailable', `the request was not complete after ${Math.round(longestMs / 1_000)} seconds`));
    }, longestMs);
  });
  ended.catch(() => undefined);
  waiting.get(request)?.();
  waiting.delete(request);
  const bytes = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const next = await Promise.race([bytes.next(), ended]);
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ECONNRESET' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    // The sender went away in the middle of its request: nobody is left to read the answer.
    throw new Refusal('malformed', 'the request broke off', { cause: error, isBrokenOff: true });
  } finally {
    clearTimeout(timer);
    // The next request of the connection may be read already.
    if (readings.get(socket) === end) readings.delete(socket);
  }
}
