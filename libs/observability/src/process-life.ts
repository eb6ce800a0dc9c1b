import type { Logger } from './logger.js';
import { stopTelemetry } from './running-telemetry.js';

const DEFAULT_DEADLINE_MS = 5_000;
/** Telemetry that cannot be delivered must not hold up the end of the process. */
const TELEMETRY_DEADLINE_MS = 1_000;

/** A reason not to start that people can act upon: what, where, what to do, in one line. */
export class StartFailure extends Error {}

/**
 * Ends the process on the first SIGTERM or SIGINT: runs `close` (stop accepting, finish what is in flight, let go of
 * everything), sends the last traces, exits 0. After the deadline, or on a second signal, it exits 1 at once.
 */
export function closeOnSignal(close: () => Promise<void>, log: Logger, deadlineMs = DEFAULT_DEADLINE_MS): void {
  let isClosing = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (isClosing) process.exit(1);
    isClosing = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ deadlineMs }, 'did not stop in time, exiting');
      process.exit(1);
    }, deadlineMs).unref();
    void end(close, log);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function end(close: () => Promise<void>, log: Logger): Promise<void> {
  try {
    await close();
    await Promise.race([stopTelemetry(), afterMs(TELEMETRY_DEADLINE_MS)]);
    log.info({}, 'stopped');
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'could not stop cleanly');
    process.exit(1);
  }
}

/** Runs the start of a process; a failure becomes one line on standard error and exit code 1. */
export async function runProcess(name: string, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${name}: ${explainStartFailure(error)}\n`);
    process.exit(1);
  }
}

/** What went wrong at the start, in one line. */
export function explainStartFailure(error: unknown): string {
  const { code, address, port, syscall, message } = failureFacts(error);
  if (code === 'EADDRINUSE') {
    return `port ${port ?? '?'} on ${address ?? '?'} is in use: stop the program that uses it, or choose another port`;
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return `port ${port ?? '?'} may not be opened by this user: choose one above 1023`;
  }
  return (message ?? String(error)).replaceAll(/\s*\n\s*/g, ' ');
}

type FailureFacts = { code?: string; address?: string; port?: number; syscall?: string; message?: string };

function failureFacts(error: unknown): FailureFacts {
  return typeof error === 'object' && error !== null ? error : {};
}

function afterMs(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
