import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrate } from './migrate.js';
import { startCluster } from './testing/cluster.js';
import type { Cluster } from './testing/cluster.js';
import { connected, createTestDatabase, dumpSchema } from './testing/index.js';
import { createEmptyDatabase } from './testing/template-database.js';
import { isUpdatingSnapshots } from './testing/test-environment.js';

const snapshotFile = fileURLToPath(new URL('../schema.snapshot.txt', import.meta.url));
const oldestBinaries = '/usr/lib/postgresql/15/bin';

describe('the schema snapshot', () => {
  it('is what the migrations make (UPDATE_SNAPSHOTS=1 writes it)', async () => {
    const test = await createTestDatabase();
    const schema = await connected(test.ownerUrl, dumpSchema);
    await test.close();
    if (isUpdatingSnapshots()) writeFileSync(snapshotFile, schema);
    expect(schema).toBe(readFileSync(snapshotFile, 'utf8'));
  });
});

const onOldest = existsSync(`${oldestBinaries}/postgres`) ? describe : describe.skip;

onOldest("on PostgreSQL 15 (skipped where Debian's server 15 is not installed)", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(oldestBinaries);
  });
  afterAll(() => cluster.stop());

  it('the migrations make the same schema', async () => {
    const { adminUrl } = cluster;
    const urls = await connected(adminUrl, (admin) => createEmptyDatabase(admin, adminUrl, 'throughline_15'));
    await migrate({ ...urls, log: () => undefined });
    expect(await connected(urls.ownerUrl, dumpSchema)).toBe(readFileSync(snapshotFile, 'utf8'));
  });
});
