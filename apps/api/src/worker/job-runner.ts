import { EventEmitter } from 'node:events';
import type { Logger } from '@throughline/observability';
import {
  Logger as JobLogger,
  type Runner,
  type TaskList,
  type WorkerEvents,
  type WorkerPool,
  run,
} from 'graphile-worker';
import { failurePauseMs } from './failure-pause.js';
import type { Task } from './stage.js';

export type JobRunner = { stop(): Promise<void> };

export type JobRunnerParts = {
  ownerUrl: string;
  tasks: readonly Task[];
  log: Logger;
  /** Jobs worked on at once. */
  concurrency: number;
  /** Told the id under which jobs are locked, before any is: its heartbeat keeps the locks. */
  onLockHolder(lockHolderId: string, isAlive: boolean): Promise<void>;
};

const JOBS_ROLE = 'throughline_jobs';

/**
 * Works on the job queue. The library ends its pool when it cannot report a job's outcome, as when the database goes
 * away; then a new one is started, and the dead one's locks are freed by the heartbeat sweep.
 */
export function startJobRunner(parts: JobRunnerParts): JobRunner {
  let isStopping = false;
  let current: Runner | undefined;
  let rest: (() => void) | undefined;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rest = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async () => {
    for (let failures = 0; !isStopping;) {
      const startedAt = performance.now();
      let lockHolderId: string | undefined;
      try {
        current = await startPool(parts, (id) => (lockHolderId = id));
        if (isStopping) await current.stop();
        await current.promise;
      } catch (error) {
        if (!isStopping) parts.log.warn({ reason: reasonOf(error) }, 'the job queue stopped, starting it again');
      }
      current = undefined;
      if (lockHolderId !== undefined) await parts.onLockHolder(lockHolderId, false);
      if (isStopping) break;
      failures = performance.now() - startedAt > 60_000 ? 1 : failures + 1;
      await pause(failurePauseMs(failures));
    }
  };
  const running = loop();
  return {
    async stop() {
      isStopping = true;
      rest?.();
      await current?.stop().catch(() => undefined);
      await running;
    },
  };
}

async function startPool(parts: JobRunnerParts, onPool: (id: string) => void): Promise<Runner> {
  const events = new EventEmitter() as WorkerEvents;
  let announced: Promise<void> | undefined;
  events.once('pool:create', ({ workerPool }: { workerPool: WorkerPool }) => {
    onPool(workerPool.id);
    announced = parts.onLockHolder(workerPool.id, true);
  });
  const runner = await run({
    connectionString: asJobsRole(parts.ownerUrl),
    taskList: taskListOf(parts.tasks, parts.log, () => announced),
    concurrency: parts.concurrency,
    maxPoolSize: parts.concurrency + 2,
    pollInterval: 1_000,
    noHandleSignals: true,
    noPreparedStatements: false,
    gracefulShutdownAbortTimeout: 3_000,
    crontab: '',
    events,
    logger: jobLogger(parts.log),
  });
  return runner;
}

/** Jobs see the schema that their role owns, and nothing of the tenants. */
function asJobsRole(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.searchParams.set('options', `-c role=${JOBS_ROLE}`);
  url.searchParams.set('application_name', 'throughline jobs');
  return url.toString();
}

function taskListOf(tasks: readonly Task[], log: Logger, announced: () => Promise<void> | undefined): TaskList {
  return Object.fromEntries(
    tasks.map((task) => [
      task.name,
      async (payload: unknown, helpers: { job: { id: string; attempts: number; max_attempts: number } }) => {
        await announced();
        const { id, attempts, max_attempts: max } = helpers.job;
        try {
          await task.run(payload, { number: attempts, max });
        } catch (error) {
          log.warn({ task: task.name, jobId: id, attempt: attempts, of: max, reason: reasonOf(error) }, 'a job failed');
          throw error;
        }
      },
    ]),
  );
}

/** The library's own lines at debug: what matters of them is logged above as facts. */
function jobLogger(log: Logger): JobLogger {
  return new JobLogger(() => (level, message) => {
    if (level === 'error') log.debug({ from: 'job queue' }, message);
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
