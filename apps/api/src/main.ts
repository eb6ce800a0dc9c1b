import { closeOnSignal, createLogger, runProcess } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { readConfig } from './config.js';
import { DatabaseGate } from './graphql/database-gate.js';
import { createApiServer } from './server.js';
import { workflowsInForce } from './workflows-in-force.js';

await runProcess('throughline api', async () => {
  const config = readConfig();
  const log = createLogger({ service: 'throughline-api', level: config.logLevel });
  // read again by whoever needs them: the lineage, and what says which steps planned maintenance holds up
  workflowsInForce(log);
  const gate = new DatabaseGate(() => Database.open({ url: config.database.url, applicationName: 'throughline api' }));
  const isOpen = await gate.start();
  if (!isOpen) {
    log.warn({}, 'the database is away; starting without it, /readyz answers 503 until it is back');
  }
  const server = await createApiServer({ config, gate, log });
  await server.listen(config.listen.apiPort, config.listen.host);
  closeOnSignal(async () => {
    await server.close();
    await gate.close();
  }, log);
  log.info({ host: config.listen.host, port: config.listen.apiPort, isDemo: config.isDemo }, 'listening');
});
