import type { Tx } from '@throughline/persistence';
import { findAcceptancesOfAct, type Decision } from '../acceptance.repository.js';
import type { StoredException } from '../domain/stored-exception.js';
import type { ActFailureCode } from '../usecases/act-outcome.js';
import { decideRequests, tellLeftWaiting, type HeldRequest } from '../usecases/decide-acceptance.js';
import type { BulkAct, BulkOutcome, DecidingKind } from './domain/bulk-act.js';
import type { BulkContext, Performed } from './perform-bulk-act.js';

const DECIDED: Readonly<Record<DecidingKind, Decision['state']>> = {
  APPROVE_ACCEPTANCES: 'approved',
  REJECT_ACCEPTANCES: 'rejected',
  WITHDRAW_ACCEPTANCES: 'withdrawn',
};

/** What leaves one waiting, and as which outcome that is counted; others are told as refused. */
const LEFT: Readonly<Partial<Record<ActFailureCode, BulkOutcome>>> = {
  ABOVE_LIMIT: 'ABOVE_LIMIT',
  CHANGED_SINCE_REQUEST: 'CHANGED',
  NOT_OF_QUEUE: 'NOT_OF_QUEUE',
};

/**
 * Decides on what another act asked for, each by the rules of one: what may not be decided so stays as it is, and is told why. Answers
 * what became of each, in their order.
 */
export async function decideAsked(
  tx: Tx,
  act: Extract<BulkAct, { kind: DecidingKind }>,
  exceptions: readonly StoredException[],
  { viewer, reason, now, traceId, bulkActId, submittedAt }: BulkContext,
): Promise<Performed[]> {
  const requests = await findAcceptancesOfAct(
    tx,
    act.ofActId,
    exceptions.map(({ exceptionId }) => exceptionId),
  );
  const held = exceptions.flatMap((exception): HeldRequest[] => {
    const request = requests.get(exception.exceptionId);
    return request === undefined ? [] : [{ request, exception }];
  });
  const decision = { state: DECIDED[act.kind], reason };
  const input = { viewer, decision, now, saidAt: submittedAt, traceId, bulkActId };
  const refusals = await decideRequests(tx, held, input);
  const left = held.flatMap((one, index) => {
    const refusal = refusals[index];
    return refusal && refusal.code !== 'NOT_PENDING' ? [{ ...one, refusal }] : [];
  });
  if (left.length > 0) await tellLeftWaiting(tx, left, input);
  const byId = new Map(held.map(({ exception }, index) => [exception.exceptionId, refusals[index] ?? null]));
  return exceptions.map(({ exceptionId }): Performed => {
    const refusal = byId.get(exceptionId);
    if (refusal === null) return { outcome: 'DONE', detail: null };
    // asked for again since, by somebody else
    if (refusal === undefined) return { outcome: 'DECIDED_OTHERWISE', detail: null };
    const { code, message: detail } = refusal;
    return { outcome: code === 'NOT_PENDING' ? 'DECIDED_OTHERWISE' : (LEFT[code] ?? 'REFUSED'), detail };
  });
}
