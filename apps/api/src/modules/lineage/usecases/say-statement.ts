import { randomUUID } from 'node:crypto';
import type { Uuid } from '@throughline/canonical';
import { type OwnStatement, ownStatementEvent } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { type CatalogAct, recordAct } from '../../catalog/index.js';
import { storeOwnEvent } from '../../signals/index.js';
import { idOfStatement, recordStatements } from '../pipeline/statements/statement.repository.js';

/** What is said of a statement. */
export type Said = { statement: OwnStatement; isWithdrawal: boolean; reason: string; after: Date | null };

/**
 * Stores a statement, or its withdrawal, as a signal with the record of the act; whoever maps the signal makes it count. `after`
 * is when the same was spoken of last: what is said later must have the later time, whatever the clocks of two servers are.
 */
export async function sayStatement(
  tx: Tx,
  act: CatalogAct,
  { statement, isWithdrawal, reason, after }: Said,
): Promise<{ statementId: Uuid }> {
  const at = after !== null && after >= act.now ? new Date(after.getTime() + 1) : act.now;
  const id = randomUUID();
  const event = { statement, isWithdrawal, statedBy: act.viewer.personId, statedAt: at.toISOString(), reason };
  const { signalId, receivedOn } = await storeOwnEvent(
    tx,
    { id, ...ownStatementEvent(id, event) },
    event.statedAt,
    act.now,
  );
  await recordStatements(tx, [{ ...event, signalId, signalReceivedOn: receivedOn }]);
  const statementId = idOfStatement(statement);
  const subject = { type: 'lineage-statement', id: statementId };
  await recordAct(tx, act, isWithdrawal ? 'lineage.withdrawn' : 'lineage.stated', subject, { ...statement, reason });
  return { statementId };
}
