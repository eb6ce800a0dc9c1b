/** At most `limit` failures per key within `windowMs`. */
export type AttemptLimit = { limit: number; windowMs: number };

const MAX_KEYS = 50_000;

/** Counts failed attempts per key in fixed windows, in memory: a brake on guessing, not a lock on an account. */
export class AttemptWindow {
  private readonly windows = new Map<string, { startedMs: number; failures: number }>();

  constructor(private readonly rule: AttemptLimit) {}

  isExhausted(key: string, nowMs: number): boolean {
    const window = this.windows.get(key);
    return window !== undefined && nowMs - window.startedMs < this.rule.windowMs && window.failures >= this.rule.limit;
  }

  recordFailure(key: string, nowMs: number): void {
    const window = this.windows.get(key);
    if (window !== undefined && nowMs - window.startedMs < this.rule.windowMs) {
      window.failures += 1;
      return;
    }
    // re-inserted, so that the map stays ordered by start and the oldest can go first
    this.windows.delete(key);
    this.windows.set(key, { startedMs: nowMs, failures: 1 });
    if (this.windows.size > MAX_KEYS) {
      const [oldest] = this.windows.keys();
      this.windows.delete(oldest ?? key);
    }
  }

  /** Takes back one that turned out to be no failure. */
  takeBack(key: string): void {
    const window = this.windows.get(key);
    if (window !== undefined && window.failures > 0) {
      window.failures -= 1;
    }
  }

  clear(key: string): void {
    this.windows.delete(key);
  }
}
