import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { createMetrics, rememberReadiness, type Logger } from '@throughline/observability';
import type { Database } from '@throughline/persistence';
import { ByteBudget } from './intake/byte-budget.js';
import { IngestKeys } from './intake/ingest-keys.js';
import { IntakeMetrics } from './intake/intake-metrics.js';
import { Intake } from './intake/intake.js';
import { RefusedInputs } from './intake/refused-inputs.js';
import { registerCloudEvents } from './receivers/cloud-events.js';
import { startOtlpGrpc } from './receivers/otlp-grpc.js';
import { registerOtlpHttp } from './receivers/otlp-http.js';
import { registerOtherRoutes } from './receivers/other-routes.js';
import type { CollectorConfig } from './config.js';

/** What a collector needs of its configuration. */
export type CollectorOptions = Pick<
  CollectorConfig,
  'listenHost' | 'httpPort' | 'grpcPort' | 'maxRequestBytes' | 'maxInFlightBytes'
>;

/** The running collector with the ports it really listens on. `close` finishes what is in flight; it does not close the database. */
export type Collector = { httpPort: number; grpcPort: number; close(): Promise<void> };

/** A body may take its time over a slow line, but not for ever. */
const REQUEST_TIMEOUT_MS = 120_000;

/** Starts both listeners. Rejects when a port is in use, with nothing left running. */
export async function startCollector(database: Database, options: CollectorOptions, log: Logger): Promise<Collector> {
  const registry = createMetrics('collector');
  const budget = new ByteBudget(options.maxInFlightBytes);
  const intake = new Intake({
    database,
    keys: new IngestKeys(database),
    refusedInputs: new RefusedInputs(database, log),
    metrics: new IntakeMetrics(registry, () => budget.inFlight),
    budget,
    log,
    now: () => new Date(),
  });
  let isClosing = false;
  const databaseReadiness = rememberReadiness(() => database.readiness());
  const readiness = () =>
    isClosing ? Promise.resolve({ isReady: false, problems: ['stopping'] }) : databaseReadiness();

  const server = createServer();
  registerOtlpHttp(server, intake, options.maxRequestBytes);
  registerCloudEvents(server, intake, options.maxRequestBytes);
  registerOtherRoutes(server, { readiness, metrics: registry });

  const grpc = await startOtlpGrpc(intake, {
    host: options.listenHost,
    port: options.grpcPort,
    maxBytes: options.maxRequestBytes,
  });
  try {
    await server.listen({ host: options.listenHost, port: options.httpPort });
  } catch (error) {
    await grpc.close();
    throw error;
  }
  return {
    httpPort: (server.server.address() as AddressInfo).port,
    grpcPort: grpc.port,
    close: async () => {
      isClosing = true;
      await Promise.all([server.close(), grpc.close()]);
    },
  };
}

function createServer(): FastifyInstance {
  const server = fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  });
  // Bodies are read by the receivers themselves, bounded and counted while they come.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  return server;
}
