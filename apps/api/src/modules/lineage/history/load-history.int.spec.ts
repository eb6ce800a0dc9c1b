import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarsOf, loadWorkflows } from '@throughline/lineage';
import { type TestDatabase, createTestDatabase } from '@throughline/persistence/testing';
import { type OrderHistory, STORY_ENTITIES, orderGroup } from '@throughline/scenarios';
import { newPipelineBench } from '../pipeline/testing/pipeline-bench.js';
import { HISTORY_TABLE_NAMES } from './history-rows.js';
import { loadHistory } from './load-history.js';
import { rowsByTable } from './testing/rows-by-table.js';

const HISTORY: OrderHistory = { orders: 7_950, days: 120, endsAt: new Date('2026-10-01T12:00:00Z') };
/** Of every entity; of the first, some payments come after the position; of the last, nothing is at its end, and one is not whole. */
const GROUPS = [1, 8, 19, 30];
const RULES = { workflows: loadWorkflows(), calendarOf: calendarsOf(STORY_ENTITIES) };

describe('a loaded history', () => {
  let sent: TestDatabase;
  let loaded: TestDatabase;

  beforeAll(async () => {
    [sent, loaded] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(() => Promise.all([sent.close(), loaded.close()]));

  const load = (history: OrderHistory) =>
    loadHistory({
      ownerUrl: loaded.ownerUrl,
      tenantId: loaded.tenantId,
      history,
      groups: GROUPS,
      rules: RULES,
      onGroup: () => undefined,
      say: () => undefined,
    });

  it('leaves the very rows that the pipeline makes of its signals', async () => {
    const bench = await newPipelineBench(sent);
    await bench.store(GROUPS.flatMap((group) => orderGroup(HISTORY, group)));
    await bench.settle();
    await load(HISTORY);
    const [expected, found] = [await rowsByTable(sent, bench.tenantId), await rowsByTable(loaded, loaded.tenantId)];
    for (const table of HISTORY_TABLE_NAMES) {
      expect(expected[table].length).toBeGreaterThan(table === 'problem' ? 5 : 300);
      expect({ table, rows: found[table] }).toEqual({ table, rows: expected[table] });
    }
  });
});
