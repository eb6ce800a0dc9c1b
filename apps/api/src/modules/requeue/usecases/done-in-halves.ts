import { isTransientDatabaseError } from '@throughline/persistence';

const STATEMENT_TIMEOUT = '57014';

/** Whether a slice that failed so is done in halves: it may hold one item that fails, or be more than a statement has time for. */
export function isDoneInHalves(error: unknown): boolean {
  return isStatementTimeout(error) || !isTransientDatabaseError(error);
}

/** Whether a statement took longer than it may. */
export function isStatementTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === STATEMENT_TIMEOUT) || isStatementTimeout(error.cause);
}
