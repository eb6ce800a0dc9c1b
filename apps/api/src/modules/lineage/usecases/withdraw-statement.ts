import type { Tx } from '@throughline/persistence';
import { type CatalogAct, textProblems } from '../../catalog/index.js';
import { type StatementFailure, refuseStatement } from '../domain/statement-rules.js';
import { lockStatements } from '../pipeline/statements/statement.repository.js';
import { findStatement } from '../statement.repository.js';
import { sayStatement } from './say-statement.js';

/** Takes a statement back; it stays visible as history. */
export async function withdrawStatement(
  tx: Tx,
  act: CatalogAct,
  wish: { statementId: string; reason: string },
): Promise<{ statementId: string } | StatementFailure> {
  const problems = textProblems('reason', wish.reason, { max: 1_000 });
  if (problems.length > 0) return refuseStatement('INVALID', 'The withdrawal cannot be taken as it is', problems);
  await lockStatements(tx);
  const last = await findStatement(tx, wish.statementId);
  if (last === null) return refuseStatement('NOT_FOUND', 'There is no such statement');
  if (last.isWithdrawal) return refuseStatement('ALREADY_WITHDRAWN', 'The statement is withdrawn already');
  const { statement, statedAt } = last;
  return sayStatement(tx, act, { statement, isWithdrawal: true, reason: wish.reason.trim(), after: statedAt });
}
