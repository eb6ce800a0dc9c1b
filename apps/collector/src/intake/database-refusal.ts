import { isTransientDatabaseError } from '@throughline/persistence';
import { errorCode } from './error-code.js';
import { Refusal } from './refusal.js';

/**
 * SQLSTATE classes "data exception" and "program limit exceeded" (a value that no index holds): the rows themselves are
 * wrong, trying again cannot help.
 */
const OF_THE_ROWS: readonly string[] = ['22', '54'];

/**
 * A failure of the database as a Refusal. All but bad data may succeed later, when an operator has mended it (server
 * away, partition missing, not migrated): a 500 would make OpenTelemetry's senders throw the batch away.
 */
export function databaseRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  if (isTransientDatabaseError(error) || isRepairable(error)) {
    return new Refusal('unavailable', 'the collector cannot store at the moment; try again', { cause: error });
  }
  return error;
}

function isRepairable(error: unknown): boolean {
  const code = errorCode(error);
  return /^[0-9A-Z]{5}$/.test(code) && !OF_THE_ROWS.includes(code.slice(0, 2));
}
