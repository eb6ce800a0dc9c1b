import { NIL_UUID } from '@throughline/canonical';
import {
  type ExportedTransaction,
  type ExportTable,
  type InTransaction,
  LINK_TABLE,
  MILESTONE_TABLE,
  OBJECT_TABLE,
  TRANSACTION_TABLE,
  type Workflow,
} from '@throughline/lineage';
import { milestoneStandings } from '../domain/milestone-standings.js';
import {
  findMilestones,
  findOpenHops,
  findTransactionLinks,
  findTransactionObjects,
  type Of,
} from '../transaction-parts.repository.js';
import type { TransactionRow } from '../transaction.repository.js';
import type { ExportTableName } from './export-request.js';
import type { ExportSource } from './transaction-pages.js';

/** Finds a workflow by its name. */
export type WorkflowOf = (name: string) => Workflow | undefined;

/** Writes one row of a table as text; which of the forms is the caller's. */
export type RowWriter = <Row>(table: ExportTable<Row>, row: Row) => string;

export const TABLES = {
  transactions: TRANSACTION_TABLE,
  milestones: MILESTONE_TABLE,
  objects: OBJECT_TABLE,
  links: LINK_TABLE,
} as const;

/** The rows of one table for a page of transactions, each written; one statement a part. */
export async function writtenRows(
  name: ExportTableName,
  page: readonly TransactionRow[],
  source: ExportSource,
  workflowOf: WorkflowOf,
  write: RowWriter,
): Promise<string[]> {
  const ids = page.map(({ id }) => id);
  if (name === 'objects') {
    const written = writerIn(page);
    return (await findTransactionObjects(source.tx, ids)).flatMap((part) =>
      written(part, (row) => write(OBJECT_TABLE, row)),
    );
  }
  if (name === 'links') {
    const written = writerIn(page);
    return (await findTransactionLinks(source.tx, ids)).flatMap((part) =>
      written(part, (row) => write(LINK_TABLE, row)),
    );
  }
  const transactions = await withMilestones(page, source, workflowOf);
  return name === 'transactions'
    ? transactions.map((transaction) => write(TRANSACTION_TABLE, transaction))
    : transactions.flatMap((transaction) =>
        transaction.milestones.map((part) => write(MILESTONE_TABLE, { transaction, part })),
      );
}

/** Puts a part beside the transaction of the page that it belongs to. */
function writerIn(page: readonly TransactionRow[]) {
  const transactions = new Map(page.map((row) => [row.id, toExported(row, [])]));
  return <Part extends { transactionId: string }>(
    part: Part,
    write: (row: InTransaction<Part>) => string,
  ): string[] => {
    const transaction = transactions.get(part.transactionId);
    return transaction === undefined ? [] : [write({ transaction, part })];
  };
}

async function withMilestones(
  page: readonly TransactionRow[],
  { tx, clock }: ExportSource,
  workflowOf: WorkflowOf,
): Promise<ExportedTransaction[]> {
  const ids = page.map(({ id }) => id);
  const milestones = byTransaction(await findMilestones(tx, ids));
  const openHops = byTransaction(await findOpenHops(tx, ids));
  return page.map((row) => {
    const own = milestones.get(row.id) ?? [];
    const states = milestoneStandings(workflowOf(row.workflow), own, openHops.get(row.id) ?? [], clock);
    return toExported(
      row,
      own.map((milestone, index) => ({
        ...milestone,
        objectType: milestone.objectId === NIL_UUID ? null : milestone.objectType,
        objectKey: milestone.objectId === NIL_UUID ? null : milestone.objectKey,
        state: states[index] ?? 'PENDING',
      })),
    );
  });
}

function toExported(row: TransactionRow, milestones: ExportedTransaction['milestones']): ExportedTransaction {
  const { anchorId: _anchor, orderText: _order, ...rest } = row;
  return { ...rest, milestones };
}

function byTransaction<T extends object>(rows: readonly Of<T>[]): Map<string, Of<T>[]> {
  const found = new Map<string, Of<T>[]>();
  for (const row of rows) {
    const known = found.get(row.transactionId);
    if (known === undefined) found.set(row.transactionId, [row]);
    else known.push(row);
  }
  return found;
}
