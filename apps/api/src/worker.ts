import {
  closeOnSignal,
  createLogger,
  createMetrics,
  rememberReadiness,
  runProcess,
  startProbeServer,
} from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { readConfig, requireOwnerUrl } from './config.js';
import { DatabaseGate } from './graphql/database-gate.js';
import { runWorker } from './worker/run-worker.js';
import { createWorkerMetrics } from './worker/worker-metrics.js';

/** Stages, consumers and tasks at once, with room for what they do side by side. */
const POOL_SIZE = 12;
/** A worker that could not be started on an open database is started again after so long. */
const START_AGAIN_MS = 1_000;

await runProcess('throughline worker', async () => {
  const config = readConfig();
  const ownerUrl = requireOwnerUrl(config);
  const log = createLogger({ service: 'throughline-worker', level: config.logLevel });
  const registry = createMetrics('throughline-worker');
  const metrics = createWorkerMetrics(registry);
  const gate = new DatabaseGate(() =>
    Database.open({ url: config.database.url, poolSize: POOL_SIZE, applicationName: 'throughline worker' }),
  );
  const readiness = rememberReadiness(() => gate.readiness());
  const probes = await startProbeServer({
    host: config.listen.host,
    port: config.listen.workerPort,
    readiness,
    metrics: registry,
  });

  let isClosing = false;
  let worker: Promise<{ stop(): Promise<void> } | undefined> = Promise.resolve(undefined);
  const startWorker = async (database: Database): Promise<{ stop(): Promise<void> } | undefined> => {
    while (!isClosing) {
      try {
        const started = await runWorker({ config, ownerUrl, database, metrics, log });
        log.info({ host: config.listen.host, port: probes.port }, 'working');
        return started;
      } catch (error) {
        log.error({ err: error }, 'the worker could not start, trying again');
        await new Promise((resolve) => setTimeout(resolve, START_AGAIN_MS));
      }
    }
    return undefined;
  };
  closeOnSignal(async () => {
    isClosing = true;
    await probes.close();
    const running = await worker;
    await running?.stop();
    await gate.close();
  }, log);
  gate.whenOpen((database) => (worker = startWorker(database)));
  if (!(await gate.start())) {
    log.warn({}, 'the database is away; waiting for it, /readyz answers 503 until it is back');
  }
});
