import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

/** google.rpc code, message and encoded google.rpc.Status of a call that failed; `trailers` beside those. */
export type GrpcFailure = {
  code: number;
  message: string;
  details?: Uint8Array;
  trailers?: Readonly<Record<string, string | Uint8Array>>;
};

/** How a call ends: with its response message, or a failure. */
export type GrpcAnswer = { ok: true; message: Uint8Array } | { ok: false; failure: GrpcFailure };

/** Answers one call. The bytes of the request are still in the stream: the handler reads them, or does not. Never throws. */
export type GrpcHandler = (call: { headers: IncomingHttpHeaders; stream: ServerHttp2Stream }) => Promise<GrpcAnswer>;

/** What no handler takes: counted, and answered by the server. */
export type StrayCall = 'unsupported-media-type' | 'not-taken';

/** How calls are served. `onStray` hears of each that no handler takes. */
type Serving = { onStray: (call: StrayCall) => void; callTimeoutMs?: number };

/** The running server. `close` lets running calls end for a while. */
export type GrpcUnaryServer = { port: number; close(): Promise<void> };

const UNIMPLEMENTED = 12;
const CLOSE_DEADLINE_MS = 3_000;
/** A call that has not ended by then is cut off: a sender may be slow, but not for ever. */
const CALL_TIMEOUT_MS = 120_000;
/** Idle connections are kept for ever, while their other end answers. */
const KEEPALIVE_MS = 60_000;
const KEEPALIVE_TIMEOUT_MS = 20_000;
/** Unread bytes of a call, and of all calls of a connection: what a sender can make us hold before its call is admitted. */
const STREAM_WINDOW_BYTES = 128 * 1024;
const CONNECTION_WINDOW_BYTES = 1024 * 1024;
const MOST_CALLS_A_CONNECTION = 100;
const LONGEST_SHOWN_PATH = 100;
/** More than this is not read of a call that is answered already. */
const MOST_DROPPED_BYTES = 1024 * 1024 * 1024;

/** Every answer says which compressions of messages are taken: a client that used another one learns it from here. */
const CALL_HEADERS = {
  ':status': 200,
  'content-type': 'application/grpc',
  'grpc-accept-encoding': 'identity,gzip',
} as const;

/**
 * Unary gRPC over HTTP/2 without TLS. Not by the library: that one holds and decompresses a whole message in memory before
 * any code of ours sees its size, so that a hundred small bombs would end the process. Here the handler reads the stream
 * itself, bounded and paid for like the body of any other request. Rejects when the port is in use.
 */
export async function startGrpcUnaryServer(
  { host, port, ...serving }: { host: string; port: number } & Serving,
  handlers: ReadonlyMap<string, GrpcHandler>,
): Promise<GrpcUnaryServer> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer({
    settings: { initialWindowSize: STREAM_WINDOW_BYTES, maxConcurrentStreams: MOST_CALLS_A_CONNECTION },
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
    const stopKeepalive = keepAlive(session);
    session.on('error', () => session.destroy());
    session.on('close', () => {
      stopKeepalive();
      sessions.delete(session);
    });
  });
  server.on('sessionError', () => undefined);
  server.on('stream', (stream, headers) => void serve(stream, headers, handlers, serving));
  await listen(server, host, port);
  return { port: (server.address() as AddressInfo).port, close: () => close(server, sessions) };
}

async function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  handlers: ReadonlyMap<string, GrpcHandler>,
  { onStray, callTimeoutMs = CALL_TIMEOUT_MS }: Serving,
): Promise<void> {
  // The other end went away: there is nobody to tell, and its connection is told by itself.
  stream.on('error', () => undefined);
  // Not the stream's own time-out: that one begins anew with every byte.
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), callTimeoutMs);
  stream.once('close', () => clearTimeout(timer));
  const contentType = headers['content-type'] ?? '';
  if (headers[':method'] !== 'POST' || !/^application\/grpc(?:$|[+;])/.test(contentType)) {
    onStray('unsupported-media-type');
    stream.respond({ ':status': 415 }, { endStream: true });
    readOut(stream);
    return;
  }
  const path = headers[':path'] ?? '';
  const handler = handlers.get(path);
  if (!handler) onStray('not-taken');
  const answer: GrpcAnswer = handler
    ? await handler({ headers, stream })
    : { ok: false, failure: { code: UNIMPLEMENTED, message: noMethod(path, handlers) } };
  if (stream.destroyed || stream.closed) return;
  if (answer.ok) sendMessage(stream, answer.message);
  else sendFailure(stream, answer.failure);
}

function sendMessage(stream: ServerHttp2Stream, message: Uint8Array): void {
  stream.respond(CALL_HEADERS, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.byteLength, 1);
  stream.end(Buffer.concat([prefix, message]));
}

function noMethod(path: string, handlers: ReadonlyMap<string, GrpcHandler>): string {
  return `there is no method ${path.slice(0, LONGEST_SHOWN_PATH)}; taken are ${[...handlers.keys()].join(', ')}`;
}

/** "Trailers only": the status is the answer. */
function sendFailure(stream: ServerHttp2Stream, { code, message, details, trailers = {} }: GrpcFailure): void {
  const all = { ...trailers, ...(details && { 'grpc-status-details-bin': details }) };
  const sent = Object.entries(all).map(([name, value]) => [name, trailerText(value)]);
  stream.respond(
    {
      ...CALL_HEADERS,
      'grpc-status': String(code),
      'grpc-message': percentEncoded(message),
      ...Object.fromEntries(sent),
    },
    { endStream: true },
  );
  readOut(stream);
}

function trailerText(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString('base64').replace(/=+$/, '');
}

/**
 * Reads and drops what is still being sent, within bounds. Resetting the stream instead is allowed, and no error; but clients
 * that send all of their message before they look at the answer (OkHttp) then see a broken stream and never the answer.
 */
function readOut(stream: ServerHttp2Stream): void {
  if (stream.readableEnded || stream.destroyed) return;
  const cut = (): void => stream.close(constants.NGHTTP2_NO_ERROR);
  const timer = setTimeout(cut, CALL_TIMEOUT_MS);
  let left = MOST_DROPPED_BYTES;
  stream.once('close', () => clearTimeout(timer));
  // A reading that was left behind would hold the bytes back.
  stream.removeAllListeners('readable');
  stream.on('data', (bytes: Buffer) => {
    left -= bytes.length;
    if (left < 0) cut();
  });
  setImmediate(() => stream.resume());
}

/** gRPC's own escaping: printable ASCII but "%" stays, everything else is percent-encoded UTF-8. */
function percentEncoded(message: string): string {
  return [...Buffer.from(message, 'utf8')]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

/** Pings; a connection whose other end does not answer is closed. */
function keepAlive(session: ServerHttp2Session): () => void {
  const timer = setInterval(() => {
    const deadline = setTimeout(() => session.destroy(), KEEPALIVE_TIMEOUT_MS);
    deadline.unref();
    if (!session.ping(() => clearTimeout(deadline))) clearTimeout(deadline);
  }, KEEPALIVE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function listen(server: Http2Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Http2Server, sessions: ReadonlySet<ServerHttp2Session>): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const session of sessions) session.close();
  const force = setTimeout(() => sessions.forEach((session) => session.destroy()), CLOSE_DEADLINE_MS);
  await ended;
  clearTimeout(force);
}
