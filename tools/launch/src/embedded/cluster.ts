import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchProblem } from '../launch-problem.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { ServerAccount } from './server-account.js';

/** Variables that the server's programs see: nothing of PGHOST, PGOPTIONS and the like may reach them. */
export const SERVER_ENVIRONMENT = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };

/** True when a cluster was made here (whole: it is moved into place as its last step). */
export function hasCluster(cluster: string): boolean {
  return existsSync(path.join(cluster, 'PG_VERSION'));
}

/** Refuses a cluster that these programs or this user cannot run. */
export function checkCluster(cluster: string, binaries: PostgresBinaries): void {
  const major = Number(readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim());
  if (major !== binaries.major) {
    throw new LaunchProblem(
      `The database in ${cluster} was made by PostgreSQL ${major}; this version of Throughline brings ${binaries.major}. Start empty with "npm start -- --reset", or run a PostgreSQL ${major} of your own on it and set DATABASE_URL.`,
    );
  }
  const user = process.getuid?.();
  const owner = statSync(cluster).uid;
  if (user !== undefined && user !== 0 && user !== owner) {
    throw new LaunchProblem(
      `The database in ${cluster} belongs to another user (uid ${owner}, this is ${user}). Start as that user, or choose another folder with --data-dir.`,
    );
  }
}

/** Makes a cluster: first beside its place, then moved there, so that an interrupted start leaves no half of one. */
export async function makeCluster(
  cluster: string,
  password: string,
  binaries: PostgresBinaries,
  account?: ServerAccount,
): Promise<void> {
  const unfinished = `${cluster}.new`;
  const passwordFile = path.join(unfinished, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) {
    chownSync(unfinished, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const options = [
    `--pgdata=${path.join(unfinished, 'cluster')}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The built-in provider sorts the same on every system, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  await runProgram(path.join(binaries.folder, 'initdb'), options, account);
  renameSync(path.join(unfinished, 'cluster'), cluster);
  rmSync(unfinished, { recursive: true, force: true });
}

async function runProgram(program: string, args: readonly string[], account?: ServerAccount): Promise<void> {
  const child = spawn(program, args, {
    ...account,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-4_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new LaunchProblem(
      `The embedded database could not be made (initdb, exit ${code ?? 'by a signal'}): ${output.trim()}`,
    );
}
