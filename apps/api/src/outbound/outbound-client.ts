import type { LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { portOf, type Protocol } from './address-guard.js';
import { classifyAnswer, type OutboundResult } from './outbound-result.js';
import { bareHost, createReach, wordsOf, type Reach } from './reach.js';

/** One POST; the body is sent byte for byte. */
export type OutboundRequest = { url: string; headers: Readonly<Record<string, string>>; body: string };

/** Sends one request once: no redirects, no retries, no reused connection. */
export interface OutboundClient {
  post(request: OutboundRequest): Promise<OutboundResult>;
  get(request: Omit<OutboundRequest, 'body'>): Promise<OutboundResult>;
  /** Where a call of another protocol may go, under the same guard. */
  reach(url: string, protocol: Protocol): Promise<Reach>;
  /** Authorities beside the well-known ones, in PEM, for those who connect by themselves. */
  readonly authorities: readonly string[];
}

export type OutboundOptions = {
  /** `host:port` pairs that may be private addresses or without TLS. */
  allowedHosts: readonly string[];
  /** From the first byte to the last, name resolution included. */
  timeoutMs?: number;
  maxAnswerBytes?: number;
  clock?: () => Date;
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
  /** Authorities whose certificates are taken instead of the well-known ones, in PEM. */
  authorities?: readonly string[];
};

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_ANSWER_BYTES = 64 * 1024;

/** Client for addresses that people configured: guarded against calls into the own network (SSRF). */
export function createOutboundClient(options: OutboundOptions): OutboundClient {
  const { allowedHosts, resolve, authorities = [], clock = () => new Date() } = options;
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxAnswerBytes = DEFAULT_ANSWER_BYTES } = options;
  const reach = createReach({ allowedHosts, timeoutMs, clock, ...(resolve === undefined ? {} : { resolve }) });
  const call = async (request: HttpRequest): Promise<OutboundResult> => {
    const reached = await reach(request.url, 'http');
    return reached.kind === 'notSent' ? reached : transmit({ reached, request, maxAnswerBytes, authorities, clock });
  };
  return {
    post: (request) => call({ method: 'POST', ...request }),
    get: (request) => call({ method: 'GET', ...request, body: null }),
    reach,
    authorities,
  };
}

type HttpRequest = {
  method: 'POST' | 'GET';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
};

type Transmission = {
  reached: Extract<Reach, { kind: 'reached' }>;
  request: HttpRequest;
  maxAnswerBytes: number;
  authorities: readonly string[];
  clock: () => Date;
};

/** Connects to the checked addresses only. */
function transmit({ reached, request, maxAnswerBytes, authorities, clock }: Transmission): Promise<OutboundResult> {
  const { target, lookup, remainingMs } = reached;
  const isTls = target.protocol === 'https:';
  const body = request.body === null ? null : Buffer.from(request.body, 'utf8');
  const options: RequestOptions & { ca?: string[] } = {
    method: request.method,
    host: bareHost(target),
    port: portOf(target),
    path: `${target.pathname}${target.search}`,
    // a reused connection may die while the request is written, and nobody could tell whether it was read
    agent: false,
    lookup,
    ...(authorities.length === 0 ? {} : { ca: [...authorities] }),
    headers: {
      ...request.headers,
      host: target.host,
      ...(body === null ? {} : { 'content-length': body.byteLength }),
      connection: 'close',
    },
  };
  return new Promise((resolve) => {
    const outgoing = isTls ? requestHttps(options) : requestHttp(options);
    let isConnected = false;
    let isAnswered = false;
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${Math.round(remainingMs / 1000)} s`)),
      remainingMs,
    );
    const settle = (result: OutboundResult) => {
      clearTimeout(timer);
      resolve(result);
      outgoing.destroy();
    };
    outgoing.on('socket', (socket: Socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => (isConnected = true));
    });
    outgoing.on('error', (error) => {
      if (isAnswered) {
        return; // the status line settled it; the body reader ends by itself
      }
      settle(
        isConnected
          ? { kind: 'unknown', reason: `no answer: ${wordsOf(error)}` }
          : { kind: 'notSent', reason: `no connection: ${wordsOf(error)}`, isPermanent: false },
      );
    });
    outgoing.on('response', (answer) => {
      isAnswered = true;
      void readCapped(answer, maxAnswerBytes).then((text) => {
        settle(classifyAnswer({ status: answer.statusCode ?? 0, body: text }, answer.headers['retry-after'], clock()));
      });
    });
    outgoing.end(body ?? undefined);
  });
}

/** The body up to the cap. A broken or endless body loses nothing: the status line has already settled the outcome. */
async function readCapped(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer) {
      const bytes = chunk as Buffer;
      chunks.push(bytes.subarray(0, maxBytes - size));
      size += bytes.byteLength;
      if (size >= maxBytes) {
        break;
      }
    }
  } catch {
    // what was read so far is kept
  }
  return Buffer.concat(chunks).toString('utf8');
}
