import { CodedError } from '../../graphql/coded-error.js';
import { requireUuids } from '../../graphql/identifier.js';
import type { AskedExceptionsArgs } from './graphql/asked-exceptions.args.js';
import { MOST_AT_ONCE, readSeen } from './read-state-change.js';
import type { AskedExceptions } from './usecases/act-outcome.js';

/** The exceptions of an act, each once; that there are none is for the act to say. */
export function readAsked({ ids, exceptions }: AskedExceptionsArgs): AskedExceptions {
  const seen = exceptions?.length ? readSeen(exceptions) : [];
  const named = [...requireUuids(ids ?? [], 'ids'), ...seen.map(({ exceptionId }) => exceptionId)];
  const exceptionIds = [...new Set(named)];
  if (exceptionIds.length > MOST_AT_ONCE) {
    throw new CodedError('INVALID_INPUT', `ids and exceptions may hold at most ${MOST_AT_ONCE}`);
  }
  return { exceptionIds, seen };
}
