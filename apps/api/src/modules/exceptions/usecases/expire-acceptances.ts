import type { Tx } from '@throughline/persistence';
import { endAcceptances, findExpiredAcceptances, findLatestAcceptances } from '../acceptance.repository.js';
import type { StoredException } from '../domain/stored-exception.js';
import { lockExceptions } from '../exceptions.repository.js';
import { applyActs } from './apply-acts.js';
import { SYSTEM } from './reconcile-exceptions.js';

/** Ends requests to close without correction that nobody decided in time: their exceptions are open again. Answers how many were looked at. */
export async function expireDueAcceptances(tx: Tx, now: Date, limit: number): Promise<number> {
  const { bulkActId, exceptionIds } = await findExpiredAcceptances(tx, now, limit);
  if (exceptionIds.length === 0) return 0;
  const exceptions = await lockExceptions(tx, exceptionIds);
  // read behind the locks: who decided meanwhile did so in time
  const requests = await findLatestAcceptances(
    tx,
    exceptions.map(({ exceptionId }) => exceptionId),
  );
  const due = exceptions.flatMap((exception, index) => {
    const request = requests[index];
    const isLeft = request?.state === 'pending' || request?.state === 'overtaken';
    return isLeft && request.expiresAt !== null && request.expiresAt <= now ? [{ exception, request }] : [];
  });
  const [waiting, over] = [due.filter(isStillAsked), due.filter((one) => !isStillAsked(one))];
  const idsOf = (some: typeof due) => some.map(({ request }) => request.acceptanceId);
  await endAcceptances(tx, idsOf(waiting), 'expired', now);
  // what went another way meanwhile waits no more either
  await endAcceptances(tx, idsOf(over), 'overtaken', now);
  if (waiting.length > 0) {
    await applyActs(
      tx,
      { actor: SYSTEM, at: now, bulkActId: bulkActId ?? undefined },
      waiting.map(({ exception, request }) => ({
        exception,
        act: 'expire-acceptance',
        backTo: request.backTo,
        kind: 'acceptance-expired',
        details: {
          acceptanceId: request.acceptanceId,
          reason: request.reasonCode,
          comment: request.comment,
          makerId: request.makerId,
          makerName: request.makerName,
          decisionReason: 'Nobody decided in time.',
          requestHash: request.requestHash,
        },
      })),
    );
  }
  return exceptionIds.length;
}

/** Also what comes back to waiting when it is no duplicate any more. */
function isStillAsked({ exception }: { exception: StoredException }): boolean {
  const { state, stateBeforeDuplicate, isDuplicateByHand } = exception;
  const isMerged = state === 'DUPLICATE' && !isDuplicateByHand;
  return state === 'PENDING_APPROVAL' || (isMerged && stateBeforeDuplicate === 'PENDING_APPROVAL');
}
