import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import type { StoredException } from '../domain/stored-exception.js';
import { lockExceptions } from '../exceptions.repository.js';

/** Why an act was not done, where that is nobody's fault. */
export type ActFailureCode =
  | 'NOT_ASSIGNABLE'
  | 'OWNER_NOT_FOUND'
  | 'OWNER_CANNOT_WORK'
  | 'NOT_MOVABLE'
  | 'QUEUE_NOT_FOUND'
  | 'NOT_RATEABLE'
  | 'STALE_VERSION';

/** What an act of a person brought: all of it, or nothing and why. */
export type ActOutcome =
  | { kind: 'changed'; exceptionIds: string[] }
  | { kind: 'failure'; code: ActFailureCode; message: string; exceptionId: string | null };

/** The exceptions in the order asked, locked; NOT_FOUND when one does not exist. */
export async function lockAsked(tx: Tx, exceptionIds: readonly string[]): Promise<StoredException[]> {
  const byId = new Map((await lockExceptions(tx, exceptionIds)).map((one) => [one.exceptionId, one]));
  return exceptionIds.map((id) => {
    const exception = byId.get(id);
    if (exception === undefined) {
      throw new CodedError('NOT_FOUND', `There is no exception ${id}`);
    }
    return exception;
  });
}
