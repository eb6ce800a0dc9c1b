import type { Activity } from '@throughline/canonical';
import {
  type CalendarOf,
  type ProjectedTransaction,
  type Projection,
  type Workflow,
  projectAll,
} from '@throughline/lineage';
import type { CopyColumn, Database, Tx } from '@throughline/persistence';
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

/**
 * Writes activities and their whole projection straight into the tables, as the pipeline would have left them, without signals.
 * They may name no object that is there already, nor one of another call: nothing is read, nothing is told.
 */
export async function loadHistory(
  database: Database,
  tenantId: string,
  activities: readonly Activity[],
  rules: HistoryRules,
): Promise<void> {
  const projection = projectAll(activities, rules.workflows, rules.calendarOf);
  const transactions = transactionsOf(projection).map(rowsOf);
  const stated = activities.map(withStatements);
  await database.withTenant(tenantId, async (tx) => {
    await tx.copyRows(
      'activity',
      ACTIVITY_COLUMNS,
      stated.map((one) => activityRow(tenantId, one)),
    );
    await tx.copyRows(
      'alias_statement',
      ALIAS_COLUMNS,
      stated.flatMap((one) => aliasRows(tenantId, one)),
    );
    await copy(tx, OBJECT_ALIAS, projection.aliases.map(toRow.alias));
    await copy(tx, BUSINESS_OBJECT, projection.objects.map(toRow.object));
    await copy(tx, OBJECT_LINK, projection.links.map(toRow.link));
    await copy(
      tx,
      BUSINESS_TRANSACTION,
      transactions.map(({ transaction }) => transaction),
    );
    await copy(
      tx,
      TRANSACTION_OBJECT,
      transactions.flatMap(({ objects }) => objects.map(([, row]) => row)),
    );
    await copy(
      tx,
      MILESTONE,
      transactions.flatMap(({ milestones }) => milestones.map(([, row]) => row)),
    );
    await copy(tx, PROBLEM, projection.problems.map(toRow.problem));
  });
}

function transactionsOf({
  transactions,
  transactionObjects,
  milestones,
}: Projection): Pick<ProjectedTransaction, 'transaction' | 'objects' | 'milestones'>[] {
  const objectsOf = byTransaction(transactionObjects);
  const milestonesOf = byTransaction(milestones);
  return transactions.map((transaction) => ({
    transaction,
    objects: objectsOf.get(transaction.transactionId) ?? [],
    milestones: milestonesOf.get(transaction.transactionId) ?? [],
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

async function copy(tx: Tx, table: ProjectionTable, rows: readonly Record<string, unknown>[]): Promise<void> {
  const columns: CopyColumn[] = [
    { name: 'tenant_id', type: 'uuid' },
    ...Object.entries(table.columns).map(([name, type]) => ({ name, type })),
  ];
  await tx.copyRows(
    table.name,
    columns,
    rows.map((row) => columns.map(({ name }) => (name === 'tenant_id' ? tx.tenantId : row[name]))),
  );
}
