import { isOver } from '../../shared/bulk/bulk-words.js';
import { count } from '../../shared/format/words.js';
import type { BulkActRow } from './bulk-acts-documents.js';

/** The sentence of the page: what is under way, else what was last done. */
export function bulkActsAnswer(rows: readonly Pick<BulkActRow, 'state' | 'words' | 'count' | 'done'>[]): string {
  const [latest] = rows;
  if (latest === undefined) return 'Nothing was done in bulk yet.';
  const open = rows.filter(({ state }) => !isOver(state));
  const left = open.reduce((sum, { count: all, done }) => sum + all - done, 0);
  if (open.length > 0) {
    return `${count(open.length, 'bulk act')} under way, with ${count(left, 'exception')} left.`;
  }
  return `Nothing is under way; the latest: ${latest.words}, ${count(latest.count, 'exception')}.`;
}
