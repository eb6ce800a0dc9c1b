import { LOG_LEVELS, StartFailure, type LogLevel } from '@throughline/observability';
import { z } from 'zod';

/** Injection token of the parsed configuration. */
export const API_CONFIG = Symbol('api configuration');

/** What api, worker, migration and administration read from the environment, parsed once. */
export type ApiConfig = Readonly<{
  database: Readonly<{ url: string; ownerUrl: string | undefined }>;
  listen: Readonly<{ host: string; apiPort: number; workerPort: number }>;
  /** Address that people open; links in messages start with it. No trailing slash. */
  publicUrl: string;
  /** 32 bytes that encrypt stored secrets. */
  secretKey: Buffer;
  isDemo: boolean;
  /** host:port pairs that outgoing calls may reach although they are private addresses. */
  outboundAllowedHosts: readonly string[];
  /** How long an outgoing call may take, from the first byte to the last. */
  outboundTimeoutMs: number;
  telemetry: Readonly<{ endpoint: string | undefined; key: string | undefined }>;
  logLevel: LogLevel;
  /** Base address of the simulated systems, for the demo's seeds. No trailing slash. */
  simulatorUrl: string;
}>;

/** The environment does not say what it must; one line per variable, never a value. */
export class ConfigError extends StartFailure {}

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'a port number from 0 to 65535')
    .transform(Number)
    .refine((value) => value <= 65_535, 'a port number from 0 to 65535')
    .default(fallback);

const httpUrl = z
  .string()
  .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), 'an address starting with http:// or https://')
  .transform((value) => value.replace(/\/+$/, ''));

const postgresUrl = z
  .string({ error: 'a PostgreSQL connection address, postgres://user:password@host:port/database' })
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
    'a PostgreSQL connection address, postgres://user:password@host:port/database',
  );

/** A call that is older is taken for lost, so none may last as long. */
const TIMEOUT_RANGE_MS = [100, 25_000] as const;
const TIMEOUT_EXPECTED = `a whole number of milliseconds from ${TIMEOUT_RANGE_MS[0]} to ${TIMEOUT_RANGE_MS[1]}`;

const isOn = z.enum(['0', '1'], { error: '0 or 1' }).transform((value) => value === '1');

const environment = z.object({
  DATABASE_URL: postgresUrl,
  DATABASE_OWNER_URL: postgresUrl.optional(),
  LISTEN_HOST: z.string().min(1).default('127.0.0.1'),
  API_PORT: port(4000),
  WORKER_PORT: port(4001),
  PUBLIC_URL: httpUrl.default('http://localhost:4000'),
  THROUGHLINE_SECRET_KEY: z
    .string({ error: '32 bytes in base64 (openssl rand -base64 32)' })
    .regex(/^[A-Za-z0-9+/]{43}=$/, '32 bytes in base64 (openssl rand -base64 32)')
    .transform((value) => Buffer.from(value, 'base64')),
  THROUGHLINE_DEMO: isOn.default(false),
  NODE_ENV: z.string().optional(),
  OUTBOUND_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  OUTBOUND_TIMEOUT_MS: z
    .string()
    .regex(/^\d{1,5}$/, TIMEOUT_EXPECTED)
    .transform(Number)
    .refine((value) => value >= TIMEOUT_RANGE_MS[0] && value <= TIMEOUT_RANGE_MS[1], TIMEOUT_EXPECTED)
    .default(15_000),
  THROUGHLINE_TELEMETRY_ENDPOINT: httpUrl.optional(),
  THROUGHLINE_TELEMETRY_KEY: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  SIMULATOR_URL: httpUrl.default('http://127.0.0.1:4400'),
});

/** Parses the variables given; the message names variable, expectation and source, never the value. */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): ApiConfig {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} (environment variable, ${name in given ? 'set' : 'not set'}) must be ${issue.message}`;
    });
    throw new ConfigError(lines.join('; '));
  }
  const value = parsed.data;
  if (value.THROUGHLINE_DEMO && value.NODE_ENV === 'production') {
    throw new ConfigError(
      'THROUGHLINE_DEMO (environment variable, set) must be 0 when NODE_ENV is production: the demo has known passwords',
    );
  }
  return Object.freeze({
    database: Object.freeze({ url: value.DATABASE_URL, ownerUrl: value.DATABASE_OWNER_URL }),
    listen: Object.freeze({ host: value.LISTEN_HOST, apiPort: value.API_PORT, workerPort: value.WORKER_PORT }),
    publicUrl: value.PUBLIC_URL,
    secretKey: value.THROUGHLINE_SECRET_KEY,
    isDemo: value.THROUGHLINE_DEMO,
    outboundAllowedHosts: Object.freeze(value.OUTBOUND_ALLOWED_HOSTS),
    outboundTimeoutMs: value.OUTBOUND_TIMEOUT_MS,
    telemetry: Object.freeze({ endpoint: value.THROUGHLINE_TELEMETRY_ENDPOINT, key: value.THROUGHLINE_TELEMETRY_KEY }),
    logLevel: value.LOG_LEVEL,
    simulatorUrl: value.SIMULATOR_URL,
  });
}

/** Configuration of this process. */
export function readConfig(): ApiConfig {
  return parseConfig(process.env);
}

/** The owner's address, for the processes that need it (migration, partition upkeep, jobs). */
export function requireOwnerUrl(config: ApiConfig): string {
  if (config.database.ownerUrl === undefined) {
    throw new ConfigError(
      'DATABASE_OWNER_URL (environment variable, not set) must be the PostgreSQL connection address of the owner role',
    );
  }
  return config.database.ownerUrl;
}
