import { loadShippedPacks } from '@throughline/ingest';
import { readWorkflowFolder, rebuildRefusal } from '@throughline/lineage';
import { StartFailure, createLogger, runProcess } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { readConfig } from './config.js';
import { MappingsInForce, rebuildLineage } from './modules/lineage/index.js';

// Makes facts and projection again from the stored signals, one tenant after another (all, or those named). Sends nothing.
await runProcess('rebuild', async () => {
  const config = readConfig();
  const log = createLogger({ service: 'throughline-rebuild', level: config.logLevel });
  const wanted = process.argv.slice(2);
  const { workflows, wrong } = readWorkflowFolder();
  const refusal = rebuildRefusal(wrong);
  if (refusal !== null) throw new StartFailure(refusal);
  const mappings = new MappingsInForce(loadShippedPacks(), log);
  const database = await Database.open({
    url: config.database.url,
    poolSize: 2,
    applicationName: 'throughline rebuild',
  });
  try {
    const tenantIds = await database.tenantIds();
    const unknown = wanted.find((tenantId) => !tenantIds.includes(tenantId));
    if (unknown !== undefined) throw new StartFailure(`there is no tenant ${unknown}; name none to rebuild all`);
    for (const tenantId of wanted.length > 0 ? wanted : tenantIds) {
      const result = await database.withTenant(tenantId, async (tx) =>
        rebuildLineage(tx, workflows, await mappings.of(tx)),
      );
      log.info({ tenantId, ...result }, 'lineage rebuilt');
    }
  } finally {
    await database.close();
  }
});
