import { maskSampleText, withoutQuotes } from '@throughline/ingest';
import type { Logger } from '@throughline/observability';
import type { IntakeMetrics } from '../intake/intake-metrics.js';
import { Refusal } from '../intake/refusal.js';

/** What of the watched folder cannot be handled: each said and counted once, not every two seconds, until it is over. */
export class Complaints {
  private readonly made = new Map<string, string>();

  constructor(
    private readonly log: Logger,
    private readonly metrics: IntakeMetrics,
  ) {}

  /** Does the work; a failure is told of the path, and holds up nothing else. */
  async about<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      this.made.delete(path);
      return result;
    } catch (error) {
      this.tell(path, error);
      return undefined;
    }
  }

  tell(path: string, error: unknown): void {
    if (this.made.get(path) === String(error)) return;
    this.made.set(path, String(error));
    const facts =
      error instanceof Refusal
        ? { kind: error.kind, reason: withoutQuotes(error.message), err: error.cause }
        : { reason: maskSampleText(String(error)) };
    this.log.warn({ ...facts, path: maskSampleText(path) }, 'a part of the watched folder has to wait');
    // A refusal was counted when the file was read.
    if (!(error instanceof Refusal)) this.metrics.countRequest('file', 'unavailable', 0);
  }

  /** Of what is there no more. */
  forget(path: string): void {
    this.made.delete(path);
  }
}
