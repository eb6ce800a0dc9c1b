import { it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { createTestDatabase, fillHotTables } from '@throughline/persistence/testing';
import { listExceptions, totalExceptions, countExceptions, type InboxSelection } from './inbox.repository.js';
import { findExceptionIdsOf } from './exceptions.repository.js';
it('plans', async () => {
  const db = await createTestDatabase();
  const sample = await fillHotTables(db, 400_000);
  const all: InboxSelection = { states: null, taxonomies: null, legalEntities: null, ownerId: null, unassigned: false, groupId: null, objectId: null, text: null };
  const run = async (name: string, work: (tx: Tx) => Promise<unknown>) =>
    db.database.withTenant(sample.tenantId, async (tx) => {
      const spy: Tx = Object.assign(Object.create(tx) as Tx, {
        query: async (sql: string, params?: readonly unknown[]) => {
          if (sql.startsWith('explain')) return tx.query(sql, params);
          const t = performance.now();
          const rows = await tx.query(sql, params);
          const ms = performance.now() - t;
          const plan = await tx.query<Record<string, string>>(`explain (analyze, costs off) ${sql}`, params);
          console.log(name, ms.toFixed(1), 'ms', rows.length, 'rows\n', plan.map((r) => r['QUERY PLAN']).join('\n'));
          return rows;
        },
      });
      await work(spy);
    });
  const page = { first: 50, after: null };
  await run('money open', (tx) => listExceptions(tx, { ...all, states: ['OPEN', 'REQUEUED', 'WAITING'] }, 'MONEY_DESC', page));
  await run('opened after', (tx) => listExceptions(tx, { ...all, states: ['OPEN'] }, 'OPENED_DESC', { first: 50, after: [new Date().toISOString().replace('Z', '000Z'), sample.objectIds[0]!] }));
  await run('text', (tx) => listExceptions(tx, { ...all, states: ['OPEN', 'REQUEUED'], text: 'SO-4000' }, 'MONEY_DESC', page));
  await run('object', (tx) => listExceptions(tx, { ...all, objectId: sample.objectIds[0]! }, 'MONEY_DESC', page));
  await run('count', (tx) => countExceptions(tx, { ...all, states: ['OPEN', 'REQUEUED'] }));
  await run('totals', (tx) => totalExceptions(tx, { ...all, states: ['OPEN', 'REQUEUED'] }));
  await run('ids of', (tx) => findExceptionIdsOf(tx, sample.objectIds));
  await db.close();
}, 300_000);
