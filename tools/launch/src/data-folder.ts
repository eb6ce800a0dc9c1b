import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findPostmaster } from './embedded/postmaster-file.js';
import { type ServerAccount, isReachable } from './embedded/server-account.js';
import { LaunchProblem } from './launch-problem.js';

/** Where the launcher keeps things; everything but a moved cluster lies in `root`. */
export type DataFolder = {
  root: string;
  /** The embedded database's files (PGDATA). */
  cluster: string;
  secrets: string;
  logs: string;
  /** Processes that were started, to find those that outlived a killed launcher. */
  processes: string;
};

/** Marks a folder as ours: nothing else is ever deleted or filled. */
const MARKER = 'throughline.json';
/** For a cluster whose server runs under an account that may not enter the data folder. */
const OUTSIDE_CLUSTERS = '/var/lib/throughline/clusters';
const BELONGS_TO = 'data-folder';
/** May stand in an otherwise empty folder before it is marked. */
const HARMLESS = new Set(['launcher.lock', 'lost+found']);

type Marker = { format: 1; cluster: string };

function readMarker(root: string): Marker | undefined {
  const file = path.join(root, MARKER);
  if (!existsSync(file)) return undefined;
  const marker: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const cluster: unknown = typeof marker === 'object' && marker !== null ? Reflect.get(marker, 'cluster') : undefined;
  if (typeof cluster !== 'string')
    throw new LaunchProblem(`${file} is damaged: restore it or choose another data folder.`);
  return { format: 1, cluster };
}

/**
 * Where the cluster of a data folder lies: in it, unless the server's account cannot get there (a checkout below /root);
 * then in a folder of its own below /var/lib/throughline.
 */
function placeCluster(root: string, account: ServerAccount | undefined): string {
  const inside = path.join(root, 'postgres');
  if (!account) return inside;
  if (!isReachable(root, account) && isReachable(path.dirname(root), account))
    chmodSync(root, statSync(root).mode | 0o011);
  if (isReachable(root, account)) return inside;
  removeAbandonedClusters();
  const outside = path.join(OUTSIDE_CLUSTERS, randomBytes(6).toString('hex'));
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  writeFileSync(path.join(outside, BELONGS_TO), root);
  return path.join(outside, 'postgres');
}

/** Whoever deletes a data folder by hand means its cluster too, wherever that lies. */
function removeAbandonedClusters(): void {
  if (!existsSync(OUTSIDE_CLUSTERS)) return;
  for (const name of readdirSync(OUTSIDE_CLUSTERS)) {
    const folder = path.join(OUTSIDE_CLUSTERS, name);
    const cluster = path.join(folder, 'postgres');
    const note = path.join(folder, BELONGS_TO);
    if (!existsSync(note) || typeof findPostmaster(cluster) === 'object') continue;
    const marker = path.join(readFileSync(note, 'utf8'), MARKER);
    if (!existsSync(marker) || !readFileSync(marker, 'utf8').includes(folder))
      rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a data folder, or makes it; a folder that holds anything of somebody else's is refused. */
export function openDataFolder(root: string, account?: ServerAccount): DataFolder {
  mkdirSync(root, { recursive: true });
  let marker = readMarker(root);
  const isPlaced = marker !== undefined && existsSync(marker.cluster);
  if (!marker) {
    const foreign = readdirSync(root).filter((name) => !HARMLESS.has(name));
    if (foreign.length > 0) {
      throw new LaunchProblem(
        `The data folder ${root} is not empty and was not made by Throughline (it holds ${foreign[0] ?? ''}). Choose another with --data-dir.`,
      );
    }
  }
  if (!marker || !isPlaced) {
    marker = { format: 1, cluster: placeCluster(root, account) };
    writeFileSync(path.join(root, MARKER), `${JSON.stringify(marker, null, 2)}\n`);
  }
  const logs = path.join(root, 'logs');
  mkdirSync(logs, { recursive: true });
  return {
    root,
    cluster: marker.cluster,
    secrets: path.join(root, 'secrets.json'),
    logs,
    processes: path.join(root, 'processes.json'),
  };
}

/** True when the folder holds something that a reset would delete. */
export function isDataFolder(root: string): boolean {
  return existsSync(path.join(root, MARKER));
}

/** Deletes what Throughline made in a data folder, and nothing else. The server must be stopped. */
export function emptyDataFolder(root: string): void {
  const marker = readMarker(root);
  if (!marker) return;
  const isOutside = marker.cluster.startsWith(`${OUTSIDE_CLUSTERS}/`);
  rmSync(isOutside ? path.dirname(marker.cluster) : marker.cluster, { recursive: true, force: true });
  for (const name of readdirSync(root)) {
    if (name !== 'launcher.lock') rmSync(path.join(root, name), { recursive: true, force: true });
  }
}
