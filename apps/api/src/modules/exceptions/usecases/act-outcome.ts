import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { findPeople } from '../../identity/index.js';
import { whyHangingBars } from '../domain/acceptance.js';
import { isActOfQueue, queueTitle } from '../domain/queues.js';
import type { NoteProblemCode } from '../domain/mentions.js';
import type { StoredException } from '../domain/stored-exception.js';
import { findHangingOn } from '../duplicates.repository.js';
import { findLatestEvents } from '../exception-parts.repository.js';
import { lockExceptions } from '../exceptions.repository.js';

/** Why an act was not done, where that is nobody's fault. */
export type ActFailureCode =
  | NoteProblemCode
  | 'INVALID_TICKET'
  | 'NOT_ASSIGNABLE'
  | 'OWNER_NOT_FOUND'
  | 'OWNER_CANNOT_WORK'
  | 'NOT_MOVABLE'
  | 'QUEUE_NOT_FOUND'
  | 'NOT_OF_QUEUE'
  | 'NOT_RATEABLE'
  | 'STALE_VERSION'
  | 'NOTHING_SELECTED'
  | 'NOT_POSSIBLE_NOW'
  | 'PREDICATE_MET_ALREADY'
  | 'PREDICATE_CANNOT_BE_EVALUATED'
  | 'NO_DUPLICATE'
  | 'NOT_PENDING'
  | 'MAKER_MAY_NOT_DECIDE'
  | 'CHANGED_SINCE_REQUEST'
  | 'ABOVE_LIMIT'
  | 'EXPIRED';

/** What an act of a person brought: all of it, or nothing and why. */
export type ActOutcome =
  | {
      kind: 'changed';
      exceptionIds: string[];
      warnings?: string[];
      /** What has to be said of each of them, in their order; null = nothing. */
      notes?: (string | null)[];
    }
  | ActRefusal;

export type ActRefusal = { kind: 'failure'; code: ActFailureCode; message: string; exceptionId: string | null };

/** An exception as the person saw it who acts on it. */
export type SeenException = { exceptionId: string; version: number };

/** What an act is about, with those of it that the person stated as they were seen. */
export type AskedExceptions = { exceptionIds: readonly string[]; seen?: readonly SeenException[] };

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

/** The same, refused where none are named, or one changed since it was seen. */
export async function lockUnchanged(
  tx: Tx,
  { exceptionIds, seen = [] }: AskedExceptions,
): Promise<{ exceptions: StoredException[] } | ActRefusal> {
  if (exceptionIds.length === 0) {
    const message = 'No exception is selected. Nothing was done.';
    return { kind: 'failure', code: 'NOTHING_SELECTED', message, exceptionId: null };
  }
  const exceptions = await lockAsked(tx, exceptionIds);
  const stated = new Set(seen.map(({ exceptionId }) => exceptionId));
  const judged = exceptions.filter(({ exceptionId }) => stated.has(exceptionId));
  return (await refuseStale(tx, judged, seen)) ?? { exceptions };
}

/** Refuses what somebody else changed since it was seen, and says who did what; null = all are as they were. */
export async function refuseStale(
  tx: Tx,
  exceptions: readonly StoredException[],
  seen: readonly SeenException[],
): Promise<ActRefusal | null> {
  const versions = new Map(seen.map(({ exceptionId, version }) => [exceptionId, version]));
  const changed = exceptions.find(({ exceptionId, version }) => versions.get(exceptionId) !== version);
  if (changed === undefined) {
    return null;
  }
  const [latest] = await findLatestEvents(tx, [changed.exceptionId]);
  const who = latest?.actorName ?? 'Somebody';
  const [owner] = changed.ownerId === null ? [] : await findPeople(tx, [changed.ownerId]);
  const isTold = owner && (latest?.kind === 'assigned' || owner.displayName !== who);
  const now = `${wordsOf(changed)}${isTold ? ` and with ${owner.displayName}` : ''} now`;
  return {
    kind: 'failure',
    code: 'STALE_VERSION',
    message: `${who} changed ${changed.objectKey} since you looked at it: it is ${now}. Nothing was done.`,
    exceptionId: changed.exceptionId,
  };
}

/** An act that this state does not know. */
export function notPossible(exception: StoredException, wanted: string): ActRefusal {
  const message = `${exception.objectKey} is ${wordsOf(exception)}: ${wanted} is not possible now. Nothing was done.`;
  return { kind: 'failure', code: 'NOT_POSSIBLE_NOW', message, exceptionId: exception.exceptionId };
}

/** Refuses to close without correction what lies in a queue where that is not done; null = it may be. */
export function refuseByQueue({ queue, exceptionId }: StoredException): ActRefusal | null {
  if (queue === null || isActOfQueue(queue, 'accept')) {
    return null;
  }
  const message = `In the queue ${queueTitle(queue)} nothing is closed without correction.`;
  return { kind: 'failure', code: 'NOT_OF_QUEUE', message, exceptionId };
}

/** Refuses, for each, to close without correction on which a duplicate hangs that may not be closed so; null = it may be. */
export async function refuseByHanging(tx: Tx, exceptions: readonly StoredException[]): Promise<(ActRefusal | null)[]> {
  const ids = exceptions.map(({ exceptionId }) => exceptionId);
  const hanging = await findHangingOn(tx, ids);
  return ids.map((exceptionId) => {
    const message = whyHangingBars(hanging.get(exceptionId));
    return message === null ? null : { kind: 'failure', code: 'NOT_OF_QUEUE', message, exceptionId };
  });
}

/** PENDING_APPROVAL → "pending approval". */
function wordsOf({ state }: StoredException): string {
  return state.toLowerCase().replaceAll('_', ' ');
}
