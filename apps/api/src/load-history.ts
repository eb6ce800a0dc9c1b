import { calendarsOf, loadWorkflows } from '@throughline/lineage';
import { StartFailure, createLogger, runProcess } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import {
  type OrderHistory,
  ORDERS_OF_GROUP,
  STORY_ENTITIES,
  groupsOf,
  mapSignals,
  orderGroup,
} from '@throughline/scenarios';
import { parseArgs } from 'node:util';
import { readConfig } from './config.js';
import { loadHistory } from './modules/lineage/index.js';

/** Activities of some groups are written together: as many rows as go in one statement. */
const GROUPS_AT_ONCE = 8;
const PROGRESS_EVERY = 100;

// Fills a tenant with a history of orders for measurements, straight into the tables: it must not hold any of them yet. Several
// of these may run side by side, each with its part of the groups.
await runProcess('load-history', async () => {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      transactions: { type: 'string' },
      days: { type: 'string', default: '365' },
      'ends-at': { type: 'string', default: new Date().toISOString() },
      part: { type: 'string', default: '0' },
      parts: { type: 'string', default: '1' },
    },
  });
  const config = readConfig();
  if (values.tenant === undefined || values.transactions === undefined)
    throw new StartFailure('usage: load-history --tenant ID --transactions N [--days N] [--part I --parts N]');
  const log = createLogger({ service: 'throughline-load-history', level: config.logLevel });
  const history: OrderHistory = {
    orders: Number(values.transactions),
    days: Number(values.days),
    endsAt: new Date(values['ends-at']),
  };
  const [part, parts] = [Number(values.part), Number(values.parts)];
  const rules = { workflows: loadWorkflows(), calendarOf: calendarsOf(STORY_ENTITIES) };
  const database = await Database.open({
    url: config.database.url,
    poolSize: 1,
    applicationName: 'throughline load history',
  });
  try {
    const own = Array.from({ length: groupsOf(history) }, (_, group) => group).filter(
      (group) => group % parts === part,
    );
    for (let start = 0; start < own.length; start += GROUPS_AT_ONCE) {
      const signals = own.slice(start, start + GROUPS_AT_ONCE).flatMap((group) => orderGroup(history, group));
      await loadHistory(database, values.tenant, mapSignals(signals), rules);
      if ((start / GROUPS_AT_ONCE) % PROGRESS_EVERY === 0)
        log.info({ part, orders: start * ORDERS_OF_GROUP * parts }, 'loaded about so many orders');
    }
  } finally {
    await database.close();
  }
});
