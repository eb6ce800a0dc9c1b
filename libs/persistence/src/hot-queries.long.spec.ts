import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, explain, fillHotTables, hotQueries } from './testing/index.js';
import type { HotSample, TestDatabase } from './testing/index.js';

// Those that fall out of their index take 140 to 230 ms at this size.
const mostMs = 50;

describe('hot queries on 1 000 000 rows, as the app role', () => {
  let test: TestDatabase;
  let sample: HotSample;
  beforeAll(async () => {
    test = await createTestDatabase();
    sample = await fillHotTables(test, 1_000_000);
  }, 600_000);
  afterAll(() => test.close());

  it.each(hotQueries.map((query) => [query.name, query] as const))('%s', async (_name, query) => {
    const plan = await test.database.withTenant(test.tenantId, (tx) => explain(tx, query.sql, query.params(sample)));
    expect(query.smallTables ?? []).toEqual(expect.arrayContaining(plan.scannedTables));
    expect(query.indexes).toEqual(expect.arrayContaining(plan.indexes));
    expect(plan.indexes).not.toEqual([]);
    expect(plan.executionMs).toBeLessThan(mostMs);
    expect(plan.discardedRows).toBeLessThanOrEqual(query.discards ?? 0);
  });
});
