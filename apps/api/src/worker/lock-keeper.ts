import type { Logger } from '@throughline/observability';
import type { Database } from '@throughline/persistence';
import type { OutageWatch } from './outage-watch.js';

const BEAT_EVERY_MS = 5_000;
/** A worker that was silent for so long is dead; with the beat it makes 15 s at most until its jobs go on. */
const DEAD_AFTER_SECONDS = 10;
/** Beats after a gap of one's own until others are judged: they had the same gap. */
const BEATS_BEFORE_JUDGING = 3;

export type LockKeeper = {
  /** Starts or ends the heartbeat of an id under which jobs are locked. */
  follow(lockHolderId: string, isAlive: boolean): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Keeps the locks of this process's jobs by heartbeat and frees those of dead ones (the library's own answer is to wait
 * four hours). After a gap of its own, as when the database was away, it lets the others beat before it judges them.
 */
export function keepLocks(
  database: Database,
  outage: OutageWatch,
  log: Logger,
  beatEveryMs = BEAT_EVERY_MS,
): LockKeeper {
  const followed = new Set<string>();
  let goodBeats = BEATS_BEFORE_JUDGING;
  let beating: Promise<void> = Promise.resolve();

  const beat = async () => {
    try {
      await Promise.all([...followed].map((id) => database.heartbeat(id)));
      goodBeats += 1;
      if (goodBeats < BEATS_BEFORE_JUDGING) return;
      const released = await database.releaseDeadWorkers(DEAD_AFTER_SECONDS);
      if (released.length > 0) log.warn({ lockHolders: released }, 'freed the jobs of workers that died');
    } catch (error) {
      goodBeats = 0;
      outage.noticeFailure(error);
    }
  };
  const timer = setInterval(() => {
    beating = beating.then(beat);
  }, beatEveryMs);

  return {
    async follow(lockHolderId, isAlive) {
      if (!isAlive) {
        followed.delete(lockHolderId);
        return;
      }
      followed.add(lockHolderId);
      await database.heartbeat(lockHolderId).catch((error: unknown) => outage.noticeFailure(error));
    },
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}
