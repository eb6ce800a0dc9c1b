import type { LaunchOptions } from './options.mjs';

/** A process by id and, where the system tells it, its start: ids are reused. */
export type ProcessIdentity = { pid: number; start?: string | undefined };

/** Start of a process as the kernel counts it; undefined where unknown. */
export function processStartOf(pid: number): string | undefined;

/** True when the process lives and, where that is known, is the one that was meant. */
export function isSameProcess(identity: ProcessIdentity | undefined): boolean;

/** Who holds the lock of a data folder: the identity of a live launcher, 'stale' after a dead one, or undefined. */
export function readLockHolder(dataDir: string): ProcessIdentity | 'stale' | undefined;

/** True when a server could listen there now; else why not. */
export function isPortFree(host: string, port: number): Promise<boolean | 'forbidden' | 'unusable'>;

/** One clear sentence why the launcher cannot start, or undefined. */
export function whyNotStartable(options: LaunchOptions): Promise<string | undefined>;
