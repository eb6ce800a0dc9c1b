import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { connected, createTestDatabase, explain, type TestDatabase } from '@throughline/persistence/testing';
import { countOrphans, endOfLook, findTrust, listOrphans, type OrphanSearch } from './orphan.repository.js';

const ACTIVITIES = 1_000_000;
const INTEGRATIONS = 40;
/** The shares look through 20 000 activities, explained row by row, on a machine that does other things too. */
const MOST_MS = 5_000;

/**
 * Every tenth document is in no transaction, every hundredth activity names none. In one transaction, in which it is always the
 * same time: what an activity states is found by its time.
 */
const FILL = `
  begin;
  insert into business_object (tenant_id, object_id, type, key, attributes, is_placeholder, first_occurred_at, last_occurred_at)
  select $1, md5('o' || n)::uuid, 'invoice', 'INV-' || n, '{}', false, now(), now() - n * interval '1 second' from generate_series(0, $2::int / 5) n;
  insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
  select $1, md5('o' || n)::uuid, md5('o' || n)::uuid, 'sap', 'number', '', n::text from generate_series(0, $2::int / 5) n;
  insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth)
  select $1, md5('t' || n)::uuid, md5('o' || n)::uuid, false, 0 from generate_series(0, $2::int / 5) n where n % 10 > 0;
  insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind, signal_received_on, signal_id, objects, links, names)
  select $1, md5('a' || n)::uuid, 'invoice.posted', now() - n * interval '1 second', 'success', 'sap', 'integration-' || n % ${INTEGRATIONS}, 'r', 'span', current_date, md5('a' || n)::uuid, '[]', '[]',
         case when n % 100 > 0 then uuid_send(md5('o' || n % ($2::int / 5))::uuid) else ''::bytea end
  from generate_series(1, $2::int) n;
  insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
  select $1, md5('a' || n)::uuid, 0, true, 'invoice.posted', 'success', now() - n * interval '1 second', md5('o' || n % ($2::int / 5))::uuid, 'invoice'
  from generate_series(1, $2::int) n where n % 100 > 0;
  commit;
  analyze`;

describe(`orphans among ${ACTIVITIES} activities, as the app role`, () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
    await connected(test.ownerUrl, async (owner) => {
      for (const statement of FILL.split(';')) {
        await owner.query(statement, statement.includes('$1') ? [test.tenantId, ACTIVITIES] : []);
      }
    });
  }, 600_000);
  afterAll(() => test.close());

  const range = () => ({ from: new Date(Date.now() - 30 * 86_400_000), to: new Date() });
  const search = (change: Partial<OrphanSearch> = {}): OrphanSearch => ({
    ...range(),
    integration: 'integration-7',
    kind: 'OBJECT',
    ...change,
  });

  it.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['shares of all integrations', (tx) => findTrust(tx, range())],
    ['documents in no transaction', (tx) => listOrphans(tx, search(), 50, null)],
    ['reports without a document', (tx) => listOrphans(tx, search({ kind: 'ACTIVITY' }), 50, null)],
    ['an integration that there is not', (tx) => listOrphans(tx, search({ integration: 'none' }), 50, null)],
    ['where a page ends', (tx) => endOfLook(tx, search(), null)],
    ['how many', (tx) => countOrphans(tx, search())],
  ])('%s are found by index', async (_name, ask) => {
    const plans: Awaited<ReturnType<typeof explain>>[] = [];
    await test.database.withTenant(test.tenantId, async (tx) => {
      const explaining: Tx = Object.assign(Object.create(tx) as Tx, {
        tenantId: tx.tenantId,
        query: async (sql: string, params: readonly unknown[] = []) => {
          plans.push(await explain(tx, sql, params));
          return [];
        },
      });
      await ask(explaining);
    });
    expect(plans).toHaveLength(1);
    expect(plans[0]?.scannedTables).toEqual([]);
    expect(plans[0]?.indexes).toContain('activity_integration');
    expect(plans[0]?.executionMs).toBeLessThan(MOST_MS);
  });

  it('tell the shares that were filled in', async () => {
    const rows = await test.database.withTenant(test.tenantId, (tx) => findTrust(tx, range()));
    expect(rows).toHaveLength(INTEGRATIONS);
    const sum = (part: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + part(row), 0);
    expect(sum((row) => row.lookedAt)).toBe(INTEGRATIONS * 500);
    expect(rows.every(({ isCapped }) => isCapped)).toBe(true);
    // of the latest 20 000: every hundredth without a document, every tenth of the others outside
    expect(sum((row) => row.withoutObject)).toBe(200);
    expect(sum((row) => row.outsideTransactions)).toBe(1800);
  });
});
