/** Ports of the processes; 0 = any free one. */
export type Ports = {
  api: number;
  collectorHttp: number;
  collectorGrpc: number;
  worker: number;
  simulator: number;
  database: number;
};

/** What `npm start` is asked to do. */
export type LaunchOptions = {
  help: false;
  demo: boolean;
  reset: boolean;
  yes: boolean;
  verbose: boolean;
  /** Absolute. */
  dataDir: string;
  listenHost: string;
  ports: Ports;
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
};

/** A flag or variable that cannot be meant; the message says which and what to do. */
export class UnusableOption extends Error {}

/** Every port: its name in the options, flag, variable, default and what listens there. */
export const PORTS: readonly { name: keyof Ports; flag: string; variable: string; fallback: number; purpose: string }[];

/** What --help prints. */
export const helpText: string;

/** Reads flags, then variables, then defaults; throws UnusableOption. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LaunchOptions | { help: true };
