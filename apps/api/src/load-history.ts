import { calendarsOf } from '@throughline/lineage';
import { StartFailure, createLogger, runProcess } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { type OrderHistory, STORY_ENTITIES } from '@throughline/scenarios';
import { statfs } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig, requireOwnerUrl } from './config.js';
import { loadHistory } from './modules/lineage/index.js';
import { workflowsInForce } from './workflows-in-force.js';

/** Measured with 1 000 000 transactions: tables and indexes. */
const BYTES_PER_TRANSACTION = 18_800;
/** What building the largest indexes takes beside them. */
const SPARE = 1.2;
const PROGRESS_EVERY_MS = 10_000;
const USAGE =
  'usage: load-history --tenant ID --transactions N [--days N] [--ends-at INSTANT] [--disk FOLDER OF THE DATABASE]';

// Fills a tenant with a history of orders for measurements, straight into the tables, which must be empty.
await runProcess('load-history', async () => {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      transactions: { type: 'string' },
      days: { type: 'string', default: '365' },
      'ends-at': { type: 'string', default: new Date().toISOString() },
      disk: { type: 'string' },
    },
  });
  const config = readConfig();
  if (values.tenant === undefined || values.transactions === undefined) throw new StartFailure(USAGE);
  const log = createLogger({ service: 'throughline-load-history', level: config.logLevel });
  const history: OrderHistory = {
    orders: Number(values.transactions),
    days: Number(values.days),
    endsAt: new Date(values['ends-at']),
  };
  const needed = history.orders * BYTES_PER_TRANSACTION * SPARE;
  const free = values.disk === undefined ? undefined : await freeBytes(values.disk);
  log.info({ transactions: history.orders, neededBytes: needed, freeBytes: free }, 'disk that the history needs');
  if (free !== undefined && free < needed)
    throw new StartFailure(`${gigabytes(needed)} of disk are needed, and ${gigabytes(free)} are free`);
  await addEntities(config.database.url, values.tenant);
  const startedAt = performance.now();
  let saidAt = startedAt;
  await loadHistory({
    ownerUrl: requireOwnerUrl(config),
    tenantId: values.tenant,
    history,
    rules: { workflows: workflowsInForce(log).workflows, calendarOf: calendarsOf(STORY_ENTITIES) },
    onGroup: (orders) => {
      const now = performance.now();
      if (now - saidAt < PROGRESS_EVERY_MS) return;
      saidAt = now;
      const perSecond = orders / ((now - startedAt) / 1_000);
      const secondsLeft = Math.ceil((history.orders - orders) / perSecond);
      log.info({ orders, perSecond: Math.round(perSecond), secondsLeft }, 'rows are written, indexes not yet');
    },
    say: (line) => log.info({ seconds: Math.round((performance.now() - startedAt) / 1_000) }, line),
  });
  const { user, system } = process.cpuUsage();
  const seconds = (performance.now() - startedAt) / 1_000;
  log.info(
    {
      transactions: history.orders,
      perSecond: Math.round(history.orders / seconds),
      processorSeconds: Math.round((user + system) / 1e6),
    },
    'the history is loaded',
  );
});

/** The history's entities, unless the tenant has them: what is computed again must find the calendars that it was made with. */
async function addEntities(url: string, tenantId: string): Promise<void> {
  const database = await Database.open({ url, poolSize: 1, applicationName: 'throughline load-history' });
  try {
    await database.withTenant(tenantId, (tx) =>
      tx.query(
        `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
         select $1, code, code, left(code, 2), 'EUR', calendar, "timeZone"
         from jsonb_to_recordset($2::jsonb) as e(code text, calendar text, "timeZone" text) on conflict do nothing`,
        [tenantId, JSON.stringify(STORY_ENTITIES)],
      ),
    );
  } finally {
    await database.close();
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
