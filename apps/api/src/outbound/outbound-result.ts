/** Answer of a target, the body cut at the client's cap; the status is that of HTTP, null = another protocol, which has none. */
export type OutboundAnswer = { status: number | null; body: string };

/**
 * What is known after one transmission. The kinds differ in what may be done next:
 * `success` and `rejected` settle it; `retryable` = the target asks to come again; `notSent` = nothing reached the target, sending
 * again is safe; `unknown` = it may have been applied, so only a target that keeps the idempotency key may get it again.
 */
export type OutboundResult =
  | ({ kind: 'success' } & OutboundAnswer)
  | ({ kind: 'rejected' } & OutboundAnswer)
  | ({ kind: 'retryable'; afterMs: number | null } & OutboundAnswer)
  | { kind: 'notSent'; reason: string; isPermanent: boolean }
  | { kind: 'unknown'; reason: string };

/** Longest wait that a target may ask for: so long something is carried to it at most. */
export const MAX_RETRY_AFTER_MS = 24 * 3_600_000;

/** 4xx that say "later", not "never": request time-out, too early, too many requests. */
const LATER_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** Sorts a complete answer by its status. Redirects are not followed and count as refusal: the target is configured wrongly. */
export function classifyAnswer(
  answer: OutboundAnswer & { status: number },
  retryAfter: string | undefined,
  now: Date,
): OutboundResult {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return { kind: 'success', ...answer };
  }
  if (status >= 500 || LATER_STATUSES.has(status)) {
    return { kind: 'retryable', ...answer, afterMs: parseRetryAfter(retryAfter, now) };
  }
  return { kind: 'rejected', ...answer };
}

/** Retry-After as milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3), at most a day; null = not said. */
export function parseRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim();
  if (text === undefined || text === '') {
    return null;
  }
  if (/^\d+$/.test(text)) {
    return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS);
  }
  // an HTTP date starts with the name of a day; Date.parse alone would also read "-5" or "1.5"
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(Math.max(at - now.getTime(), 0), MAX_RETRY_AFTER_MS);
}
