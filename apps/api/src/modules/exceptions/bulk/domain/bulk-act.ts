import type { Permission } from '../../../identity/index.js';
import type { SmallSums } from '../../domain/acceptance.js';
import { isFreeToMove } from '../../domain/standing.js';
import { canApply, isOpen, type Act, type ExceptionState } from '../../domain/life-cycle.js';
import type { PriorityBand } from '../../domain/priority.js';
import { isActOfQueue, type QueueName } from '../../domain/queues.js';
import type { StoredException } from '../../domain/stored-exception.js';
import type { WaitTerms } from '../../domain/wait.js';

export const BULK_ACT_KINDS = [
  'ASSIGN',
  'HAND_BACK',
  'MOVE',
  'PRIORITISE',
  'SNOOZE',
  'START',
  'PUT_BACK',
  'WAIT',
  'RESOLVE',
  'NOTE',
  'ACCEPT',
  'REROUTE',
  'APPROVE_ACCEPTANCES',
  'REJECT_ACCEPTANCES',
  'WITHDRAW_ACCEPTANCES',
] as const;

export type BulkActKind = (typeof BULK_ACT_KINDS)[number];

/** Acts that decide what another act asked for; they are asked for by that act, never with a selection. */
export const DECIDING_KINDS = ['APPROVE_ACCEPTANCES', 'REJECT_ACCEPTANCES', 'WITHDRAW_ACCEPTANCES'] as const;

export type DecidingKind = (typeof DECIDING_KINDS)[number];

/** Whether an act decides what another one asked for. */
export function isDeciding(kind: BulkActKind): kind is DecidingKind {
  return (DECIDING_KINDS as readonly BulkActKind[]).includes(kind);
}

/** What is done with each exception of a selection; why, a person says beside it. */
export type BulkAct =
  /** Forwarded = who is away is given nothing: who stands in gets it. */
  | { kind: 'ASSIGN'; ownerId: string; isForwarded?: boolean }
  | { kind: 'MOVE'; queue: QueueName }
  /** Null = as rated again. */
  | { kind: 'PRIORITISE'; band: PriorityBand | null }
  | { kind: 'SNOOZE'; until: Date | null; isUntilNextOccurrence: boolean }
  | { kind: 'WAIT'; waitReason: string; terms: WaitTerms }
  /** The sums are frozen with the selection. */
  | { kind: 'ACCEPT'; reasonCode: string; sums?: SmallSums; counterpartySums?: SmallSums }
  | { kind: DecidingKind; ofActId: string }
  | { kind: 'HAND_BACK' | 'START' | 'PUT_BACK' | 'RESOLVE' | 'NOTE' | 'REROUTE' };

export const BULK_OUTCOMES = [
  /** Not looked at yet; of a bulk act that was cancelled: never. */
  'PENDING',
  'DONE',
  /** In its queue already, and given to whom the rule names. */
  'ASSIGNED',
  /** Above the limit: a second person decides. */
  'APPROVAL_ASKED',
  /** There was nothing to do: it is as the act would leave it. */
  'ALREADY_SO',
  /** Somebody or something changed it since the selection was frozen. */
  'CHANGED',
  'CLOSED',
  /** Being sent again: what becomes of that is waited for. */
  'IN_REQUEUE',
  'IN_APPROVAL',
  'NOT_OF_QUEUE',
  /** Above what the person may approve: it waits for somebody else. */
  'ABOVE_LIMIT',
  /** It waits for this decision no more: decided before, expired or solved. */
  'DECIDED_OTHERWISE',
  'GONE',
  /** The act itself could not be done any more, whatever the exception. */
  'REFUSED',
  /** A fault of ours. */
  'FAILED',
] as const;

export type BulkOutcome = (typeof BULK_OUTCOMES)[number];

/** What of an exception decides whether the act is done. */
export type BulkSubject = Pick<StoredException, 'state' | 'queue' | 'ownerId' | 'statedBand' | 'isQueueStated'>;

/** Acts that do not mind what has happened to the exception meanwhile: a note is true of it anyhow, rules look at it as it is. */
const MINDS_NO_CHANGE: ReadonlySet<BulkActKind> = new Set(['NOTE', 'REROUTE', ...DECIDING_KINDS]);

const STATE_ACTS: Readonly<Partial<Record<BulkActKind, { act: Act; leads: ExceptionState | null }>>> = {
  START: { act: 'start', leads: 'IN_PROGRESS' },
  PUT_BACK: { act: 'put-back', leads: 'OPEN' },
  // those that wait can be told to wait for something else
  WAIT: { act: 'wait', leads: null },
  RESOLVE: { act: 'resolve', leads: null },
  ACCEPT: { act: 'accept', leads: null },
};

/**
 * Why the act is not done with this exception; null = it is. Refuses exactly what the act on one exception refuses, and leaves alone
 * what that leaves as it is. `hasChanged` = it is no longer as it was when the selection was frozen.
 */
export function whySkipped(act: BulkAct, exception: BulkSubject, hasChanged: boolean): BulkOutcome | null {
  if (hasChanged && !MINDS_NO_CHANGE.has(act.kind)) return 'CHANGED';
  // what of it matters is seen to with the request
  if (isDeciding(act.kind)) return exception.state === 'PENDING_APPROVAL' ? null : 'DECIDED_OTHERWISE';
  const stateAct = STATE_ACTS[act.kind];
  if (stateAct !== undefined && !canApply(exception.state, stateAct.act)) {
    return exception.state === stateAct.leads ? 'ALREADY_SO' : hindranceOf(exception.state);
  }
  if (act.kind !== 'NOTE' && !isOpen(exception.state)) return 'CLOSED';
  switch (act.kind) {
    case 'ASSIGN':
      return exception.ownerId === act.ownerId ? 'ALREADY_SO' : null;
    case 'HAND_BACK':
      return exception.ownerId === null ? 'ALREADY_SO' : null;
    case 'MOVE':
      return exception.queue === act.queue ? 'ALREADY_SO' : null;
    case 'PRIORITISE':
      return act.band === null && exception.statedBand === null ? 'ALREADY_SO' : null;
    case 'ACCEPT':
      return exception.queue === null || isActOfQueue(exception.queue, 'accept') ? null : 'NOT_OF_QUEUE';
    default:
      return null;
  }
}

/** What stands in the way of an act that a state does not know. */
function hindranceOf(state: ExceptionState): BulkOutcome {
  if (state === 'REQUEUED') return 'IN_REQUEUE';
  return state === 'PENDING_APPROVAL' ? 'IN_APPROVAL' : 'CLOSED';
}

/** What can be told of an exception beforehand: rules leave alone what a person put where it is, or has in hand. */
export function forecastOf(
  act: BulkAct,
  exception: BulkSubject,
  { hasChanged, isAboveLimit }: { hasChanged: boolean; isAboveLimit: boolean },
): BulkOutcome {
  const skipped = whySkipped(act, exception, hasChanged);
  if (skipped !== null) return skipped;
  if (act.kind === 'ACCEPT' && isAboveLimit) return 'APPROVAL_ASKED';
  return act.kind === 'REROUTE' && exception.queue !== null && !isFreeToMove(exception) ? 'ALREADY_SO' : 'DONE';
}

/** Why the act cannot be done with anything any more, in words; null = it can. */
export function whyTooLate(act: BulkAct, now: Date): string | null {
  const ends = act.kind === 'SNOOZE' ? act.until : act.kind === 'WAIT' ? act.terms.expiresAt : null;
  return ends !== null && ends <= now ? 'The time until which it was asked for has passed.' : null;
}

/** Any of these rights is enough to have the act done. */
export function rightsFor(kind: BulkActKind): readonly Permission[] {
  // whoever keeps the rules may have them applied
  if (kind === 'REROUTE') return ['exception.work', 'catalog.write'];
  return isDeciding(kind) && kind !== 'WITHDRAW_ACCEPTANCES' ? ['exception.approve'] : ['exception.work'];
}

/** Why a person may not pause, resume or cancel an act: it takes the right to ask for it, and a decision is kept up by nobody else. */
export function whySteeringBarred(
  { kind, submittedById, submittedByName }: { kind: BulkActKind; submittedById: string; submittedByName: string },
  viewer: { personId: string; permissions: ReadonlySet<Permission> },
): string | null {
  if (isDeciding(kind) && submittedById !== viewer.personId) {
    return `It is the decision of ${submittedByName}: nobody else can change its course.`;
  }
  // those who only keep the rules had no say in this before
  const rights: readonly Permission[] = isDeciding(kind) ? rightsFor(kind) : ['exception.work'];
  return rights.some((right) => viewer.permissions.has(right))
    ? null
    : `This needs the permission ${rights.join(' or ')}.`;
}

/** Acts that are done only with a reason, as on one exception. */
export const NEEDS_REASON: ReadonlySet<BulkActKind> = new Set(['MOVE', 'PRIORITISE', 'SNOOZE', 'NOTE', 'ACCEPT']);

/** The act from what was stored of it: JSON knows no dates. */
export function toBulkAct(stored: Record<string, unknown>): BulkAct {
  const act = stored as unknown as BulkAct;
  const date = (value: unknown) => (value === null ? null : new Date(value as string));
  if (act.kind === 'SNOOZE') return { ...act, until: date(act.until) };
  if (act.kind !== 'WAIT') return act;
  const { until, expiresAt, ...terms } = act.terms;
  return { ...act, terms: { ...terms, until: date(until), expiresAt: new Date(expiresAt) } };
}
