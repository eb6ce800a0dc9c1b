import { randomBytes } from 'node:crypto';
import type { GraphqlErrorCode } from '@throughline/contracts';
import { DatabaseUnavailable, isTransientDatabaseError } from '@throughline/persistence';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '@throughline/observability';
import { CodedError } from './coded-error.js';

/** What the server library calls faulty requests, and our names for them. */
const FAULTY_REQUESTS: Readonly<Record<string, GraphqlErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'INVALID_QUERY',
  GRAPHQL_VALIDATION_FAILED: 'INVALID_QUERY',
  BAD_REQUEST: 'INVALID_QUERY',
  OPERATION_RESOLUTION_FAILURE: 'INVALID_QUERY',
  PERSISTED_QUERY_NOT_SUPPORTED: 'INVALID_QUERY',
  BAD_USER_INPUT: 'INVALID_INPUT',
  INVALID_INPUT: 'INVALID_INPUT',
};

/** What was thrown, below the form that graphql-js gives it. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError instanceof Error ? error.originalError : error;
}

type Verdict = { code: GraphqlErrorCode; message: string };

/** What an error is to its caller: a coded failure, a faulty request, a database that is away, or a bug of ours. */
export function judgeError(error: unknown, formatted?: GraphQLFormattedError): Verdict {
  const original = causeOf(error);
  if (original instanceof CodedError) {
    return { code: original.code, message: original.message };
  }
  if (original instanceof DatabaseUnavailable || isTransientDatabaseError(original)) {
    return { code: 'UNAVAILABLE', message: 'The database is away; try again shortly' };
  }
  const given = [formatted?.extensions?.['code'], original instanceof GraphQLError && original.extensions['code']];
  for (const code of given) {
    const faulty = typeof code === 'string' ? FAULTY_REQUESTS[code] : undefined;
    if (faulty !== undefined) {
      return { code: faulty, message: formatted?.message ?? (original as Error).message };
    }
  }
  // graphql-js's own, before any resolver ran: a variable of the wrong type and the like
  if (error instanceof GraphQLError && error.path === undefined && original instanceof GraphQLError) {
    return { code: 'INVALID_INPUT', message: original.message };
  }
  return { code: 'INTERNAL', message: 'Something went wrong on our side' };
}

/** Trace id of a bug's report, kept with the error so that the log line and the answer show the same. */
const reportedAs = new WeakMap<object, string>();

function identityOf(error: unknown): object {
  const original = causeOf(error);
  return typeof original === 'object' && original !== null ? original : new Error(String(original));
}

/** Logs each error once, at the edge: bugs at error with their stack, the caller's faults at warn without. */
export function logErrors(
  log: Logger,
  errors: readonly GraphQLError[],
  operation: { traceId: string | undefined; name: string | undefined },
): void {
  for (const error of errors) {
    const original = identityOf(error);
    if (reportedAs.has(original)) {
      continue;
    }
    const traceId = operation.traceId ?? randomBytes(16).toString('hex');
    reportedAs.set(original, traceId);
    const { code } = judgeError(error, error.toJSON());
    const facts = { traceId, operation: operation.name, path: error.path?.join('.'), code };
    if (code === 'INTERNAL') {
      log.error({ ...facts, err: original }, 'operation failed');
    } else {
      log.warn(facts, 'operation refused');
    }
  }
}

/** The answer's form of an error: code always, trace id for bugs, details of bugs never. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { code, message } = judgeError(error, formatted);
  const traceId = code === 'INTERNAL' ? reportedAs.get(identityOf(error)) : undefined;
  return {
    message,
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    extensions: { code, ...(traceId === undefined ? {} : { traceId }) },
  };
}
