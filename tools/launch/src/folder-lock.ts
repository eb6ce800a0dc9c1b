import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ProcessIdentity, processStartOf, readLockHolder } from '../preflight.mjs';
import { LaunchProblem } from './launch-problem.js';

/** This process, as a lock or a list of processes names it. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, start: processStartOf(process.pid) };
}

/**
 * Takes the lock of a data folder, so that two launchers never run on one; answers how to let it go. The lock is made
 * whole elsewhere and linked into place: it is never seen half written. A dead launcher's is moved aside first.
 */
export function lockDataFolder(root: string): () => void {
  const lock = path.join(root, 'launcher.lock');
  const mine = `${lock}.${process.pid}`;
  const text = JSON.stringify(thisProcess());
  writeFileSync(mine, text);
  try {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      try {
        linkSync(mine, lock);
        return () => {
          if (readQuietly(lock) === text) rmSync(lock, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readLockHolder(root);
      if (holder !== undefined && holder !== 'stale') throw alreadyRunning(root, holder);
      if (holder === 'stale') moveAside(lock, root);
    }
    throw new LaunchProblem(`The lock ${lock} cannot be taken: delete it if no other Throughline runs on this folder.`);
  } finally {
    rmSync(mine, { force: true });
  }
}

function alreadyRunning(root: string, holder: ProcessIdentity): LaunchProblem {
  return new LaunchProblem(
    `Throughline already runs on the data folder ${root} (process ${holder.pid}). Stop it first, or choose another folder with --data-dir and other ports.`,
  );
}

/** Between reading a stale lock and removing it another launcher may have taken it: what was moved is looked at again. */
function moveAside(lock: string, root: string): void {
  const aside = `${lock}.stale.${process.pid}`;
  const stale = readQuietly(lock);
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readQuietly(aside);
  if (moved !== stale) {
    renameSync(aside, lock);
    const holder = readLockHolder(root);
    if (holder !== undefined && holder !== 'stale') throw alreadyRunning(root, holder);
    return;
  }
  rmSync(aside, { force: true });
}

function readQuietly(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
