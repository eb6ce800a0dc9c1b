import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '../ensure-installed.mjs';
import type { LaunchOptions, Ports } from '../options.mjs';
import type { DatabaseAddresses } from './external-database.js';
import type { ProcessDescription } from './processes/supervised-process.js';

/** What the processes are told beside their ports. */
export type ProcessSettings = {
  options: LaunchOptions;
  /** As `options.ports`, with every 0 replaced by the port that was found. */
  ports: Ports;
  database: DatabaseAddresses;
  secretKey: string;
  environment: Readonly<Record<string, string | undefined>>;
};

/** A process and where it says that it is ready. */
export type LaunchedProcess = ProcessDescription & { readyUrl: string };

const TELEMETRY = path.join(workspaceRoot, 'libs/observability/dist/register.js');
const SUPERVISED = path.join(workspaceRoot, 'tools/launch/dist/supervised.js');

/**
 * How Node runs the worker: what one batch needs lives as long as the batch, and with the usual 16 MiB for what is young a fifth of
 * the processor time went into moving it about.
 */
export const WORKER_FLAGS: readonly string[] = ['--max-semi-space-size=64'];

function nodeArguments(script: string, isInstrumented: boolean, flags: readonly string[] = []): string[] {
  const preloaded = isInstrumented ? [SUPERVISED, TELEMETRY] : [SUPERVISED];
  const imports = preloaded.flatMap((file) => ['--import', pathToFileURL(file).href]);
  return [...flags, ...imports, path.join(workspaceRoot, script)];
}

/** Address under which this machine reaches a port: a wildcard is listened on, but not called. */
export function reachableHost(listenHost: string): string {
  if (listenHost === '0.0.0.0' || listenHost === '::') return '127.0.0.1';
  return listenHost.includes(':') ? `[${listenHost}]` : listenHost;
}

function commonEnvironment({
  options,
  ports,
  database,
  secretKey,
  environment,
}: ProcessSettings): Record<string, string | undefined> {
  const host = reachableHost(options.listenHost);
  const simulated = `${host}:${ports.simulator}`;
  const allowed = [environment['OUTBOUND_ALLOWED_HOSTS'], options.demo ? simulated : undefined].filter(
    (value) => value !== undefined && value !== '',
  );
  return {
    ...environment,
    DATABASE_URL: database.appUrl,
    // Only what migrates and runs the jobs gets the owner's address.
    DATABASE_OWNER_URL: undefined,
    LISTEN_HOST: options.listenHost,
    API_PORT: String(ports.api),
    COLLECTOR_HTTP_PORT: String(ports.collectorHttp),
    COLLECTOR_GRPC_PORT: String(ports.collectorGrpc),
    WORKER_PORT: String(ports.worker),
    SIMULATOR_PORT: String(ports.simulator),
    SIMULATOR_URL: `http://${simulated}`,
    PUBLIC_URL: publicUrl(options, ports, environment),
    THROUGHLINE_SECRET_KEY: secretKey,
    THROUGHLINE_DEMO: options.demo ? '1' : '0',
    THROUGHLINE_DATA_DIR: options.dataDir,
    OUTBOUND_ALLOWED_HOSTS: allowed.join(','),
  };
}

/** Address that people open, without a slash at its end. */
export function publicUrl(options: LaunchOptions, ports: Ports, environment: ProcessSettings['environment']): string {
  const set = environment['PUBLIC_URL'];
  if (set !== undefined && set !== '') return set.replace(/\/+$/, '');
  return `http://${options.listenHost === '127.0.0.1' ? 'localhost' : reachableHost(options.listenHost)}:${ports.api}`;
}

/** The migration, run once before everything else. */
export function migration(settings: ProcessSettings): ProcessDescription {
  return {
    name: 'migration',
    args: [...nodeArguments('apps/api/dist/migrate.js', false), ...(settings.options.demo ? ['--demo'] : [])],
    workingFolder: workspaceRoot,
    environment: { ...commonEnvironment(settings), DATABASE_OWNER_URL: settings.database.ownerUrl },
  };
}

/** Every process in the order in which they are stopped; the simulator only in demo mode. */
export function processTable(settings: ProcessSettings): LaunchedProcess[] {
  const { options, ports, database } = settings;
  const common = commonEnvironment(settings);
  const host = reachableHost(options.listenHost);
  const describe = (
    name: string,
    script: string,
    port: number,
    more: Record<string, string> = {},
  ): LaunchedProcess => ({
    name,
    args: nodeArguments(script, name !== 'simulator', name === 'worker' ? WORKER_FLAGS : []),
    workingFolder: workspaceRoot,
    environment: { ...common, ...more },
    readyUrl: `http://${host}:${port}/readyz`,
  });
  const simulator = describe('simulator', 'tools/simulator/dist/main.js', ports.simulator, {
    COLLECTOR_HTTP_URL: `http://${host}:${ports.collectorHttp}`,
    COLLECTOR_GRPC_URL: `http://${host}:${ports.collectorGrpc}`,
    DATABASE_URL: '',
    THROUGHLINE_SECRET_KEY: '',
  });
  return [
    ...(options.demo ? [simulator] : []),
    // The collector opens webhook secrets and hashes what redaction rules cover.
    describe('collector', 'apps/collector/dist/main.js', ports.collectorHttp),
    describe('api', 'apps/api/dist/main.js', ports.api),
    describe('worker', 'apps/api/dist/worker.js', ports.worker, { DATABASE_OWNER_URL: database.ownerUrl }),
  ];
}
