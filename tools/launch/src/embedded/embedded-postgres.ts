import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { totalmem } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { localDatabaseUrl } from '../connection-urls.js';
import { LaunchProblem } from '../launch-problem.js';
import { SERVER_ENVIRONMENT, checkCluster, hasCluster, makeCluster } from './cluster.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { endOrphanedBackends, findPostmaster, postmasterPath } from './postmaster-file.js';
import { type ServerAccount, serverAccount } from './server-account.js';

/** How a server is started. */
export type EmbeddedPostgresOptions = {
  /** PGDATA; made when it is not there. */
  cluster: string;
  superuserPassword: string;
  /** Wanted port; another free one is taken when it is busy, unless `isPortFixed`. 0 = any free one. */
  port?: number;
  isPortFixed?: boolean;
  /** File that the server's messages are appended to. */
  logFile: string;
  /** Server settings over the usual ones, e.g. { max_connections: '200' }. */
  settings?: Readonly<Record<string, string>>;
  /** The server outlives this process; without it, it stops by itself when this process ends in any way. */
  isDetached?: boolean;
};

/** A running server. */
export type EmbeddedPostgres = {
  port: number;
  pid: number;
  /** Address for the superuser, of the database named (default `postgres`). */
  superuserUrl(database?: string): string;
  /** Settles when the server has ended, for whatever reason. */
  exited: Promise<void>;
  /** Ends it: `fast` writes everything out, `immediate` leaves that to the recovery of the next start. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
};

/** What this machine, or the container that it runs in, has. */
function memoryBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}

// fsync, full_page_writes and synchronous_commit stay on, as they are by default: accepted means durable.
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  // Keys are hashes, so each new row touches index pages all over: what does not fit in here is read and written again and again.
  // A quarter of the memory, as PostgreSQL recommends.
  shared_buffers: `${Math.min(Math.max(Math.floor(memoryBytes() / 4 / 2 ** 20), 128), 4_096)}MB`,
  // The first change of a page after a checkpoint writes the whole page: rare checkpoints save most of the log's volume.
  max_wal_size: '4GB',
  // Data lies in memory or on solid-state disks: an index is worth its way there for far less than a table's whole.
  random_page_cost: '1.1',
  // The statements are short: compiling one takes longer than it ever runs.
  jit: 'off',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Failing statements carry values: they are left to the logs of the processes, which name them without.
  log_min_error_statement: 'panic',
};

/**
 * The server's parent: a shell that stops it in order when its standard input ends, that is when the launcher has ended
 * in any way. The second's pause lets the other processes finish what they were writing.
 */
const KEEPER =
  'exec 3<&0 </dev/null; "$0" "$@" 3<&- & server=$!; (cat <&3 >/dev/null; sleep 1; kill -INT $server 2>/dev/null) & keeper=$!; exec 3<&-; wait $server; code=$?; kill $keeper 2>/dev/null; exit $code';

const STOP_TIMEOUT_MS = 20_000;
/** Recovery after a crash may have much to read again. */
const START_TIMEOUT_MS = 180_000;
const LOG_ROTATED_AT_BYTES = 10 * 2 ** 20;
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Stops the server that runs on a cluster, if one does, and clears away the file of one that does not any more. */
export async function stopPostgresOn(cluster: string, mode: 'fast' | 'immediate' = 'fast'): Promise<boolean> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  let wasRunning = false;
  for (let signal: NodeJS.Signals = SIGNALS[mode]; ;) {
    const found = findPostmaster(cluster);
    if (found === undefined) return wasRunning;
    if (found === 'stale') {
      rmSync(postmasterPath(cluster), { force: true });
      return wasRunning;
    }
    if (Date.now() > deadline && signal === 'SIGQUIT')
      throw new LaunchProblem(`The database process ${found.pid} on ${cluster} does not stop.`);
    if (Date.now() > deadline) signal = 'SIGQUIT';
    if (!wasRunning || signal === 'SIGQUIT') process.kill(found.pid, signal);
    wasRunning = true;
    await sleep(25);
  }
}

function rotateLog(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    if (statSync(file).size > LOG_ROTATED_AT_BYTES) renameSync(file, `${file}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function lastLogLines(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-5).join('\n');
}

function spawnServer(
  options: EmbeddedPostgresOptions,
  program: string,
  port: number,
  account?: ServerAccount,
): ChildProcess {
  const settings = { ...SETTINGS, ...options.settings, port: String(port) };
  const args = [
    '-D',
    options.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const log = openSync(options.logFile, 'a');
  try {
    const [command, commandArgs] = options.isDetached ? [program, args] : ['/bin/sh', ['-c', KEEPER, program, ...args]];
    return spawn(command, commandArgs, {
      ...account,
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      stdio: [options.isDetached ? 'ignore' : 'pipe', log, log],
      // A group of its own: Ctrl-C reaches the launcher, which stops the server last.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

type StartAttempt = { child: ChildProcess; exited: Promise<void>; hasExited(): boolean };

function watch(child: ChildProcess): StartAttempt {
  let hasExited = false;
  const exited = new Promise<void>((resolve) => {
    const end = (): void => {
      hasExited = true;
      child.stdin?.destroy();
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  // A server that ends while its pipe is open must not bring this process down.
  child.stdin?.on('error', () => undefined);
  return { child, exited, hasExited: () => hasExited };
}

async function signIn(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'throughline launcher',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code !== '28P01' && code !== '28000') throw error;
    throw new LaunchProblem(
      'The embedded database refuses the password of the data folder: secrets.json and the database do not belong together.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The server says in its own file when it takes connections; trying its port could reach a server of somebody else. */
async function untilReady(attempt: StartAttempt, cluster: string, url: string): Promise<boolean> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(15)) {
    if (attempt.hasExited()) return false;
    const found = findPostmaster(cluster);
    if (typeof found !== 'object' || found.status !== 'ready') continue;
    await signIn(url);
    return !attempt.hasExited();
  }
  return false;
}

/**
 * Starts a PostgreSQL of our own on a cluster, which is made when it is not there. What a killed predecessor left is
 * put in order first: a server that still runs is stopped, a stale file removed. As root the server runs under another
 * account. Throws LaunchProblem in words for people.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { cluster, superuserPassword, logFile } = options;
  const account = serverAccount(hasCluster(cluster) ? cluster : undefined);
  const binaries = await findPostgresBinaries(account);
  if (hasCluster(cluster)) {
    checkCluster(cluster, binaries);
    await stopPostgresOn(cluster);
  } else {
    await makeCluster(cluster, superuserPassword, binaries, account);
  }
  rotateLog(logFile);
  let port = options.port || (await freePort());
  for (let tries = 1; ; tries += 1) {
    const logged = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const url = (database = 'postgres'): string => localDatabaseUrl(port, 'postgres', superuserPassword, database);
    const attempt = watch(spawnServer(options, path.join(binaries.folder, 'postgres'), port, account));
    if (await untilReady(attempt, cluster, url())) return running(options, attempt, port, url);
    await stopPostgresOn(cluster, 'immediate');
    const said = lastLogLines(logFile, logged);
    const isPortTaken = said.includes('could not bind');
    // Shared memory of a server that was killed goes only when the last of its processes has noticed.
    const isMemoryHeld = said.includes('shared memory block');
    if (tries >= 40 || !(isMemoryHeld || (isPortTaken && !options.isPortFixed && tries <= 3))) {
      const hint = isPortTaken ? ` Choose another port with --database-port.` : '';
      throw new LaunchProblem(`The embedded database did not start.${hint} It said (${logFile}):\n${said}`);
    }
    if (isPortTaken) port = await freePort();
    else {
      endOrphanedBackends(cluster);
      await sleep(250);
    }
  }
}

function running(
  options: EmbeddedPostgresOptions,
  attempt: StartAttempt,
  port: number,
  url: (database?: string) => string,
): EmbeddedPostgres {
  if (options.isDetached) attempt.child.unref();
  const found = findPostmaster(options.cluster);
  return {
    port,
    pid: typeof found === 'object' ? found.pid : (attempt.child.pid ?? 0),
    superuserUrl: (database) => url(database),
    exited: attempt.exited,
    async stop(mode = 'fast') {
      await stopPostgresOn(options.cluster, mode);
      await attempt.exited;
    },
  };
}
