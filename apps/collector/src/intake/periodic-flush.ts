import type { Logger } from '@throughline/observability';

/** Runs a write every few seconds, never two at a time; a failure is logged and the next turn tries again. */
export class PeriodicFlush {
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | undefined;

  constructor(
    private readonly what: string,
    private readonly flush: () => Promise<void>,
    private readonly log: Logger,
    everyMs: number,
  ) {
    this.timer = setInterval(() => {
      if (this.running === undefined) void this.now();
    }, everyMs);
    this.timer.unref();
  }

  /** Writes what is there now: a write that is under way took what was there before. */
  now(): Promise<void> {
    if (this.running !== undefined) return this.running.then(() => this.now());
    this.running = this.flush()
      .catch((error: unknown) => this.log.warn({ err: error }, `${this.what} not written, kept for the next turn`))
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }

  /** Writes for the last time. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    await this.now();
  }
}
