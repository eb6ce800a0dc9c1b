import { BulkLoad } from '@throughline/persistence';
import { type OrderHistory, groupCourse, groupsOf } from '@throughline/scenarios';
import { HISTORY_TABLES, type HistoryRules } from './history-rows.js';
import { ChunkedRows } from './row-sink.js';
import { GroupWriter } from './write-groups.js';

/** How a history is loaded: `onGroup` hears how many orders are written, `say` what is done with them then. */
export type HistoryLoad = {
  ownerUrl: string;
  tenantId: string;
  history: OrderHistory;
  /** Numbers of the groups that are loaded; all of them when left out. */
  groups?: readonly number[];
  rules: HistoryRules;
  onGroup(orders: number): void;
  say(line: string): void;
};

/**
 * Fills the empty tables of facts and lineage with a history, as the pipeline would have left them, without signals: as the
 * owner, with rows in the form of bytes. All of it is there at the end, or nothing.
 */
export async function loadHistory(options: HistoryLoad): Promise<void> {
  const { ownerUrl, tenantId, history, rules, onGroup, say } = options;
  const { groups = Array.from({ length: groupsOf(history) }, (_, group) => group) } = options;
  const load = await BulkLoad.begin(ownerUrl, Object.values(HISTORY_TABLES));
  try {
    const rows = new ChunkedRows(load);
    const writer = new GroupWriter({ tenantId, rules }, rows);
    let written = 0;
    for (const group of groups) {
      const course = groupCourse(history, group);
      writer.write(course);
      await rows.drain();
      written += course.orders.length;
      onGroup(written);
    }
    await rows.end();
  } catch (error) {
    await load.abort();
    throw error;
  }
  await load.finish(say);
}
