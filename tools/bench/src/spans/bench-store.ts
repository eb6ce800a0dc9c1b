import { createHash, randomUUID } from 'node:crypto';
import { type DatabaseServer, openDatabaseFolder, startDatabaseServer } from '@throughline/launch';
import { Database, migrate } from '@throughline/persistence';
import pg from 'pg';

const TENANT_NAME = 'bench';
/** The sender's key of the benchmark's tenant. */
export const INGEST_KEY = 'tl_bench_ingest_key';

/** An embedded database in a folder of the benchmark's own, with the schema, one tenant and its ingest key. */
export type BenchStore = {
  server: DatabaseServer;
  appUrl: string;
  ownerUrl: string;
  tenantId: string;
  /** A connection of the owner. */
  owner: pg.Client;
  database: Database;
  close(): Promise<void>;
};

/**
 * Opens the store of a folder; makes it on first use. It is kept, so that it need not be filled again. `settings` are the
 * server's, over the usual ones.
 */
export async function openBenchStore(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchStore> {
  const server = await startDatabaseServer(openDatabaseFolder(dataDir), { port: 0, settings });
  const { appUrl, ownerUrl } = server.addresses;
  await migrate({ appUrl, ownerUrl, log: () => undefined });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const tenantId = await ensureTenant(owner);
  const database = await Database.open({ url: appUrl, applicationName: 'throughline bench', poolSize: 4 });
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into ingest_key (tenant_id, key_id, key_hash, name) select $1, $2, $3, 'bench'
       where not exists (select 1 from ingest_key where tenant_id = $1 and key_hash = $3)`,
      [tenantId, randomUUID(), createHash('sha256').update(INGEST_KEY).digest()],
    ),
  );
  return {
    server,
    appUrl,
    ownerUrl,
    tenantId,
    owner,
    database,
    async close() {
      await database.close();
      await owner.end();
      await server.server.stop();
    },
  };
}

async function ensureTenant(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ id: string }>('select tenant_id as id from tenant where name = $1', [
    TENANT_NAME,
  ]);
  if (rows[0]) return rows[0].id;
  const tenantId = randomUUID();
  await owner.query('select throughline_create_tenant($1, $2, $3)', [tenantId, TENANT_NAME, TENANT_NAME]);
  return tenantId;
}
