import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fillTransactions, createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { walkAtOnce, walkByLevels, walkLineage, type LineageWalk } from './lineage.repository.js';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  await fillTransactions(db.ownerUrl, db.tenantId, { transactions: 300, now: new Date('2026-06-30T12:00:00Z') });
  // ways that part and meet again, a circle, and a way to itself: each object of a ring leads to the next three
  await db.database.withTenant(db.tenantId, (tx) =>
    tx.query(
      `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, is_context, first_occurred_at, asserted_by, from_type, to_type)
       select $1, a.object_id, b.object_id, 'fulfils', false, now(), a.object_id, a.type, b.type
       from (select object_id, type, row_number() over (order by object_id) as n from business_object where tenant_id = $1 limit 60) a
       join (select object_id, type, row_number() over (order by object_id) as n from business_object where tenant_id = $1 limit 60) b
         on b.n in ((a.n + 1) % 60 + 1, (a.n + 4) % 60 + 1, a.n)
       on conflict do nothing`,
      [tx.tenantId],
    ),
  );
}, 60_000);

afterAll(() => db.close());

const inOrder = ({ nodes, edges, isTruncated }: LineageWalk) => ({
  isTruncated,
  nodes: nodes.toSorted((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1)),
  edges,
});

it.each([
  ['DOWNSTREAM', 12],
  ['DOWNSTREAM', 2],
  ['UPSTREAM', 12],
  ['UPSTREAM', 1],
] as const)('walks %s to depth %i in one statement as it does level by level', async (direction, depth) => {
  const limits = { depth, maxNodes: 500 };
  await db.database.withTenant(db.tenantId, async (tx) => {
    const starts = await tx.query<{ id: string; type: string }>(
      'select object_id as id, type from business_object where tenant_id = $1 order by object_id limit 120',
      [tx.tenantId],
    );
    for (const start of starts) {
      const atOnce = await walkAtOnce(tx, [start], direction, limits);
      expect(inOrder(atOnce!)).toEqual(inOrder(await walkByLevels(tx, [start], direction, limits)));
    }
  });
});

it('walks level by level what is more than is shown', async () => {
  const limits = { depth: 12, maxNodes: 5 };
  await db.database.withTenant(db.tenantId, async (tx) => {
    const [start] = await tx.query<{ id: string; type: string }>(
      'select object_id as id, type from business_object where tenant_id = $1 order by object_id limit 1',
      [tx.tenantId],
    );
    expect(await walkAtOnce(tx, [start!], 'DOWNSTREAM', limits)).toBeNull();
    const walk = await walkLineage(tx, [start!], 'DOWNSTREAM', limits);
    expect([walk.nodes.length, walk.isTruncated]).toEqual([5, true]);
  });
});
