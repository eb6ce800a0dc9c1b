import { describe, expect, it } from '@jest/globals';
import { calendarsOf, loadWorkflows } from '@throughline/lineage';
import { type OrderHistory, STORY_ENTITIES, groupCourse, groupsOf } from '@throughline/scenarios';
import { HISTORY_TABLES, HISTORY_TABLE_NAMES, type HistoryTable } from './history-rows.js';
import { splitRows } from './stamp.js';
import { GroupWriter } from './write-groups.js';

const ENDS_AT = new Date('2026-10-01T12:00:00Z');
const CONTEXT = {
  tenantId: '0196f0a0-0000-7000-8000-000000000001',
  rules: { workflows: loadWorkflows(), calendarOf: calendarsOf(STORY_ENTITIES) },
};

/** The bytes of each row that a way of writing gives, by table. */
function rowsOf(write: (writer: GroupWriter) => void): Record<HistoryTable, string[]> {
  const rows = new Map<HistoryTable, string[]>(HISTORY_TABLE_NAMES.map((table) => [table, []]));
  write(
    new GroupWriter(CONTEXT, {
      add: (table, bytes) =>
        rows.get(table)?.push(...splitRows(HISTORY_TABLES[table].columns, bytes).map((row) => row.toString('latin1'))),
    }),
  );
  return Object.fromEntries([...rows].map(([table, all]) => [table, all.sort()])) as Record<HistoryTable, string[]>;
}

describe('groups that are written by the form of their first orders', () => {
  it.each<[string, OrderHistory, number[]]>([
    [
      'of every entity, some at the end of the history, one not whole',
      { orders: 7_950, days: 120, endsAt: ENDS_AT },
      [1, 2, 3, 4, 8, 9, 12, 19, 23, 27, 29, 30],
    ],
    ['of a long history', { orders: 2_000_000, days: 365, endsAt: ENDS_AT }, [9, 10, 99, 100, 1_001, 10_002, 18_500]],
    ['that pay after their position', { orders: 6_500, days: 400, endsAt: ENDS_AT }, [1, 2, 5, 7, 11]],
    ['of one group, with several positions', { orders: 1_300, days: 250, endsAt: ENDS_AT }, [0]],
  ])('%s: the very bytes that the functions of the pipeline give', (_, history, groups) => {
    expect(groupsOf(history)).toBeGreaterThan(Math.max(...groups));
    const courses = groups.map((group) => groupCourse(history, group));
    const formed = rowsOf((writer) => courses.forEach((course) => writer.write(course)));
    const projected = rowsOf((writer) => courses.forEach((course) => writer.writeWhole(course)));
    for (const table of HISTORY_TABLE_NAMES) {
      expect(projected[table].length).toBeGreaterThan(0);
      expect({ table, rows: formed[table] }).toEqual({ table, rows: projected[table] });
    }
  });
});
