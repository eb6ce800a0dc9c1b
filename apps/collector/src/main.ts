import { closeOnSignal, createLogger, runProcess, StartFailure } from '@throughline/observability';
import { Database, DatabaseUnavailable } from '@throughline/persistence';
import { boundGarbage } from './bound-garbage.js';
import { startCollector } from './collector.js';
import { loadConfig, type CollectorConfig } from './config.js';

await runProcess('collector', async () => {
  boundGarbage();
  const config = loadConfig();
  const log = createLogger({ service: 'collector', level: config.logLevel });
  const database = await openDatabase(config);
  const collector = await startCollector(database, config, log).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  closeOnSignal(async () => {
    await collector.close();
    await database.close();
  }, log);
  log.info(
    { host: config.listenHost, httpPort: collector.httpPort, grpcPort: collector.grpcPort },
    'collector is listening',
  );
});

async function openDatabase(config: CollectorConfig): Promise<Database> {
  try {
    return await Database.open({
      url: config.databaseUrl,
      poolSize: config.databasePoolSize,
      applicationName: 'throughline collector',
    });
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    const { hostname, port } = new URL(config.databaseUrl);
    throw new StartFailure(
      `the database at ${hostname}:${port || '5432'} (DATABASE_URL) cannot be reached: start it, or correct the address`,
    );
  }
}
