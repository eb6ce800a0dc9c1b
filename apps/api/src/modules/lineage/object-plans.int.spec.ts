import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, fillTransactions, type TestDatabase } from '@throughline/persistence/testing';
import { planOf } from '../../testing/plan-of.js';
import { findBusinessObjects } from './business-object.repository.js';
import { findStatedObjects } from './statement.repository.js';

let db: TestDatabase;
let objectId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  await fillTransactions(db.ownerUrl, db.tenantId, { transactions: 10_000, now: new Date('2026-06-30T12:00:00Z') });
  objectId = await db.database.withTenant(db.tenantId, async (tx) => {
    const sql = 'select object_id as id from business_object where tenant_id = $1 order by object_id limit 1';
    const [row] = await tx.query<{ id: string }>(sql, [tx.tenantId]);
    return row!.id;
  });
}, 60_000);

afterAll(async () => {
  await db.close();
});

describe('objects by an id of today or of before, as the app role', () => {
  it.each([
    ['as shown', findBusinessObjects],
    ['as statements name them', findStatedObjects],
  ] as const)('%s, are read by index', async (_name, find) => {
    const { indexes, scannedTables } = await planOf(db, db.tenantId, (tx) => find(tx, [objectId]));
    expect(scannedTables).toEqual([]);
    expect(indexes).toContain('business_object_pkey');
  });
});
