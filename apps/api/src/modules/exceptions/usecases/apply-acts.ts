import type { Tx } from '@throughline/persistence';
import { recordAudits, type Actor } from '../../audit/index.js';
import { afterAct, canApply, isOpen, stateWithout, type Act, type ExceptionState } from '../domain/life-cycle.js';
import type { Standing, StoredException } from '../domain/stored-exception.js';
import { lookSooner } from '../escalation/clock-look.repository.js';
import { insertExceptionEvents, notifyExceptionsChanged, updateExceptions } from '../exceptions.repository.js';
import { tellPeople } from '../people/tell-people.js';

/** One act on one exception; the timeline and the audit log tell it under the same words. */
export type ActOnException = {
  exception: StoredException;
  /** Null = a step that changes no state. */
  act: Act | null;
  /** Where the act brings back a remembered state: which. */
  backTo?: ExceptionState;
  /** Where a person names what it is a duplicate of: that. */
  duplicateOf?: string;
  /** Who has it in hand from now on; null = nobody. */
  ownerId?: string | null;
  /** What the person says about its queue or priority. */
  standing?: Partial<Standing>;
  /** Kind in the timeline, e.g. "requeue-failed". */
  kind: string;
  details: Record<string, unknown>;
  /** When it became true, where that is not the time of recording. */
  resolvedAt?: Date;
};

export type ActContext = {
  actor: Actor;
  at: Date;
  traceId?: string | undefined;
  /** The bulk act that this is part of; timeline and audit record name it. */
  bulkActId?: string | undefined;
};

/**
 * Does the acts on exceptions that the caller holds locked (lockExceptions): state, timeline, audit record and notifications of open
 * pages and of people in the caller's transaction. On a duplicate the act goes to the state that it would come back to.
 */
export async function applyActs(
  tx: Tx,
  context: ActContext,
  acts: readonly ActOnException[],
): Promise<StoredException[]> {
  const { actor, at, traceId, bulkActId } = context;
  const ofBulk = bulkActId === undefined ? {} : { bulkActId };
  const after = acts.map((one) => changed(one, at));
  await updateExceptions(
    tx,
    after.filter((row, index) => row !== acts[index]?.exception),
    at,
  );
  await lookSooner(
    tx,
    at,
    acts.map(({ exception }, index) => ({ before: exception, after: after[index]! })),
  );
  await insertExceptionEvents(
    tx,
    acts.map(({ exception, kind, details }) => ({
      exceptionId: exception.exceptionId,
      kind,
      details: { ...details, ...ofBulk },
      actorId: actor.id,
      actorName: actor.name,
    })),
    at,
  );
  await recordAudits(
    tx,
    acts.map(({ exception, kind, details }, index) => ({
      at,
      actor,
      action: `exception.${kind}`,
      subject: { type: 'exception', id: exception.exceptionId },
      details: { ...details, ...ofBulk, state: after[index]?.state },
      traceId,
    })),
  );
  await notifyExceptionsChanged(
    tx,
    after.map((exception) => exception.exceptionId),
  );
  await tellPeople(
    tx,
    context,
    acts.map(({ exception, kind, details }, index) => ({ before: exception, after: after[index]!, kind, details })),
  );
  return after;
}

function changed(
  { exception, act, backTo, duplicateOf, ownerId, standing, resolvedAt }: ActOnException,
  at: Date,
): StoredException {
  const acted = act === null ? exception : transitioned(exception, { act, backTo }, resolvedAt ?? at);
  const moved = duplicateOf === undefined ? acted : { ...acted, duplicateOf, isDuplicateByHand: true };
  if (moved === exception && ownerId === undefined && standing === undefined) {
    return exception;
  }
  const owner = ownerId === undefined ? moved.ownerId : ownerId;
  return {
    ...moved,
    ownerId: owner,
    ...standing,
    // also what comes back from waiting or from who decides, and was handed back meanwhile
    state: stateWithout(owner, moved.state),
    version: exception.version + 1,
  };
}

function transitioned(
  exception: StoredException,
  { act, backTo }: { act: Act; backTo: ExceptionState | undefined },
  at: Date,
): StoredException {
  const version = exception.version + 1;
  const isDuplicate = exception.state === 'DUPLICATE';
  const from = isDuplicate ? (exception.stateBeforeDuplicate ?? 'OPEN') : exception.state;
  if (isDuplicate && !canApply(from, act)) {
    return exception;
  }
  const { state, resolution } = afterAct(from, act, backTo);
  const ended = { version, resolution, resolvedAt: isOpen(state) ? null : at };
  return isDuplicate ? { ...exception, ...ended, stateBeforeDuplicate: state } : { ...exception, ...ended, state };
}
