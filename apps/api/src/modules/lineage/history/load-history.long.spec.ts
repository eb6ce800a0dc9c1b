import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarsOf, loadWorkflows } from '@throughline/lineage';
import { type TestDatabase, createTestDatabase } from '@throughline/persistence/testing';
import { type OrderHistory, STORY_ENTITIES, groupsOf, orderGroup } from '@throughline/scenarios';
import { newPipelineBench } from '../pipeline/testing/pipeline-bench.js';
import { HISTORY_TABLE_NAMES } from './history-rows.js';
import { loadHistory } from './load-history.js';
import { rowsByTable } from './testing/rows-by-table.js';

/** The first group alone is half of it: its position has thousands of entries. */
const HISTORY: OrderHistory = { orders: 10_000, days: 120, endsAt: new Date('2026-10-01T12:00:00Z') };
const SIGNALS_AT_ONCE = 2_500;
const WITHIN_MS = 3_600_000;

describe(`a loaded history of ${HISTORY.orders} transactions`, () => {
  let sent: TestDatabase;
  let loaded: TestDatabase;

  beforeAll(async () => {
    [sent, loaded] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(() => Promise.all([sent.close(), loaded.close()]));

  it(
    'leaves the very rows that the pipeline makes of its signals',
    async () => {
      const bench = await newPipelineBench(sent);
      const groups = Array.from({ length: groupsOf(HISTORY) }, (_, group) => group);
      const signals = groups.flatMap((group) => orderGroup(HISTORY, group));
      for (let first = 0; first < signals.length; first += SIGNALS_AT_ONCE) {
        await bench.store(signals.slice(first, first + SIGNALS_AT_ONCE));
        await bench.settle();
      }
      await loadHistory({
        ownerUrl: loaded.ownerUrl,
        tenantId: loaded.tenantId,
        history: HISTORY,
        rules: { workflows: loadWorkflows(), calendarOf: calendarsOf(STORY_ENTITIES) },
        onGroup: () => undefined,
        say: () => undefined,
      });
      const [expected, found] = [await rowsByTable(sent, bench.tenantId), await rowsByTable(loaded, loaded.tenantId)];
      expect(expected.business_transaction).toHaveLength(HISTORY.orders);
      for (const table of HISTORY_TABLE_NAMES) {
        const known = new Set(expected[table]);
        // a few are enough to see what is wrong
        expect({ table, others: found[table].filter((row) => !known.has(row)).slice(0, 3) }).toEqual({
          table,
          others: [],
        });
        expect({ table, rows: found[table].length }).toEqual({ table, rows: expected[table].length });
      }
    },
    WITHIN_MS,
  );
});
