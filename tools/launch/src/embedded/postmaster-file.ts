import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { isSameProcess } from '../../preflight.mjs';

/** What a running server writes into postmaster.pid. */
export type PostmasterFile = { pid: number; dataFolder: string; port: number | undefined; status: string | undefined };

/** Reads the text of a postmaster.pid: pid, data folder, start, port, socket folder, address, shared memory, status. */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const port = Number(lines[3]);
  return {
    pid,
    dataFolder: lines[1] ?? '',
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    status: lines[7] === undefined || lines[7] === '' ? undefined : lines[7],
  };
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
}

/** Where the file of a cluster lies. */
export function postmasterPath(cluster: string): string {
  return path.join(cluster, 'postmaster.pid');
}

/**
 * The server that runs on a cluster: 'stale' when its file outlived it (power cut, kill -9), undefined without a file.
 * A process id may have been given to another program since: only a PostgreSQL on this folder counts.
 */
export function findPostmaster(cluster: string): PostmasterFile | 'stale' | undefined {
  let text: string;
  try {
    text = readFileSync(postmasterPath(cluster), 'utf8');
  } catch {
    return undefined;
  }
  const file = parsePostmasterFile(text);
  if (!file || !isSameProcess({ pid: file.pid })) return 'stale';
  const command = commandLineOf(file.pid);
  const isOurs = command.includes('postgres') && (command.includes(cluster) || command.includes(realpathSync(cluster)));
  return isOurs ? file : 'stale';
}

/**
 * Ends server processes whose postmaster is gone. They end by themselves as soon as they wait for anything, but one in a
 * long query holds the shared memory till then, and no new server starts on the folder. Known by their working folder.
 */
export function endOrphanedBackends(cluster: string): void {
  if (process.platform !== 'linux') return;
  const folder = realpathSync(cluster);
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === folder && commandLineOf(Number(name)).startsWith('postgres: ')) {
        process.kill(Number(name), 'SIGQUIT');
      }
    } catch {
      // Gone meanwhile, or somebody else's: not one of them.
    }
  }
}
