import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarsOf, loadWorkflows } from '@throughline/lineage';
import { type TestDatabase, createTestDatabase } from '@throughline/persistence/testing';
import { type OrderHistory, STORY_ENTITIES, groupsOf, mapSignals, orderGroup } from '@throughline/scenarios';
import { newPipelineBench } from '../pipeline/testing/pipeline-bench.js';
import { loadHistory } from './load-history.js';

const HISTORY: OrderHistory = { orders: 5_300, days: 60, endsAt: new Date('2026-10-01T12:00:00Z') };
/** All but the group that is as large as a busy account. */
const GROUPS = Array.from({ length: groupsOf(HISTORY) - 1 }, (_, index) => index + 1);
const TABLES = [
  ...['activity', 'alias_statement', 'object_alias', 'business_object', 'object_link'],
  ...['business_transaction', 'transaction_object', 'milestone', 'problem'],
];

/** A row with the digests of its parts in an order of their own: they are looked up by their keys. */
function ordered(line: Record<string, unknown>): Record<string, unknown> {
  const row = line['row'] as Record<string, unknown>;
  const { digests } = row;
  return typeof digests === 'string' ? { ...row, digests: digests.split(' ').sort() } : row;
}

describe('a loaded history', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
  });

  afterAll(() => test.close());

  it('leaves the very rows that the pipeline makes of its signals', async () => {
    const signals = GROUPS.flatMap((group) => orderGroup(HISTORY, group));
    const sent = await newPipelineBench(test);
    await sent.store(signals);
    await sent.settle();
    const loaded = await newPipelineBench(test);
    const rules = { workflows: loadWorkflows(), calendarOf: calendarsOf(STORY_ENTITIES) };
    await loadHistory(test.database, loaded.tenantId, mapSignals(signals), rules);
    for (const table of TABLES) {
      // Where and when a signal was received is no part of what it says.
      const rows = `select to_jsonb(t) - '{tenant_id,signal_id,signal_received_on}'::text[] as row from ${table} t where tenant_id = $1 order by 1`;
      const [expected, found] = await Promise.all(
        [sent, loaded].map((bench) => bench.inTenant((tx) => tx.query(rows, [bench.tenantId]))),
      );
      expect(expected?.length).toBeGreaterThan(table === 'problem' ? 0 : 200);
      expect({ table, rows: found?.map(ordered) }).toEqual({ table, rows: expected?.map(ordered) });
    }
  });
});
