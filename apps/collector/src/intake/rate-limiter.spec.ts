import { describe, expect, it } from '@jest/globals';
import { RateLimiter } from './rate-limiter.js';

const KEY = { keyId: 'k', itemsPerSecond: 10 };

function limiter(fallback: number | null = null): { limits: RateLimiter; pass(seconds: number): void } {
  let nowMs = 0;
  return {
    limits: new RateLimiter(fallback, () => nowMs),
    pass: (seconds) => {
      nowMs += seconds * 1_000;
    },
  };
}

describe('the rate of an ingest key', () => {
  it('lets ten seconds’ worth through at once, then tells when to come again', () => {
    const { limits, pass } = limiter();
    limits.demand(KEY);
    limits.spend(KEY, 100);
    expect(() => limits.demand(KEY)).toThrow(/10 items a second; try again in 1 s/);
    pass(1);
    limits.demand(KEY);
  });

  it('what was read is never thrown away: it is made good afterwards', () => {
    const { limits, pass } = limiter();
    limits.spend(KEY, 400);
    expect(() => limits.demand(KEY)).toThrow(/try again in 31 s/);
    pass(29);
    expect(() => limits.demand(KEY)).toThrow(/try again in 2 s/);
    pass(2);
    limits.demand(KEY);
  });

  it('does not save up more than ten seconds, and waits no longer than a minute', () => {
    const { limits, pass } = limiter();
    limits.spend(KEY, 1);
    pass(3_600);
    limits.spend(KEY, 10_000);
    expect(() => limits.demand(KEY)).toThrow(/try again in 60 s/);
  });

  it('is each key’s own; without one the collector’s counts, and without that there is none', () => {
    const { limits } = limiter(1);
    limits.spend(KEY, 1_000);
    const other = { keyId: 'other', itemsPerSecond: null };
    limits.demand(other);
    limits.spend(other, 11);
    expect(() => limits.demand(other)).toThrow(/1 items a second/);
    const unlimited = limiter().limits;
    unlimited.spend(other, 1e9);
    unlimited.demand(other);
  });
});
