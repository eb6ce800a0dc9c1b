import path from 'node:path';
import type { LaunchOptions } from '../options.mjs';
import { openDataFolder } from './data-folder.js';
import { stopPostgresOn } from './embedded/embedded-postgres.js';
import { lockDataFolder } from './folder-lock.js';
import { LaunchProblem } from './launch-problem.js';
import { endLeftovers } from './processes/process-list.js';
import { reset } from './reset.js';
import { Shutdown, StopRequested } from './shutdown.js';
import { openTerminal } from './terminal.js';
import { Throughline } from './throughline.js';

/** Runs Throughline until it is told to stop; answers the exit code. */
export async function launch(options: LaunchOptions): Promise<number> {
  const terminal = openTerminal(options.verbose);
  const shutdown = new Shutdown();
  shutdown.listen(process.env);
  let unlock: (() => void) | undefined;
  let running: Throughline | undefined;
  try {
    unlock = lockDataFolder(options.dataDir);
    if (options.reset && !(await reset(options, () => stopServer(options.dataDir)))) {
      terminal.note('Nothing was deleted, nothing was started.');
      return 0;
    }
    const leftovers = await endLeftovers(path.join(options.dataDir, 'processes.json'));
    if (leftovers > 0) terminal.note(`  ${leftovers} processes of an earlier start have ended`);
    terminal.note('Starting Throughline …');
    running = new Throughline(options, process.env, terminal, shutdown);
    await running.start();
    await shutdown.requested;
  } catch (error) {
    shutdown.request(error instanceof Error ? error : new LaunchProblem(String(error)));
  }
  const isFailure = shutdown.problem !== undefined && !(shutdown.problem instanceof StopRequested);
  if (running?.hasStarted) {
    terminal.note(isFailure ? 'Stopping, because something went wrong …' : '\nStopping … (Ctrl-C again to hurry)');
    await running
      .stop()
      .catch((error: unknown) => terminal.problem(`Not everything could be stopped: ${String(error)}`));
  }
  unlock?.();
  shutdown.close();
  if (!isFailure) return 0;
  const { problem } = shutdown;
  terminal.problem(problem instanceof LaunchProblem ? problem.message : (problem?.stack ?? String(problem)));
  return 1;
}

async function stopServer(dataDir: string): Promise<void> {
  await stopPostgresOn(openDataFolder(dataDir).cluster);
}
