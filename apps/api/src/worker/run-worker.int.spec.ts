import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger, createMetrics } from '@throughline/observability';
import { createTestDatabase } from '@throughline/persistence/testing';
import {
  SHORT_ORDER_TO_CASH_STORIES,
  inBatches,
  inDisorder,
  missingMappingTwice,
  seededNumbers,
} from '@throughline/scenarios';
import { parseConfig } from '../config.js';
import { PipelineBench } from '../modules/lineage/pipeline/testing/pipeline-bench.js';
import { runWorker } from './run-worker.js';
import { cutConnections } from './testing/cut-connections.js';
import { eventually } from './testing/eventually.js';
import { createWorkerMetrics } from './worker-metrics.js';

jest.setTimeout(120_000);

const log = createLogger({ service: 'test', level: 'silent' });

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
let workers: { stop(): Promise<void> }[];

beforeEach(async () => {
  db = await createTestDatabase();
  bench = new PipelineBench(db.database, db.tenantId);
  await bench.addEntities();
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await db.close();
});

async function startWorker(): Promise<void> {
  const config = parseConfig({
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    THROUGHLINE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  });
  const metrics = createWorkerMetrics(createMetrics('test'));
  workers.push(await runWorker({ config, ownerUrl: db.ownerUrl, database: db.database, metrics, log }));
}

describe('a worker', () => {
  it('carries signals to lineage and to one exception while it runs', async () => {
    await startWorker();
    await bench.store(missingMappingTwice.signals);
    await eventually(async () => expect(await bench.read()).toEqual(bench.inMemory(missingMappingTwice.signals)));
    const exceptions = await eventually(async () => {
      const rows = await bench.inTenant((tx) =>
        tx.query('select state, occurrences from exception where tenant_id = $1', [tx.tenantId]),
      );
      expect(rows).toHaveLength(1);
      return rows;
    });
    expect(exceptions).toEqual([{ state: 'OPEN', occurrences: 2 }]);
  });

  it('finishes the story with a second one beside it, though the database cuts them off again and again', async () => {
    await startWorker();
    await startWorker();
    const random = seededNumbers(41);
    const signals = SHORT_ORDER_TO_CASH_STORIES.flatMap((story) => story.signals);
    for (const [index, batch] of inBatches(inDisorder(signals, random), random, 25).entries()) {
      await eventually(() => bench.store(batch));
      if (index % 5 === 4) await eventually(() => cutConnections(db.appUrl));
    }
    await eventually(async () => expect(await bench.read()).toEqual(bench.inMemory(signals)), 60_000);
    await eventually(async () => {
      const left = await bench.inTenant((tx) =>
        tx.query('select consumer, count(*) from outbox_delivery where tenant_id = $1 group by 1', [tx.tenantId]),
      );
      expect(left).toEqual([]);
    }, 60_000);
    // Tried again: a connection that was cut may still lie in the pool.
    const exceptions = await eventually(() =>
      bench.inTenant((tx) =>
        tx.query(
          `select object_key, state from exception where tenant_id = $1 and taxonomy like 'mapping%' order by object_key`,
          [tx.tenantId],
        ),
      ),
    );
    expect(exceptions).toEqual([
      { object_key: 'SO-10002', state: 'OPEN' },
      { object_key: 'SO-10004', state: 'RESOLVED' },
      { object_key: 'SO-10005', state: 'RESOLVED' },
      { object_key: 'SO-10006', state: 'OPEN' },
    ]);
  });

  it('stops within five seconds', async () => {
    await startWorker();
    const startedAt = performance.now();
    await workers.pop()?.stop();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
