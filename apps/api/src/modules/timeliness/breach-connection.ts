import type { Tx } from '@throughline/persistence';
import { lateByMinutes } from '@throughline/sla';
import { toConnection, type Connection, type CursorPart, type Page } from '../../graphql/connection.js';
import { toMoney } from '../../graphql/money.type.js';
import type { SlaBreachType } from './graphql/sla.types.js';
import { countBreaches, listBreaches, type BreachRow, type SlaSelection } from './sla.repository.js';

/** Parts of a cursor in the list of breaches: due time, transaction, object. */
export const BREACH_CURSOR: readonly CursorPart[] = ['instant', 'uuid', 'uuid'];

/** A page of breaches. */
export async function breachConnection(
  tx: Tx,
  selection: SlaSelection,
  page: Page,
): Promise<Connection<SlaBreachType>> {
  return toConnection({
    list: 'breaches',
    page,
    rows: await listBreaches(tx, selection, page),
    cursorOf: (row) => [row.dueText, row.transactionId, row.milestoneObjectId],
    nodeOf: (row) => toBreach(row, selection.now),
    count: () => countBreaches(tx, selection),
  });
}

function toBreach(row: BreachRow, now: Date): SlaBreachType {
  const {
    transactionId,
    workflow,
    milestone,
    milestoneTitle,
    legalEntity,
    counterparty,
    startedAt,
    dueAt,
    reachedAt,
    exceptionId,
  } = row;
  return {
    transactionId,
    workflow,
    milestone,
    milestoneTitle,
    object: {
      id: row.objectId ?? row.milestoneObjectId,
      type: row.objectType ?? 'unknown',
      key: row.objectKey ?? transactionId,
    },
    legalEntity,
    counterparty,
    amount: toMoney(row.amount, row.currency),
    startedAt,
    dueAt,
    reachedAt,
    lateByMinutes: lateByMinutes(
      { dueAt: dueAt.toISOString(), reachedAt: reachedAt?.toISOString() ?? null },
      now.toISOString(),
    ),
    exceptionId,
  };
}
