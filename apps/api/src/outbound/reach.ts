import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { refuseAddresses, refuseTarget, type Protocol } from './address-guard.js';

/** Where a call may go, or why it may not; nothing was sent then. */
export type Reach =
  | {
      kind: 'reached';
      target: URL;
      /** Answers the checked addresses alone: resolving the name a second time could give another answer (DNS rebinding). */
      lookup: LookupFunction;
      /** What is left of the time for the whole call. */
      remainingMs: number;
    }
  | { kind: 'notSent'; reason: string; isPermanent: boolean };

export type ReachOptions = {
  /** `host:port` pairs that may be private addresses or without TLS. */
  allowedHosts: readonly string[];
  /** From the first byte to the last, name resolution included. */
  timeoutMs: number;
  clock: () => Date;
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
};

/** Checks addresses that people configured before anything is sent to them: guarded against calls into the own network (SSRF). */
export function createReach({ allowedHosts: listed, timeoutMs, clock, resolve = resolveAll }: ReachOptions) {
  const allowedHosts = new Set(listed.map((host) => host.toLowerCase()));
  return async (url: string, protocol: Protocol): Promise<Reach> => {
    if (!URL.canParse(url)) {
      return { kind: 'notSent', reason: 'the address is not a URL', isPermanent: true };
    }
    const target = new URL(url);
    const refusal = refuseTarget(target, allowedHosts, protocol);
    if (refusal !== null) {
      return { kind: 'notSent', reason: refusal, isPermanent: true };
    }
    const deadline = clock().getTime() + timeoutMs;
    const resolved = await withDeadline(addressesOf(target, resolve), timeoutMs);
    if ('reason' in resolved) {
      return { kind: 'notSent', reason: resolved.reason, isPermanent: false };
    }
    const { addresses } = resolved;
    const refused = refuseAddresses(
      target,
      addresses.map((entry) => entry.address),
      allowedHosts,
    );
    if (refused !== null) {
      return { kind: 'notSent', reason: refused, isPermanent: true };
    }
    const remainingMs = Math.max(1, deadline - clock().getTime());
    return { kind: 'reached', target, lookup: pinned(addresses), remainingMs };
  };
}

/** The name of a host without the brackets of an IPv6 address. */
export function bareHost(target: URL): string {
  return target.hostname.replace(/^\[|\]$/g, '');
}

/** What went wrong, with its code where the words do not name it. */
export function wordsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error) || typeof error.message !== 'string') {
    return 'unknown failure';
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = error.message === '' ? 'failure without words' : error.message;
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}

type Resolved = { addresses: LookupAddress[] } | { reason: string };

async function addressesOf(target: URL, resolve: (hostname: string) => Promise<LookupAddress[]>): Promise<Resolved> {
  const hostname = bareHost(target);
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
