import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { loadShippedPacks, MappingRegistry } from '@throughline/ingest';
import { createMetrics, rememberReadiness, type Logger } from '@throughline/observability';
import { SecretBox, type Database } from '@throughline/persistence';
import { AttributeNamesOfTenants } from './intake/attribute-names-of-tenants.js';
import { ByteBudget } from './intake/byte-budget.js';
import { CsvLayoutsOfTenants } from './intake/csv-layouts-of-tenants.js';
import { EventSources } from './intake/event-sources.js';
import { FileIntake } from './intake/file-intake.js';
import { removeStaleSpools } from './intake/file-spool.js';
import { IngestKeys } from './intake/ingest-keys.js';
import { IntakeMetrics } from './intake/intake-metrics.js';
import { Intake } from './intake/intake.js';
import { RateLimiter } from './intake/rate-limiter.js';
import { RedactionRules } from './intake/redaction-rules.js';
import { RefusedInputs } from './intake/refused-inputs.js';
import { Sightings } from './intake/sightings.js';
import { SourceSystems } from './intake/source-systems.js';
import { UsageLedger } from './intake/usage-ledger.js';
import { answerBroken } from './receivers/broken-requests.js';
import { registerCloudEvents } from './receivers/cloud-events.js';
import { registerFiles } from './receivers/files.js';
import { KnownRoutes } from './receivers/known-routes.js';
import { startOtlpGrpc } from './receivers/otlp-grpc.js';
import { registerOpenLineage } from './receivers/open-lineage.js';
import { registerOtlpHttp } from './receivers/otlp-http.js';
import { answerUnreadableAddress, registerOtherRoutes, withoutOrigin } from './receivers/other-routes.js';
import { UnreadRequests } from './receivers/unread-requests.js';
import { registerWebhookHandshake } from './receivers/webhook-handshake.js';
import { registerWebhooks } from './receivers/webhooks.js';
import { watchFolder } from './watched-folder/watch-folder.js';
import type { CollectorConfig } from './config.js';

/** What a collector needs of its configuration. */
export type CollectorOptions = Pick<
  CollectorConfig,
  | 'listenHost'
  | 'httpPort'
  | 'grpcPort'
  | 'maxRequestBytes'
  | 'maxWebhookBytes'
  | 'maxInFlightBytes'
  | 'itemsPerSecond'
  | 'secretKey'
  | 'maxFileBytes'
  | 'watchedFolder'
>;

/** The running collector with the ports it really listens on. `close` finishes what is in flight; it does not close the database. */
export type Collector = {
  httpPort: number;
  grpcPort: number;
  /** Writes usage and sightings now instead of within seconds. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

/** Attributes of events may travel as headers, and an event of 64 KiB is to be taken. */
const MOST_HEADER_BYTES = 80 * 1024;
/** Names of source systems, and ingest keys, as parts of an address. */
const LONGEST_PATH_PART = 500;

/** Starts both listeners. Rejects when a port is in use, with nothing left running. */
export async function startCollector(database: Database, options: CollectorOptions, log: Logger): Promise<Collector> {
  const registry = createMetrics('collector');
  const budget = new ByteBudget(options.maxInFlightBytes);
  const metrics = new IntakeMetrics(registry, () => budget.inFlight);
  const sourceSystems = new SourceSystems(database);
  const packs = new MappingRegistry(loadShippedPacks());
  const usage = new UsageLedger(database, log);
  const sightings = new Sightings(database, log);
  const intake = new Intake({
    database,
    keys: new IngestKeys(database),
    limiter: new RateLimiter(options.itemsPerSecond),
    sourceSystems,
    attributeNames: new AttributeNamesOfTenants(database),
    usage,
    sightings,
    redactionRules: new RedactionRules(database, {
      secretKey: options.secretKey,
      recordLists: (sourceKind) => packs.ofSourceKind(sourceKind)?.pack.records ?? [],
    }),
    refusedInputs: new RefusedInputs(database, log),
    metrics,
    budget,
    log,
    now: () => new Date(),
  });
  let isClosing = false;
  const databaseReadiness = rememberReadiness(() => database.readiness());
  const readiness = () =>
    isClosing ? Promise.resolve({ isReady: false, problems: ['stopping'] }) : databaseReadiness();

  const server = createServer(metrics);
  const routes = new KnownRoutes(server);
  registerOtlpHttp(server, intake, options.maxRequestBytes);
  registerCloudEvents(server, intake, new EventSources(sourceSystems, packs), options.maxRequestBytes);
  registerOpenLineage(server, intake, options.maxRequestBytes);
  registerWebhooks(server, {
    intake,
    registry: packs,
    secretBox: options.secretKey === null ? null : new SecretBox(options.secretKey),
    maxBytes: Math.min(options.maxWebhookBytes, options.maxRequestBytes),
  });
  registerWebhookHandshake(server, ['/v1/events', '/v1/webhooks/*']);
  const files = new FileIntake(intake, new CsvLayoutsOfTenants(database), options.maxFileBytes);
  registerFiles(server, intake, files);
  registerOtherRoutes(server, { probes: { readiness, metrics: registry }, routes, metrics });

  const grpc = await startOtlpGrpc(intake, {
    host: options.listenHost,
    port: options.grpcPort,
    maxBytes: options.maxRequestBytes,
  });
  try {
    await removeStaleSpools(Date.now());
    await server.listen({ host: options.listenHost, port: options.httpPort });
  } catch (error) {
    await Promise.all([grpc.close(), usage.close(), sightings.close()]);
    throw error;
  }
  const watched =
    options.watchedFolder === null ? undefined : watchFolder(options.watchedFolder, { intake, files, log });
  return {
    httpPort: (server.server.address() as AddressInfo).port,
    grpcPort: grpc.port,
    flush: async () => {
      await Promise.all([usage.flush(), sightings.flush()]);
    },
    close: async () => {
      isClosing = true;
      await Promise.all([server.close(), grpc.close(), watched?.close()]);
      await Promise.all([usage.close(), sightings.close()]);
    },
  };
}

function createServer(metrics: IntakeMetrics): FastifyInstance {
  const server: FastifyInstance = fastify({
    logger: false,
    // How long a body may take is known to its receiver, which answers in its own protocol.
    requestTimeout: 0,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    http: { maxHeaderSize: MOST_HEADER_BYTES },
    // An endpoint that ends with a slash makes `//v1/traces` of many senders.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: LONGEST_PATH_PART },
    rewriteUrl: ({ url }) => withoutOrigin(url),
    frameworkErrors: (_error, _request, reply) => answerUnreadableAddress(reply, metrics),
    clientErrorHandler: (error, socket) => answerBroken(error, socket, { unread, metrics }),
  });
  // A sender may close its half behind its request, and still listens. Node would cut it off before it has its answer.
  Object.assign(server.server, { httpAllowHalfOpen: true });
  const unread = new UnreadRequests(server.server);
  server.addHook('preClose', (done) => {
    unread.close();
    done();
  });
  // Bodies are read by the receivers themselves, bounded and counted while they come.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  return server;
}
