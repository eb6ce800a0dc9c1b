import type { Logger } from '@throughline/observability';

const EVERY_MS = 60 * 60 * 1_000;
const AFTER_FAILURE_MS = 30_000;
/** Partitions are made so many days ahead: a week-end without a running worker does no harm. */
const DAYS_AHEAD = 7;

/** Makes the coming days' partitions, now and every hour. */
export function keepPartitions(
  ensure: (from: Date, days: number) => Promise<void>,
  clock: () => Date,
  log: Logger,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  const run = async (): Promise<void> => {
    let pauseMs = EVERY_MS;
    try {
      await ensure(clock(), DAYS_AHEAD + 1);
    } catch (error) {
      pauseMs = AFTER_FAILURE_MS;
      log.warn(
        { reason: error instanceof Error ? error.message : 'unknown' },
        'partitions could not be made, trying again',
      );
    }
    if (!isStopping) timer = setTimeout(() => (running = run()), pauseMs);
  };
  let running = run();
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
