import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorCode } from '../intake/error-code.js';
import type { IntakeMetrics } from '../intake/intake-metrics.js';
import { Refusal, type RefusalKind } from '../intake/refusal.js';
import { problem } from './problem-answer.js';
import { endReading } from './request-bytes.js';
import type { UnreadRequests } from './unread-requests.js';

/** What is still sent after an answer to something that is no HTTP is read and dropped so long, for the answer's sake. */
const LINGER_MS = 2_000;

type Broken = { status: number; kind: RefusalKind; reason: string };

/**
 * Answers what is no HTTP: in the protocol of its request where one has begun and waits for its body, else as problem
 * details. To be called with the errors of connections.
 */
export function answerBroken(
  error: Error,
  socket: Socket,
  { unread, metrics }: { unread: UnreadRequests; metrics: IntakeMetrics },
): void {
  if (errorCode(error) === 'ECONNRESET' || socket.destroyed) return;
  if (unread.has(socket) || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, kind, reason } = brokenOf(error);
  if (endReading(socket, new Refusal(kind, reason, { endsConnection: true }))) return;
  metrics.countRequest('http', kind, 0);
  const { contentType, body } = problem(status, reason);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    `content-type: ${contentType}`,
    `content-length: ${body.byteLength}`,
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.on('data', () => undefined);
  socket.once('end', () => socket.destroy());
  socket.once('close', () => clearTimeout(cut));
}

function brokenOf(error: Error): Broken {
  const code = errorCode(error);
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, kind: 'too-large', reason: 'the headers of the request are too large' };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, kind: 'malformed', reason: 'the headers of the request did not come in time' };
  if (code === 'HPE_INVALID_EOF_STATE')
    return { status: 400, kind: 'malformed', reason: 'the request broke off: it is shorter than it said' };
  const what = 'reason' in error && typeof error.reason === 'string' ? error.reason : 'it cannot be read';
  return { status: 400, kind: 'malformed', reason: `the request is no HTTP: ${what.slice(0, 100)}` };
}
