import { fileURLToPath } from 'node:url';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createMetrics, type Logger } from '@throughline/observability';
import { AppModule } from './app.module.js';
import type { ApiConfig } from './config.js';
import { ConsoleFiles } from './console/console-files.js';
import { registerConsole } from './console/console-routes.js';
import { ChangeFeed } from './graphql/change-feed.js';
import type { DatabaseGate } from './graphql/database-gate.js';
import { ErrorFilter } from './graphql/error.filter.js';
import {
  registerExplanation,
  registerHostCheck,
  registerProbes,
  registerSecurityHeaders,
} from './graphql/http-routes.js';
import { startSubscriptionServer } from './graphql/subscription-server.js';
import { ExceptionExports } from './modules/exceptions/index.js';
import { registerExports, TransactionExports, WorkflowClocks } from './modules/lineage/index.js';
import { openOperation, proveAccessRules, tokenOfHeaders, type CredentialHeaders } from './modules/identity/index.js';
import { nestLogger } from './nest-logger.js';

/** Largest request; the largest the console sends is a selection of some hundred ids. */
const BODY_LIMIT = 1024 * 1024;

/** Where the console is built to, seen from the compiled and from the source folder alike. */
const CONSOLE_FOLDER = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** What a server is made of; the clock and folder are given by tests. */
export type ServerParts = {
  config: ApiConfig;
  gate: DatabaseGate;
  log: Logger;
  clock?: () => Date;
  consoleFolder?: string;
};

/** The API, not yet listening. `close` ends subscriptions, requests and listening; the gate stays the caller's. */
export type ApiServer = {
  app: NestFastifyApplication;
  feed: ChangeFeed;
  /** Rejects when the port is in use. */
  listen(port: number, host: string): Promise<void>;
  close(): Promise<void>;
};

/** Wires everything up, proves that no resolver method is unguarded, and starts listening to changes. */
export async function createApiServer(parts: ServerParts): Promise<ApiServer> {
  const { config, gate, log, clock = () => new Date() } = parts;
  const feed = new ChangeFeed();
  const graphql = {
    log,
    isDemo: config.isDemo,
    openOperation: (headers: CredentialHeaders) => openOperation(gate, clock, headers),
    tokenOf: tokenOfHeaders,
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({ config, gate, feed, graphql }),
    new FastifyAdapter({ bodyLimit: BODY_LIMIT, forceCloseConnections: true }),
    { logger: nestLogger(log), abortOnError: false },
  );
  app.useGlobalFilters(new ErrorFilter(log));
  const server = app.getHttpAdapter().getInstance();
  registerHostCheck(server);
  await registerSecurityHeaders(server, config.publicUrl);
  registerExplanation(server);
  registerProbes(server, { readiness: () => gate.readiness(), metrics: createMetrics('throughline-api') });
  const reading = { database: () => gate.get(), schema: () => app.get(GraphQLSchemaHost).schema };
  const transactions = new TransactionExports({ ...reading, clocks: () => app.get(WorkflowClocks) });
  const kinds = [transactions.kind, new ExceptionExports(reading).kind];
  registerExports(server, { openOperation: graphql.openOperation, kinds, log });
  registerConsole(server, new ConsoleFiles(parts.consoleFolder ?? CONSOLE_FOLDER));
  await app.init();
  await server.ready();
  proveAccessRules(app.get(ModulesContainer));
  const stopSubscriptions = startSubscriptionServer({
    server: app.getHttpServer(),
    schema: app.get(GraphQLSchemaHost).schema,
    ...graphql,
  });
  gate.whenOpen((database) => void feed.start(database));
  return {
    app,
    feed,
    // not Nest's own listen, which also logs what it rejects with
    async listen(port, host) {
      await server.listen({ port, host });
    },
    async close() {
      await stopSubscriptions();
      await feed.stop();
      await app.close();
    },
  };
}
