import { Refusal } from './refusal.js';

/** So many seconds' worth may come at once. */
const BURST_SECONDS = 10;
const LONGEST_RETRY_SECONDS = 60;
const MOST_KEYS = 10_000;

type Bucket = { level: number; at: number };

/**
 * Items a second of each ingest key, a token bucket of ten seconds. Asked before the body is read and charged once the
 * items are counted: a request that was read is never thrown away, it may overdraw the bucket, and the next one waits
 * until that is made good. Each collector keeps its own buckets.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  /** `fallback`: items a second of keys without a limit of their own; null = unlimited. */
  constructor(
    private readonly fallback: number | null,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Throws a Refusal `rate-limited` with the time to wait. */
  demand(key: { keyId: string; itemsPerSecond: number | null }): void {
    const rate = this.rateOf(key);
    if (rate === null) return;
    const { level } = this.bucketOf(key.keyId, rate);
    if (level > 0) return;
    const seconds = Math.min(LONGEST_RETRY_SECONDS, Math.max(1, Math.ceil((1 - level) / rate)));
    throw new Refusal('rate-limited', `the ingest key may send ${rate} items a second; try again in ${seconds} s`, {
      retryAfterSeconds: seconds,
    });
  }

  spend(key: { keyId: string; itemsPerSecond: number | null }, items: number): void {
    const rate = this.rateOf(key);
    if (rate !== null) this.bucketOf(key.keyId, rate).level -= items;
  }

  private rateOf(key: { itemsPerSecond: number | null }): number | null {
    return key.itemsPerSecond ?? this.fallback;
  }

  private bucketOf(keyId: string, rate: number): Bucket {
    const now = this.nowMs();
    const capacity = rate * BURST_SECONDS;
    const known = this.buckets.get(keyId);
    if (!known) {
      if (this.buckets.size >= MOST_KEYS) this.buckets.clear();
      const fresh = { level: capacity, at: now };
      this.buckets.set(keyId, fresh);
      return fresh;
    }
    known.level = Math.min(capacity, known.level + ((now - known.at) / 1_000) * rate);
    known.at = now;
    return known;
  }
}
