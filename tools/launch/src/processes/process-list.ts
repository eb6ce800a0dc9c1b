import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type ProcessIdentity, isSameProcess, processStartOf } from '../../preflight.mjs';

/** How long processes that outlived a killed launcher may take to end by themselves. */
const LEFTOVER_WAIT_MS = 10_000;

/** The processes that this launcher started, written down so that the next one finds those that outlived it. */
export class ProcessList {
  private readonly running = new Map<string, ProcessIdentity>();

  constructor(private readonly file: string) {}

  note(name: string, pid: number): void {
    this.running.set(name, { pid, start: processStartOf(pid) });
    writeFileSync(`${this.file}.next`, JSON.stringify([...this.running.values()]));
    renameSync(`${this.file}.next`, this.file);
  }

  /** All have ended: there is nothing for the next launcher to find. */
  clear(): void {
    rmSync(this.file, { force: true });
  }
}

function readList(file: string): ProcessIdentity[] {
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
    // Without its start a process id proves nothing, and a stranger's process must never be ended.
    return Array.isArray(list)
      ? (list as ProcessIdentity[]).filter((identity) => typeof identity.start === 'string')
      : [];
  } catch {
    return [];
  }
}

/** Waits until processes that outlived a killed launcher have ended, then ends them; answers how many there were. */
export async function endLeftovers(file: string): Promise<number> {
  const leftovers = readList(file).filter(isSameProcess);
  for (const deadline = Date.now() + LEFTOVER_WAIT_MS; Date.now() < deadline && leftovers.some(isSameProcess);) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const identity of leftovers.filter(isSameProcess)) process.kill(identity.pid, 'SIGKILL');
  rmSync(file, { force: true });
  return leftovers.length;
}
