import type { TransactionState } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { instantCursorSql } from '../../graphql/connection.js';
import type { TransactionOrder } from './graphql/transaction.types.js';
import type { WorkflowClock } from './domain/workflow-clock.js';
import { CLOCK_PARAMETERS, STATE, clockParams } from './transaction-state.js';

/** A transaction with its state at the clock's instant. */
export type TransactionRow = {
  id: string;
  workflow: string;
  state: TransactionState;
  anchorId: string;
  anchorType: string | null;
  anchorKey: string | null;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  startedAt: Date;
  completedAt: Date | null;
  lastActivityAt: Date;
  /** The instant that the list is ordered by, with all its microseconds. */
  orderText: string;
};

/** Columns that lists are ordered by. */
export const ORDER_COLUMN: Record<TransactionOrder, string> = {
  LAST_ACTIVITY_DESC: 'last_occurred_at',
  STARTED_DESC: 'started_at',
};

/** Columns of a transaction `t` with its anchor `a` as TransactionRow. */
export function columns(order: TransactionOrder): string {
  return `t.transaction_id as id, t.workflow, ${STATE} as state, t.anchor_object_id as "anchorId", a.type as "anchorType",
    a.key as "anchorKey", t.legal_entity as "legalEntity", t.counterparty, t.amount, t.currency,
    t.started_at as "startedAt", t.completed_at as "completedAt", t.last_occurred_at as "lastActivityAt",
    ${instantCursorSql(`t.${ORDER_COLUMN[order]}`)} as "orderText"`;
}

/** The anchor of a transaction `t`. */
export const ANCHOR = `left join business_object a on a.tenant_id = $1 and a.object_id = t.anchor_object_id`;

/** Transactions by id, in that order, with their state at the clock's instant; null where there is none. */
export async function findTransactions(
  tx: Tx,
  clock: WorkflowClock,
  ids: readonly string[],
): Promise<(TransactionRow | null)[]> {
  const rows = await tx.query<TransactionRow>(
    `select ${columns('LAST_ACTIVITY_DESC')} from business_transaction t ${ANCHOR}
     where t.tenant_id = $1 and t.transaction_id = any($${CLOCK_PARAMETERS + 1}::uuid[])`,
    [...clockParams(tx, clock), ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}
