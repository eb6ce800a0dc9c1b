import { LOG_LEVELS, StartFailure } from '@throughline/observability';
import { z } from 'zod';
import { USUAL_FAULT_PERCENT } from './story/faults.js';

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.url({ protocol: /^https?$/ });

const environment = z.object({
  SIMULATOR_PORT: port.default(4400),
  LISTEN_HOST: z.string().min(1).default('127.0.0.1'),
  COLLECTOR_HTTP_URL: url.default('http://127.0.0.1:4318'),
  COLLECTOR_GRPC_URL: url.default('http://127.0.0.1:4317'),
  INGEST_KEY: z.string().min(1).default('tl_demo_ingest_key'),
  THROUGHLINE_DATA_DIR: z.string().min(1).default('.throughline'),
  PUBLIC_URL: url.default('http://localhost:4000'),
  SIMULATOR_REQUEUE_SECRET: z.string().startsWith('whsec_').default('whsec_dGhyb3VnaGxpbmUtZGVtby1zZWNyZXQtMDE='),
  DEMO_SEED: z.string().min(1).default('nordhafen'),
  DEMO_HISTORY_DAYS: z.coerce.number().int().min(0).max(400).default(35),
  /** Of the processes beside orders; 0 = none, also none in the past. */
  DEMO_JOURNEYS_PER_HOUR: z.coerce.number().min(0).max(3_600).default(60),
  /** Of all orders, per cent. */
  DEMO_FAULT_PERCENT: z.coerce.number().min(0).max(100).default(USUAL_FAULT_PERCENT),
  DEMO_ORDERS_PER_MINUTE: z.coerce.number().min(0).max(600).default(6),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

export type SimulatorConfig = Readonly<z.infer<typeof environment>>;

/** Parses the variables given; the message names variable and expectation, never the value. */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): SimulatorConfig {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartFailure(`bad configuration (environment): ${problems.join('; ')}`);
}

/** Configuration of this process. */
export function readConfig(): SimulatorConfig {
  return parseConfig(process.env);
}
