import type { Operation } from '../../graphql/operation.js';
import { readException, readExceptions } from './exception-reader.js';
import type { ActFailureType, ExceptionsChangedType } from './graphql/act-result.types.js';
import type { ActOutcome } from './usecases/act-outcome.js';

/** What an act brought, with the exceptions as they are after it, or as they are now where it was not done. */
export async function answerAct(
  operation: Operation,
  outcome: ActOutcome,
): Promise<ExceptionsChangedType | ActFailureType> {
  if (outcome.kind === 'changed') {
    return {
      exceptions: await readExceptions(operation, outcome.exceptionIds),
      warnings: outcome.warnings ?? [],
    };
  }
  const { code, message, exceptionId } = outcome;
  return {
    code,
    message,
    exceptionId,
    current: exceptionId === null ? null : await readException(operation, exceptionId),
  };
}
