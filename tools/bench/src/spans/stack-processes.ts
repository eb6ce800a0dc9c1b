import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { WORKER_FLAGS } from '@throughline/launch';
import type { BenchStore } from './bench-store.js';

const root = (relative: string): string => fileURLToPath(new URL(`../../../../${relative}`, import.meta.url));
const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 15_000;

/** The processes of the stack. */
export type StackProcesses = {
  collectorPort: number;
  apiPort: number;
  /** 0 = it was not started. */
  collectorPid: number;
  pids: Record<string, number>;
  stop(): Promise<void>;
};

const SCRIPTS = {
  collector: 'apps/collector/dist/main.js',
  worker: 'apps/api/dist/worker.js',
  api: 'apps/api/dist/main.js',
} as const;

/** A process of the stack. */
export type StackPart = keyof typeof SCRIPTS;

/**
 * Starts collector, worker and api on the store, or some of them, as in earnest. `profile` writes CPU profiles there; `more` is what
 * they are told beside the usual.
 */
export async function startStack(
  store: BenchStore,
  profile: string | undefined,
  parts: readonly StackPart[] = ['collector', 'worker', 'api'],
  more: Readonly<Record<string, string>> = {},
): Promise<StackProcesses> {
  const [http, grpc, worker, api] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const environment = {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    DATABASE_URL: store.appUrl,
    DATABASE_OWNER_URL: store.ownerUrl,
    THROUGHLINE_SECRET_KEY: randomBytes(32).toString('base64'),
    COLLECTOR_HTTP_PORT: String(http),
    COLLECTOR_GRPC_PORT: String(grpc),
    WORKER_PORT: String(worker),
    API_PORT: String(api),
    LOG_LEVEL: 'warn',
    ...more,
  };
  const start = (name: string, script: string): ChildProcess => {
    const flags = [
      ...(name === 'worker' ? WORKER_FLAGS : []),
      ...(profile === undefined
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}.cpuprofile`]),
    ];
    const child = spawn(
      process.execPath,
      [...flags, '--import', root('libs/observability/dist/register.js'), root(script)],
      {
        env: environment,
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    child.once('exit', (code) => {
      if (code !== 0) console.error(`${name} ended with ${code}`);
    });
    return child;
  };
  const ports = { collector: http!, worker: worker!, api: api! };
  const children = new Map(parts.map((part) => [part, start(part, SCRIPTS[part])]));
  const stop = async (): Promise<void> => {
    await Promise.all([...children.values()].map(stopChild));
  };
  try {
    await Promise.all(parts.map((part) => untilReady(`http://127.0.0.1:${ports[part]}/readyz`)));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    collectorPort: ports.collector,
    apiPort: ports.api,
    collectorPid: children.get('collector')?.pid ?? 0,
    pids: Object.fromEntries([...children].map(([name, child]) => [name, child.pid!])),
    stop,
  };
}

/** Largest resident size of a process so far, in MiB (Linux). */
export function peakResidentMib(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** Seconds of processor time that a process used so far (Linux, 100 ticks a second). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}

async function untilReady(url: string): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; ;) {
    const isReady = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > end) throw new Error(`${url} did not become ready`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
