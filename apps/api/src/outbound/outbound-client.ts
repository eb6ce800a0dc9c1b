import { lookup, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { refuseAddresses, refuseTarget } from './address-guard.js';
import { classifyAnswer, type OutboundResult } from './outbound-result.js';

/** One POST; the body is sent byte for byte. */
export type OutboundRequest = { url: string; headers: Readonly<Record<string, string>>; body: string };

/** Sends one request once: no redirects, no retries, no reused connection. */
export interface OutboundClient {
  post(request: OutboundRequest): Promise<OutboundResult>;
}

export type OutboundOptions = {
  /** `host:port` pairs that may be private addresses or plain http. */
  allowedHosts: readonly string[];
  /** From the first byte to the last, name resolution included. */
  timeoutMs?: number;
  maxAnswerBytes?: number;
  clock?: () => Date;
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
};

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_ANSWER_BYTES = 64 * 1024;

/** HTTP client for addresses that people configured: guarded against calls into the own network (SSRF). */
export function createOutboundClient(options: OutboundOptions): OutboundClient {
  const allowedHosts = new Set(options.allowedHosts.map((host) => host.toLowerCase()));
  const clock = options.clock ?? (() => new Date());
  const resolve = options.resolve ?? resolveAll;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const maxAnswerBytes = options.maxAnswerBytes ?? DEFAULT_ANSWER_BYTES;
  return {
    async post(request) {
      if (!URL.canParse(request.url)) {
        return { kind: 'notSent', reason: 'the address is not a URL', isPermanent: true };
      }
      const target = new URL(request.url);
      const refusal = refuseTarget(target, allowedHosts);
      if (refusal !== null) {
        return { kind: 'notSent', reason: refusal, isPermanent: true };
      }
      const deadline = clock().getTime() + timeoutMs;
      const resolved = await withDeadline(addressesOf(target, resolve), timeoutMs);
      if ('reason' in resolved) {
        return { kind: 'notSent', reason: resolved.reason, isPermanent: false };
      }
      const addresses = resolved.addresses;
      const refused = refuseAddresses(
        target,
        addresses.map((entry) => entry.address),
        allowedHosts,
      );
      if (refused !== null) {
        return { kind: 'notSent', reason: refused, isPermanent: true };
      }
      const remainingMs = Math.max(1, deadline - clock().getTime());
      return transmit({ target, request, addresses, timeoutMs: remainingMs, maxAnswerBytes, clock });
    },
  };
}

type Transmission = {
  target: URL;
  request: OutboundRequest;
  addresses: LookupAddress[];
  timeoutMs: number;
  maxAnswerBytes: number;
  clock: () => Date;
};

/** Connects to the checked addresses only: resolving the name a second time could give another answer (DNS rebinding). */
function transmit({
  target,
  request,
  addresses,
  timeoutMs,
  maxAnswerBytes,
  clock,
}: Transmission): Promise<OutboundResult> {
  const isTls = target.protocol === 'https:';
  const body = Buffer.from(request.body, 'utf8');
  const options: RequestOptions = {
    method: 'POST',
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port === '' ? (isTls ? 443 : 80) : target.port,
    path: `${target.pathname}${target.search}`,
    // a reused connection may die while the request is written, and nobody could tell whether it was read
    agent: false,
    lookup: pinned(addresses),
    headers: { ...request.headers, host: target.host, 'content-length': body.byteLength, connection: 'close' },
  };
  return new Promise((resolve) => {
    const outgoing = isTls ? requestHttps(options) : requestHttp(options);
    let isConnected = false;
    let isAnswered = false;
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${Math.round(timeoutMs / 1000)} s`)),
      timeoutMs,
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
    outgoing.end(body);
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

type Resolved = { addresses: LookupAddress[] } | { reason: string };

async function addressesOf(target: URL, resolve: (hostname: string) => Promise<LookupAddress[]>): Promise<Resolved> {
  const hostname = target.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(hostname);
  if (family !== 0) {
    return { addresses: [{ address: hostname, family }] };
  }
  try {
    return { addresses: await resolve(hostname) };
  } catch (error) {
    return { reason: `the host name was not resolved: ${wordsOf(error)}` };
  }
}

async function withDeadline(resolving: Promise<Resolved>, timeoutMs: number): Promise<Resolved> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Resolved>((resolve) => {
    timer = setTimeout(() => resolve({ reason: 'the host name was not resolved in time' }), timeoutMs);
  });
  return Promise.race([resolving, tooLate]).finally(() => clearTimeout(timer));
}

function resolveAll(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });
}

function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) {
      callback(null, [...addresses]);
    } else if (first !== undefined) {
      callback(null, first.address, first.family);
    }
  };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'unknown failure';
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = error.message === '' ? error.name : error.message;
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}
