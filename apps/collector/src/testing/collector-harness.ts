import { createHash, randomUUID } from 'node:crypto';
import { createLogger, type Logger } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { startCollector, type Collector, type CollectorOptions } from '../collector.js';
import { startFaultProxy, type FaultProxy } from './fault-proxy.js';

/** The key that the harness makes. */
export const TEST_KEY = 'tl_test_ingest_key';
/** The key that seals the secrets of source systems. */
export const TEST_SECRET_KEY: Buffer = Buffer.alloc(32, 7);

/** A collector on free ports over a database of its own; with `proxied`, the connection between them can be cut. */
export type CollectorHarness = {
  collector: Collector;
  tenantId: string;
  test: TestDatabase;
  proxy: FaultProxy | undefined;
  httpUrl: string;
  grpcUrl: string;
  /** Rows of a query as the tenant sees them; `$1` is the tenant. */
  rows<R>(sql: string, ...params: unknown[]): Promise<R[]>;
  close(): Promise<void>;
};

const LIMITS: CollectorOptions = {
  listenHost: '127.0.0.1',
  httpPort: 0,
  grpcPort: 0,
  maxRequestBytes: 8 * 1024 * 1024,
  maxWebhookBytes: 8 * 1024 * 1024,
  maxInFlightBytes: 96 * 1024 * 1024,
  itemsPerSecond: null,
  maxFileBytes: 16 * 1024 * 1024,
  watchedFolder: null,
  secretKey: TEST_SECRET_KEY,
};

export async function startCollectorHarness(
  options: Partial<CollectorOptions> & { proxied?: boolean; sourceSystem?: string; log?: Logger } = {},
): Promise<CollectorHarness> {
  const {
    proxied = false,
    sourceSystem,
    log = createLogger({ service: 'test', level: 'silent' }),
    ...limits
  } = options;
  const test = await createTestDatabase();
  await test.database.withTenant(test.tenantId, (tx) =>
    tx.query('insert into ingest_key (tenant_id, key_id, key_hash, name, source_system) values ($1, $2, $3, $4, $5)', [
      test.tenantId,
      randomUUID(),
      createHash('sha256').update(TEST_KEY).digest(),
      'test',
      sourceSystem ?? null,
    ]),
  );
  const url = new URL(test.appUrl);
  const proxy = proxied ? await startFaultProxy({ host: url.hostname, port: Number(url.port || 5432) }) : undefined;
  if (proxy) {
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
  }
  const database = await Database.open({ url: url.href, poolSize: 4, applicationName: 'collector test' });
  const collector = await startCollector(database, { ...LIMITS, ...limits }, log);
  return {
    collector,
    tenantId: test.tenantId,
    test,
    proxy,
    httpUrl: `http://127.0.0.1:${collector.httpPort}`,
    grpcUrl: `http://127.0.0.1:${collector.grpcPort}`,
    rows: (sql, ...params) =>
      test.database.withTenant(test.tenantId, (tx) => tx.query(sql, [test.tenantId, ...params])),
    close: async () => {
      await collector.close();
      await database.close();
      await proxy?.close();
      await test.close();
    },
  };
}
