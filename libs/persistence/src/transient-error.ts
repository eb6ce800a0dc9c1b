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
  // By shape, not by instanceof: an error of another realm (a worker, a VM context) is an error all the same.
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors, cause } = error as {
    code?: unknown;
    message?: unknown;
    errors?: unknown;
    cause?: unknown;
  };
  if (typeof code === 'string' && isTransientCode(code)) return true;
  if (typeof message === 'string' && transientMessage.test(message)) return true;
  if (Array.isArray(errors) && errors.some(isTransientDatabaseError)) return true;
  return cause !== undefined && isTransientDatabaseError(cause);
}

function isTransientCode(code: string): boolean {
  if (transientStates.has(code) || transientSystemCodes.has(code)) return true;
  return code.length === 5 && transientClasses.has(code.slice(0, 2));
}

/** What an error says, for a message of one's own; a connection tried on several addresses has its reasons inside. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, errors } = error as { message?: unknown; errors?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return Array.isArray(errors) ? errors.map(reasonOf).join('; ') : 'no answer';
}
