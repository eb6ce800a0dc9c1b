// The first checks: is Throughline running here already, are the ports free, can the data folder be written.
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { PORTS } from './options.mjs';

const LOCK_FILE = 'launcher.lock';
/** After a launcher was killed its processes need a moment to notice and let go of their ports. */
const LEFTOVER_WAIT_MS = 12_000;

/** Start of a process as the kernel counts it, so that a reused process id is not mistaken; undefined where unknown. */
export function processStartOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may hold blanks and brackets: the fields are counted after its last bracket.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** True when the process lives and, where that is known, is the one that was meant. */
export function isSameProcess(identity) {
  if (!Number.isInteger(identity?.pid) || identity.pid <= 0) return false;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const start = processStartOf(identity.pid);
  return start === undefined || identity.start === undefined || start === identity.start;
}

/** Who holds the lock of a data folder: the identity of a live launcher, 'stale' after a dead one, or undefined. */
export function readLockHolder(dataDir) {
  let text;
  try {
    text = readFileSync(path.join(dataDir, LOCK_FILE), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
  try {
    const identity = JSON.parse(text);
    return isSameProcess(identity) ? identity : 'stale';
  } catch {
    return 'stale';
  }
}

/** True when a server could listen there now. */
export function isPortFree(host, port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) =>
      resolve(error.code === 'EACCES' ? 'forbidden' : error.code === 'EADDRINUSE' ? false : 'unusable'),
    );
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

async function portProblem(options, { name, flag, variable, purpose }, deadline) {
  const port = options.ports[name];
  const host = name === 'database' ? '127.0.0.1' : options.listenHost;
  for (;;) {
    const free = await isPortFree(host, port);
    if (free === true) return undefined;
    if (free === 'forbidden')
      return `Port ${port} (${purpose}) may not be opened by this user. Choose one above 1023: ${flag} ${port + 8000} or ${variable}=${port + 8000}.`;
    if (free === 'unusable') return `LISTEN_HOST=${host} is not an address of this machine that can be listened on.`;
    if (Date.now() >= deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const other = port < 65_435 ? port + 100 : port - 100;
  return `Port ${port} (${purpose}) is in use. Stop what uses it, or choose another: npm start -- ${flag} ${other} (or ${variable}=${other}).`;
}

function folderProblem(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const why = {
      EACCES: 'this user may not write there',
      EROFS: 'the file system is read-only',
      ENOSPC: 'the disk is full',
    }[error.code];
    const notFolder =
      error.code === 'EEXIST' || error.code === 'ENOTDIR' ? 'there is a file in its way' : error.message;
    return `The data folder ${dataDir} cannot be used: ${why ?? notFolder}. Choose another: npm start -- --data-dir DIR (or THROUGHLINE_DATA_DIR=DIR).`;
  }
}

/** A demo's people and ingest key stay in its database, and everybody knows their passwords. */
function demoProblem({ demo, reset, databaseUrl, dataDir }) {
  if (demo || reset || databaseUrl !== undefined || !existsSync(path.join(dataDir, 'simulator', 'estate.json'))) return;
  return `The data folder ${dataDir} holds a demo, whose people and ingest key everybody knows. Choose another: npm start -- --no-demo --data-dir DIR, or delete it: npm start -- --no-demo --reset.`;
}

/** One clear sentence why the launcher cannot start, or undefined. */
export async function whyNotStartable(options) {
  const unwritable = folderProblem(options.dataDir);
  if (unwritable !== undefined) return unwritable;
  const holder = readLockHolder(options.dataDir);
  if (holder !== undefined && holder !== 'stale') {
    return `Throughline already runs on the data folder ${options.dataDir} (process ${holder.pid}). Stop it first, or choose another folder with --data-dir and other ports.`;
  }
  const knownPasswords = demoProblem(options);
  if (knownPasswords !== undefined) return knownPasswords;
  const deadline = Date.now() + (holder === 'stale' ? LEFTOVER_WAIT_MS : 0);
  for (const port of PORTS) {
    const isUsed =
      port.name === 'simulator' ? options.demo : port.name !== 'database' || options.databaseUrl === undefined;
    // A database that a killed launcher left behind holds its port until it is stopped in order, later.
    const isOurs = port.name === 'database' && existsSync(path.join(options.dataDir, 'postgres', 'postmaster.pid'));
    if (!isUsed || isOurs || options.ports[port.name] === 0) continue;
    const problem = await portProblem(options, port, deadline);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
