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
  /** Most bytes of requests held in memory at the same time. */
  maxInFlightBytes: number;
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
  COLLECTOR_MAX_IN_FLIGHT_MIB: mebibytes(256),
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
  if (value.COLLECTOR_MAX_IN_FLIGHT_MIB < value.COLLECTOR_MAX_REQUEST_MIB) {
    // Else a request that may be sent never fits, and its sender is told to try again for ever.
    throw new StartFailure(
      'bad configuration (environment): COLLECTOR_MAX_IN_FLIGHT_MIB: must not be less than COLLECTOR_MAX_REQUEST_MIB',
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
    maxInFlightBytes: value.COLLECTOR_MAX_IN_FLIGHT_MIB,
  });
}

/** The settings of this process. */
export function loadConfig(): CollectorConfig {
  return parseConfig(process.env);
}
