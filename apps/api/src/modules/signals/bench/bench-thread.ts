import { Worker } from 'node:worker_threads';
import { CodedError } from '../../../graphql/coded-error.js';
import type { BenchRequest, BenchResult } from './bench-messages.js';

/** The built worker, seen from the compiled and from the source folder alike. */
const WORKER = new URL('../../../../dist/modules/signals/bench/mapping-bench.worker.js', import.meta.url);

/** Threads at a time, and requests that may wait for one. */
const MOST_THREADS = 2;
const MOST_WAITING = 8;
const MEMORY_MB = 192;

/** A run that was ended: it took too long or too much memory. */
export class BenchRunEnded extends Error {
  override readonly name = 'BenchRunEnded';
}

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a request in a thread of its own, which is ended after `timeoutMs`: expressions that people write must not stall the
 * process. Throws BenchRunEnded, or RATE_LIMITED when too many run already.
 */
export async function runInThread<R extends BenchResult>(request: BenchRequest, timeoutMs: number): Promise<R> {
  await takeTurn();
  try {
    return (await runOnce(request, timeoutMs)) as R;
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function takeTurn(): Promise<void> {
  if (running >= MOST_THREADS) {
    if (waiting.length >= MOST_WAITING) {
      throw new CodedError('RATE_LIMITED', 'The mapping bench is busy; try again in a moment');
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
}

async function runOnce(request: BenchRequest, timeoutMs: number): Promise<BenchResult> {
  const worker = new Worker(WORKER, {
    // nothing of this process: no credentials, no instrumentation
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<BenchResult>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new BenchRunEnded(`the run took longer than ${timeoutMs / 1_000} s and was ended`));
      }, timeoutMs);
      worker.once('message', (answer: { result: BenchResult } | { failure: string }) => {
        if ('result' in answer) resolve(answer.result);
        else reject(new Error(`the mapping bench failed: ${answer.failure}`));
      });
      worker.once('error', (error: NodeJS.ErrnoException) => {
        const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(isMemory ? new BenchRunEnded(`the run took more than ${MEMORY_MB} MiB and was ended`) : error);
      });
      worker.once('exit', () => reject(new BenchRunEnded('the run ended without an answer')));
      worker.postMessage(request);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
