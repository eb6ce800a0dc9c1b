import type { Tx } from '@throughline/persistence';
import type { WorkflowClock } from '../domain/workflow-clock.js';
import { type TransactionPlan, listTransactions } from '../transaction-list.repository.js';
import { findTransactions, type TransactionRow } from '../transaction.repository.js';
import type { ExportRequest } from './export-request.js';

/** Transactions that are read at once. */
export const ROWS_OF_PAGE = 500;

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/** What an export goes through, and the transaction that all of it is read in. */
export type ExportSource = {
  tx: Tx;
  clock: WorkflowClock;
  plan: TransactionPlan;
  request: Pick<ExportRequest, 'id' | 'orderBy' | 'from' | 'before'>;
};

/** The chosen transactions, latest first, page by page. The order's own time bounds the range, so that its index does. */
export async function* transactionPages(source: ExportSource): AsyncGenerator<TransactionRow[]> {
  const { tx, clock, plan, request } = source;
  if (request.id !== null) {
    const rows = await findTransactions(tx, clock, [request.id]);
    yield rows.filter((row) => row !== null);
    return;
  }
  const from = request.from === null ? '' : microseconds(request.from);
  let after: string[] | null = request.before === null ? null : [microseconds(request.before), LOWEST_ID];
  for (;;) {
    const { rows, stoppedAt } = await listTransactions(tx, clock, plan, request.orderBy, {
      first: ROWS_OF_PAGE,
      after,
    });
    const page = rows.slice(0, ROWS_OF_PAGE);
    const chosen = page.filter(({ orderText }) => orderText >= from);
    if (chosen.length > 0) yield chosen;
    const last = page.at(-1);
    // Where few match, the list looks back a bounded way and says where it stopped.
    const next = rows.length > ROWS_OF_PAGE && last !== undefined ? [last.orderText, last.id] : stoppedAt;
    if (next === null || (next[0] ?? '') < from) return;
    after = next;
  }
}

/** Ids of the chosen transactions; null when there are more than `most`. */
export async function transactionIds(source: ExportSource, most: number): Promise<string[] | null> {
  const ids: string[] = [];
  for await (const page of transactionPages(source)) {
    for (const { id } of page) ids.push(id);
    if (ids.length > most) return null;
  }
  return ids;
}

/** The same transactions again, by their ids. */
export async function* pagesOfIds(
  { tx, clock }: ExportSource,
  ids: readonly string[],
): AsyncGenerator<TransactionRow[]> {
  for (let start = 0; start < ids.length; start += ROWS_OF_PAGE) {
    const rows = await findTransactions(tx, clock, ids.slice(start, start + ROWS_OF_PAGE));
    yield rows.filter((row) => row !== null);
  }
}

/** An instant as cursors carry it. */
function microseconds(instant: string): string {
  return instant.replace('Z', '000Z');
}
