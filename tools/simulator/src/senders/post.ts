import type { Transmission } from './outbox.js';

/** Headers as senders know them. */
export type SentHeaders = Readonly<Record<string, unknown>>;

/** Posts a body to a path of the collector. */
export type Post = (path: string, headers: SentHeaders, body: string | Uint8Array) => Promise<Transmission>;

const TIMEOUT_MS = 15_000;
/** Answers that stay the same however often the request is sent again. */
const NEVER_ACCEPTED = new Set([400, 404, 405, 406, 410, 411, 413, 414, 415, 422, 431]);

/** Posts with an ingest key; never rejects. */
export function postTo(collectorUrl: string, ingestKey: string): Post {
  return async (path, headers, body) => {
    let response: Response;
    try {
      response = await fetch(new URL(path, collectorUrl), {
        method: 'POST',
        headers: { ...textHeaders(headers), authorization: `Bearer ${ingestKey}` },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      return { outcome: 'retryable', reason: reasonOf(error) };
    }
    const answer = await response.text().catch(() => '');
    if (response.ok) return { outcome: 'accepted' };
    const reason = `HTTP ${String(response.status)} ${answer.slice(0, 300)}`;
    if (NEVER_ACCEPTED.has(response.status)) return { outcome: 'rejected', reason };
    const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), Date.now());
    return { outcome: 'retryable', reason, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  };
}

/** Milliseconds to wait by a Retry-After header (seconds or HTTP date), null without a usable one. */
export function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function textHeaders(headers: SentHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
