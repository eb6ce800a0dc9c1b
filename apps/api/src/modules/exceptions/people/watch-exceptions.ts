import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { recordAudits } from '../../audit/index.js';
import type { CatalogAct } from '../../catalog/index.js';
import { findExceptions, notifyExceptionsChanged } from '../exceptions.repository.js';
import type { ActOutcome } from '../usecases/act-outcome.js';
import { setWatching } from './watch.repository.js';

/** A person wants to hear of changes of exceptions, or no more; nothing of the exceptions themselves changes. */
export async function watchExceptions(
  tx: Tx,
  { viewer, now, traceId }: CatalogAct,
  { exceptionIds, isWatching }: { exceptionIds: readonly string[]; isWatching: boolean },
): Promise<ActOutcome> {
  const found = await findExceptions(tx, exceptionIds);
  const missing = exceptionIds[found.indexOf(null)];
  if (missing !== undefined) {
    throw new CodedError('NOT_FOUND', `There is no exception ${missing}`);
  }
  const changed = await setWatching(tx, exceptionIds, viewer.personId, isWatching, now);
  await recordAudits(
    tx,
    changed.map((id) => ({
      at: now,
      actor: { kind: 'person' as const, id: viewer.personId, name: viewer.displayName },
      action: isWatching ? 'exception.watched' : 'exception.unwatched',
      subject: { type: 'exception', id },
      details: {},
      traceId,
    })),
  );
  await notifyExceptionsChanged(tx, changed);
  return { kind: 'changed', exceptionIds: [...exceptionIds] };
}
