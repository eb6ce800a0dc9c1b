import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError } from '@throughline/persistence';

/** Tells once that the database is away and once that it is back, however many loops notice. */
export class OutageWatch {
  private isAway = false;

  constructor(private readonly log: Logger) {}

  noticeFailure(error: unknown): void {
    if (this.isAway || !isTransientDatabaseError(error)) return;
    this.isAway = true;
    this.log.warn(
      { reason: error instanceof Error ? error.message : 'unknown' },
      'the database is away, waiting for it',
    );
  }

  noticeSuccess(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.log.info({}, 'the database is back');
  }
}
