import { LOG_LEVELS, StartFailure, type LogLevel } from '@throughline/observability';
import { z } from 'zod';

/** Settings of the collector, read once from the environment. */
export type CollectorConfig = Readonly<{
  databaseUrl: string;
  databasePoolSize: number;
  listenHost: string;
  httpPort: number;
  grpcPort: number;
  logLevel: LogLevel;
  /** Largest request, after decompression. */
  maxRequestBytes: number;
  /** Largest webhook of a vendor, after decompression; never more than a request. */
  maxWebhookBytes: number;
  /** Most bytes that requests may take in memory at the same time, unpacked; a request beyond it is served alone. */
  maxInFlightBytes: number;
  /** Items a second of an ingest key that has no limit of its own; null = unlimited. */
  itemsPerSecond: number | null;
  /** Opens the secrets of source systems and keys the hashes of redaction; null = what needs one is told to come again. */
  secretKey: Buffer | null;
  /** Largest file, unpacked; files are streamed. */
  maxFileBytes: number;
  /** Where files are picked up, and the ingest key under which; null = nowhere. */
  watchedFolder: Readonly<{ path: string; key: string; pollMs: number }> | null;
}>;

const MEBIBYTE = 1024 * 1024;
const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const mebibytes = (fallback: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(4096)
    .default(fallback)
    .transform((value) => value * MEBIBYTE);

const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }),
  COLLECTOR_DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(8),
  LISTEN_HOST: z.string().min(1).default('127.0.0.1'),
  COLLECTOR_HTTP_PORT: port(4318),
  COLLECTOR_GRPC_PORT: port(4317),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  COLLECTOR_MAX_REQUEST_MIB: mebibytes(64),
  COLLECTOR_MAX_WEBHOOK_MIB: mebibytes(16),
  COLLECTOR_MAX_IN_FLIGHT_MIB: mebibytes(96),
  THROUGHLINE_SECRET_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, '32 bytes in base64 (openssl rand -base64 32)')
    .transform((value) => Buffer.from(value, 'base64'))
    .optional(),
  COLLECTOR_MAX_FILE_MIB: mebibytes(1024),
  COLLECTOR_WATCHED_FOLDER: z.string().min(1).optional(),
  COLLECTOR_WATCHED_FOLDER_KEY: z.string().min(1).optional(),
  COLLECTOR_WATCHED_FOLDER_POLL_MS: z.coerce.number().int().min(50).max(3_600_000).default(2_000),
  COLLECTOR_ITEMS_PER_SECOND: z.coerce.number().int().min(1).max(100_000_000).optional(),
});

/** Reads the settings; an empty variable counts as not set. Throws StartFailure that names variable and expectation, never a value. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): CollectorConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const complaints = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new StartFailure(`bad configuration (environment): ${complaints.join('; ')}`);
  }
  const value = parsed.data;
  if (value.COLLECTOR_WATCHED_FOLDER !== undefined && value.COLLECTOR_WATCHED_FOLDER_KEY === undefined) {
    throw new StartFailure(
      'bad configuration (environment): COLLECTOR_WATCHED_FOLDER_KEY: must be an ingest key when COLLECTOR_WATCHED_FOLDER is set',
    );
  }
  return Object.freeze({
    databaseUrl: value.DATABASE_URL,
    databasePoolSize: value.COLLECTOR_DATABASE_POOL,
    listenHost: value.LISTEN_HOST,
    httpPort: value.COLLECTOR_HTTP_PORT,
    grpcPort: value.COLLECTOR_GRPC_PORT,
    logLevel: value.LOG_LEVEL,
    maxRequestBytes: value.COLLECTOR_MAX_REQUEST_MIB,
    maxWebhookBytes: value.COLLECTOR_MAX_WEBHOOK_MIB,
    maxInFlightBytes: value.COLLECTOR_MAX_IN_FLIGHT_MIB,
    itemsPerSecond: value.COLLECTOR_ITEMS_PER_SECOND ?? null,
    secretKey: value.THROUGHLINE_SECRET_KEY ?? null,
    maxFileBytes: value.COLLECTOR_MAX_FILE_MIB,
    watchedFolder:
      value.COLLECTOR_WATCHED_FOLDER === undefined || value.COLLECTOR_WATCHED_FOLDER_KEY === undefined
        ? null
        : Object.freeze({
            path: value.COLLECTOR_WATCHED_FOLDER,
            key: value.COLLECTOR_WATCHED_FOLDER_KEY,
            pollMs: value.COLLECTOR_WATCHED_FOLDER_POLL_MS,
          }),
  });
}

/** The settings of this process. */
export function loadConfig(): CollectorConfig {
  return parseConfig(process.env);
}
