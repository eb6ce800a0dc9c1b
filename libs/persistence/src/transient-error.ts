/** The database could not be reached, or refused the connection: try again later. The reason is in `cause`. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

// Classes of SQLSTATE: connection exception, insufficient resources, system error (disk, files).
const transientClasses = new Set(['08', '53', '58']);

const transientStates = new Set([
  '25006', // read-only transaction: the server became a standby in a fail-over
  '40001', // serialization failure
  '40P01', // deadlock detected
  '55P03', // lock not available
  '57014', // cancelled by the statement timeout
  '57P01', // administrator's shutdown
  '57P02', // crash shutdown
  '57P03', // cannot connect now: starting up or recovering
  '57P05', // idle session time-out
]);

const transientSystemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENOENT', // the socket file of a server that is down
]);

// pg and pg-pool raise these as plain errors without a code.
const transientMessage =
  /connection terminated|connection ended|timeout exceeded when trying to connect|connection error and is not queryable|client was closed|connection timeout/i;

/**
 * True for what may succeed when tried again: connection lost or refused, shutdown, start-up, too many connections,
 * resources, time-out, serialization failure, deadlock. False for what will fail again (constraint, syntax, permission).
 */
export function isTransientDatabaseError(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  if (error instanceof AggregateError) return error.errors.some(isTransientDatabaseError);
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code !== undefined && isTransientCode(code)) return true;
  if (transientMessage.test(error.message)) return true;
  return error.cause !== undefined && isTransientDatabaseError(error.cause);
}

function isTransientCode(code: string): boolean {
  if (transientStates.has(code) || transientSystemCodes.has(code)) return true;
  return code.length === 5 && transientClasses.has(code.slice(0, 2));
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
