import type { Activity } from '@throughline/canonical';
import {
  type CalendarOf,
  type ProjectedTransaction,
  type Projection,
  type Workflow,
  projectAll,
} from '@throughline/lineage';
import type { BulkTable } from '@throughline/persistence';
import { ACTIVITY_COLUMNS, ALIAS_COLUMNS, activityRow, aliasRows } from '../pipeline/fact-rows.js';
import {
  BUSINESS_OBJECT,
  BUSINESS_TRANSACTION,
  MILESTONE,
  OBJECT_ALIAS,
  OBJECT_LINK,
  PROBLEM,
  TRANSACTION_OBJECT,
  toRow,
} from '../pipeline/projection-tables.js';
import type { ProjectionTable } from '../pipeline/row-diff.js';
import { withStatements } from '../pipeline/stated-activity.js';
import { rowsOf } from '../pipeline/write-transactions.js';

/** What a history is projected with. */
export type HistoryRules = { workflows: readonly Workflow[]; calendarOf: CalendarOf };

/** Tables that a history fills. */
export const HISTORY_TABLES = {
  activity: { name: 'activity', columns: ACTIVITY_COLUMNS },
  alias_statement: { name: 'alias_statement', columns: ALIAS_COLUMNS },
  object_alias: tableOf(OBJECT_ALIAS),
  business_object: tableOf(BUSINESS_OBJECT),
  object_link: tableOf(OBJECT_LINK),
  business_transaction: tableOf(BUSINESS_TRANSACTION),
  transaction_object: tableOf(TRANSACTION_OBJECT),
  milestone: tableOf(MILESTONE),
  problem: tableOf(PROBLEM),
} satisfies Record<string, BulkTable>;

export type HistoryTable = keyof typeof HISTORY_TABLES;

export const HISTORY_TABLE_NAMES = Object.keys(HISTORY_TABLES) as HistoryTable[];

/** Rows by table, cells in the order of its columns. */
export type TableRows = Record<HistoryTable, unknown[][]>;

/** A transaction and its parts as rows, each with what its digest is found by. */
export type DigestedRows = ReturnType<typeof rowsOf>;

/** What the pipeline would have left of some activities. */
export type HistoryRows = { rows: TableRows; transactions: DigestedRows[]; projection: Projection };

/**
 * Facts and projection of activities, as the pipeline writes them, by its own functions. The activities may name no object that
 * others name too.
 */
export function historyRows(tenantId: string, activities: readonly Activity[], rules: HistoryRules): HistoryRows {
  const projection = projectAll(activities, rules.workflows, rules.calendarOf);
  if (projection.findings.length > 0) throw new Error('a history in which something contradicts cannot be loaded');
  const transactions = transactionsOf(projection).map(rowsOf);
  const stated = activities.map(withStatements);
  const cells = (table: HistoryTable, rows: readonly Record<string, unknown>[]) =>
    rows.map((row) => HISTORY_TABLES[table].columns.map(({ name }) => (name === 'tenant_id' ? tenantId : row[name])));
  return {
    projection,
    transactions,
    rows: {
      activity: stated.map((one) => activityRow(tenantId, one)),
      alias_statement: stated.flatMap((one) => aliasRows(tenantId, one)),
      object_alias: cells('object_alias', projection.aliases.map(toRow.alias)),
      business_object: cells('business_object', projection.objects.map(toRow.object)),
      object_link: cells('object_link', projection.links.map(toRow.link)),
      business_transaction: cells(
        'business_transaction',
        transactions.map(({ transaction }) => transaction),
      ),
      transaction_object: cells(
        'transaction_object',
        transactions.flatMap(({ objects }) => objects.map(([, row]) => row)),
      ),
      milestone: cells(
        'milestone',
        transactions.flatMap(({ milestones }) => milestones.map(([, row]) => row)),
      ),
      problem: cells('problem', projection.problems.map(toRow.problem)),
    },
  };
}

/** Transactions with their parts, in an order that no id decides: a copy under other ids has the same. */
function transactionsOf({
  transactions,
  transactionObjects,
  milestones,
}: Projection): Pick<ProjectedTransaction, 'transaction' | 'objects' | 'milestones'>[] {
  const objectsOf = byTransaction(transactionObjects);
  const milestonesOf = byTransaction(milestones);
  return transactions.map((transaction) => ({
    transaction,
    objects: (objectsOf.get(transaction.transactionId) ?? []).sort((left, right) => left.depth - right.depth),
    milestones: (milestonesOf.get(transaction.transactionId) ?? []).sort(
      (left, right) => left.position - right.position,
    ),
  }));
}

function byTransaction<Row extends { transactionId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const known = grouped.get(row.transactionId);
    if (known === undefined) grouped.set(row.transactionId, [row]);
    else known.push(row);
  }
  return grouped;
}

function tableOf({ name, columns }: ProjectionTable): BulkTable {
  return {
    name,
    columns: [
      { name: 'tenant_id', type: 'uuid' },
      ...Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    ],
  };
}

/** Where a column of a table is. */
export function columnOf(table: HistoryTable, name: string): number {
  return HISTORY_TABLES[table].columns.findIndex((column) => column.name === name);
}
