import { isZero, parseLocalDate } from '@throughline/canonical';
import {
  balanceMoney,
  daysFrom,
  expectReceipt,
  owedOf,
  paymentHabit,
  receivableLines,
  reopeningsOf,
  type ExpectedReceipt,
  type MoneyBalance,
  type MoneyLink,
  type PaymentHabit,
  type ReceivableLine,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { loadMoneyGraph } from './money-graph.repository.js';
import { loadTolerances } from './object-money.js';
import {
  findPaidInvoices,
  findReceivables,
  MOST_INVOICES,
  type PaidInvoice,
  type ReceivableLimits,
  type ReceivableSelection,
} from './receivables.repository.js';

/** Links around all invoices of a projection. */
const MOST_LINKS = 100_000;

/** Lines of a projection; `isTruncated` when there is more than was looked at. */
export type ReceivablesRead = { lines: ReceivableLine[]; unknown: ExpectedReceipt[]; isTruncated: boolean };

/** What customers still owe, and when it is expected. */
export async function readReceivables(
  tx: Tx,
  selection: ReceivableSelection,
  today: string,
  limits?: ReceivableLimits,
): Promise<ReceivablesRead> {
  const { rows, isCut } = await findReceivables(tx, selection, limits);
  const invoices = rows.slice(0, MOST_INVOICES);
  const ids = invoices.map(({ objectId }) => objectId);
  const graph = await loadMoneyGraph(tx, ids, MOST_LINKS);
  const toleranceOf = await loadTolerances(tx);
  const balances = new Map<string, MoneyBalance[]>();
  if (!graph.isTruncated) {
    for (const balance of balanceMoney(graph.nodes, graph.links, toleranceOf, ids))
      balances.set(balance.objectId, [...(balances.get(balance.objectId) ?? []), balance]);
  }
  const customers = [...new Set(invoices.flatMap(({ counterparty }) => counterparty ?? []))];
  const habits = habitsOf(await findPaidInvoices(tx, customers));
  const outOf = new Map<string, MoneyLink[]>();
  for (const link of graph.links) {
    const known = outOf.get(link.fromObjectId);
    if (known === undefined) outOf.set(link.fromObjectId, [link]);
    else known.push(link);
  }
  const receipts = invoices.flatMap(({ settledAt, ...row }): ExpectedReceipt[] => {
    const reopened = reopeningsOf(row.objectId, graph.nodes, (id) => outOf.get(id) ?? []);
    const isOpenSince = (at: string) => settledAt !== null && Date.parse(at) > settledAt.getTime();
    if (settledAt !== null && !graph.isTruncated && ![...reopened.values()].some(isOpenSince)) return [];
    // Of a complete transaction it is the amount alone that speaks for something being open.
    const open = graph.isTruncated ? null : owedOf(balances.get(row.objectId) ?? [], reopened.size > 0);
    if (open === null ? !row.isRunning && !graph.isTruncated : isZero(open)) return [];
    const dueOn = row.dueOn !== null && parseLocalDate(row.dueOn).ok ? row.dueOn : null;
    const habit = row.counterparty === null ? null : (habits.get(row.counterparty) ?? null);
    return [expectReceipt({ ...row, open, dueOn, reopenedBy: [...reopened.keys()] }, habit, today)];
  });
  return {
    lines: receivableLines(receipts),
    unknown: receipts.filter(({ invoice }) => invoice.open === null),
    isTruncated: rows.length > MOST_INVOICES || isCut || graph.isTruncated,
  };
}

function habitsOf(paid: readonly PaidInvoice[]): Map<string, PaymentHabit> {
  const delays = new Map<string, number[]>();
  for (const { counterparty, dueOn, paidOn } of paid) {
    if (!parseLocalDate(dueOn).ok) continue;
    delays.set(counterparty, [...(delays.get(counterparty) ?? []), daysFrom(dueOn, paidOn)]);
  }
  return new Map(
    [...delays]
      .flatMap(([customer, days]) => [[customer, paymentHabit(days)] as const])
      .flatMap(([customer, habit]) => (habit === null ? [] : [[customer, habit] as const])),
  );
}
