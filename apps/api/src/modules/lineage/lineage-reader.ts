import { Injectable } from '@nestjs/common';
import { toMoney } from '../../graphql/money.type.js';
import type { Operation } from '../../graphql/operation.js';
import type { BusinessObjectType } from './graphql/object.types.js';
import type { TransactionType } from './graphql/transaction.types.js';
import { findBusinessObjects, findTransactionIdsOf, type BusinessObjectRow } from './business-object.repository.js';
import { findTransactions, type TransactionRow } from './transaction.repository.js';
import { WorkflowClocks } from './workflow-clocks.js';

/** Reads transactions and business objects for resolvers of any module, batched within the operation. */
@Injectable()
export class LineageReader {
  constructor(private readonly clocks: WorkflowClocks) {}

  /** A transaction with its state at the operation's time. */
  async transaction(operation: Operation, id: string): Promise<TransactionType | null> {
    const clock = await this.clocks.of(operation);
    const loader = operation.loader<string, TransactionRow>('transaction', (tx, ids) =>
      findTransactions(tx, clock, ids),
    );
    const row = await loader.load(id);
    return row && this.toTransaction(row);
  }

  /** The latest transaction that an object is a member of. */
  async transactionOfObject(operation: Operation, objectId: string): Promise<TransactionType | null> {
    const loader = operation.loader<string, string>('transaction of object', async (tx, ids) => {
      const rows = await findTransactionIdsOf(tx, ids, 1);
      const byObject = new Map(rows.map((row) => [row.objectId, row.transactionId]));
      return ids.map((id) => byObject.get(id) ?? null);
    });
    const id = await loader.load(objectId);
    return id === null ? null : this.transaction(operation, id);
  }

  /** A business object; earlier ids of merged objects lead to today's. */
  async businessObject(operation: Operation, id: string): Promise<BusinessObjectType | null> {
    const row = await operation.loader<string, BusinessObjectRow>('business object', findBusinessObjects).load(id);
    return row && toBusinessObject(row);
  }

  /** A row as the API shows it. */
  toTransaction(row: TransactionRow): TransactionType {
    const { id, workflow, state, legalEntity, counterparty, startedAt, completedAt, lastActivityAt } = row;
    return {
      id,
      workflow,
      workflowTitle: this.clocks.workflow(workflow)?.title ?? workflow,
      state,
      anchor: { id: row.anchorId, type: row.anchorType ?? 'unknown', key: row.anchorKey ?? row.anchorId },
      legalEntity,
      counterparty,
      amount: toMoney(row.amount, row.currency),
      startedAt,
      completedAt,
      lastActivityAt,
    };
  }
}

/** A row as the API shows it. */
export function toBusinessObject({ amount, currency, ...row }: BusinessObjectRow): BusinessObjectType {
  return { ...row, amount: toMoney(amount, currency) };
}
