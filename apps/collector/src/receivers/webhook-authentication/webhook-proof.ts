import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a vendor's proof is made over: the request as it was received (the body after transfer, not parsed). */
export type SignedRequest = { headers: IncomingHttpHeaders; body: Uint8Array; nowMs: number };

/** Whether the proof holds; the reason helps whoever configures the sender, and tells nobody anything of the secret. */
export type Proof = { ok: true } | { ok: false; reason: string };

/** One kind of proof, held against one secret. */
export type Verify = (request: SignedRequest, secret: string) => Proof;

export const PROVEN: Proof = { ok: true };

/** Five minutes both ways: what Stripe and Standard Webhooks recommend. */
const TOLERANCE_S = 300;

export function unproven(reason: string): Proof {
  return { ok: false, reason };
}

/** Compares without telling by its time where two values differ, nor how long the right one is. */
export function isEqual(left: string | Uint8Array, right: string | Uint8Array): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

/** Why a time of signing is not taken; undefined when it is. */
export function staleness(seconds: string | undefined, nowMs: number): string | undefined {
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return 'the time of the signature is missing or no number';
  const distance = Math.abs(nowMs / 1_000 - Number(seconds));
  return distance > TOLERANCE_S ? 'the time of the signature is more than 5 minutes away' : undefined;
}

/** A header that was sent once; Node joins some that come twice with a comma, and lists others. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  const text = Array.isArray(value) ? value.join(',') : value;
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

function digest(value: string | Uint8Array): Buffer {
  return createHash('sha256').update(value).digest();
}
