import { spawn } from 'node:child_process';
import { LaunchProblem } from '../launch-problem.js';
import type { ProcessLog } from './process-log.js';
import type { ProcessDescription } from './supervised-process.js';

/** Runs a process to its end, for example the migration; an exit other than 0 becomes a problem with what it said. */
export async function runOnce(description: ProcessDescription, log: ProcessLog, abort: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, description.args, {
    cwd: description.workingFolder,
    env: description.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  log.follow(child.stdout);
  log.follow(child.stderr);
  const stop = (): void => {
    child.kill('SIGTERM');
  };
  abort.addEventListener('abort', stop, { once: true });
  const how = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : signal === null ? `exit ${code ?? 0}` : signal),
    );
  });
  abort.removeEventListener('abort', stop);
  if (how !== undefined && !abort.aborted) {
    throw new LaunchProblem(`The ${description.name} failed (${how}). It said (${log.file}):\n${log.tail()}`);
  }
}
