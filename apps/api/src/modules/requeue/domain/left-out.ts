import { canRequeue, isActOfQueue, type StoredException } from '../../exceptions/index.js';
import { passedDateOf, type PaymentDates } from './payment-dates.js';

/** Why something is not sent; the code of the failure when nothing is. */
export const LEFT_OUT_CODES = [
  'ALREADY_REQUEUED',
  'OPEN_CLAIM',
  'OUTCOME_UNKNOWN',
  'NOT_REQUEUEABLE',
  'NO_REQUEUE_TARGET',
  'ALREADY_PROCESSED',
  'CANCELLED_OR_REVERSED',
  'SUPERSEDED',
  'PERIOD_CLOSED',
  'LOOK_ALIKE_POSTED',
  'CARRY_FORWARD_NEEDED',
  'OBJECT_IN_SELECTION',
  'BLOCKED_BY_PREDECESSOR',
  'NO_SUCH_VERSION',
  'STALE_VERSION',
  'PAYLOAD_UNFIT',
  'NOT_PLANNED',
] as const;

export type LeftOutCode = (typeof LEFT_OUT_CODES)[number];

export type LeftOut = { code: LeftOutCode; reason: string };

/** How a target stands: what it needs and does not have. */
export type TargetStanding = { missing: readonly string[] };

/** Who holds the claim of an exception, or of another one of the same object and integration. */
export type ClaimStanding =
  /** Waits for approval, or to go out. */
  | 'waiting'
  | 'sent'
  /** No answer: it may have been applied. */
  | 'unknown';

/** What the lineage says of the document since it failed; null = nothing of the kind. */
export type SinceFailure = {
  /** The step is behind it by now. */
  isOvercome: boolean;
  /** What undid it: "reversed". */
  undone: string | null;
  /** What made a newer version of it: "changed", or "version 3". */
  newer: string | null;
  /** "2026-09 of DE01". */
  closedPeriod: string | null;
  /** A document of the same kind, partner and amount that was posted since. */
  lookAlike: string | null;
};

export const NOTHING_SINCE: SinceFailure = {
  isOvercome: false,
  undone: null,
  newer: null,
  closedPeriod: null,
  lookAlike: null,
};

/** What somebody asked for in spite of what the plan says. */
export type InSpiteOf = { predecessors?: boolean; lookAlikes?: boolean; passedDates?: boolean };

/** What of an exception decides whether it is sent. */
export type AskedException = Pick<
  StoredException,
  | 'exceptionId'
  | 'objectId'
  | 'objectType'
  | 'objectKey'
  | 'integration'
  | 'state'
  | 'queue'
  | 'legalEntity'
  | 'postingPeriod'
>;

export type Sendable = {
  exception: AskedException;
  /** Null = the integration takes nothing that is sent again. */
  target: TargetStanding | null;
  /** Null = free to be sent. */
  claim: ClaimStanding | null;
  /** Why what would be sent of it cannot be; null = it can. */
  unfit?: LeftOut | null;
  since: SinceFailure;
  /** Null = it moves no money. */
  dates?: PaymentDates | null;
};

/** Why this exception is not sent, whatever else is; null = it can be. What is surely wrong comes before what may be. */
export function whyLeftOut(
  { exception, target, claim, unfit = null, since, dates = null }: Sendable,
  wish: InSpiteOf,
  now: Date,
): LeftOut | null {
  return (
    byClaim(exception, claim) ??
    byState(exception) ??
    byTarget(exception, target) ??
    unfit ??
    bySince(since) ??
    byChance(since, dates, wish, now)
  );
}

function byClaim(exception: AskedException, claim: ClaimStanding | null): LeftOut | null {
  switch (claim) {
    case 'unknown':
      return leftOut('OUTCOME_UNKNOWN', 'It was sent and nobody answered: it may have been applied.');
    case 'waiting':
      return leftOut('OPEN_CLAIM', 'It is part of a request that has not gone out yet.');
    case 'sent':
      return leftOut('ALREADY_REQUEUED', 'It has been sent again already and the outcome is not known yet.');
    case null:
      return exception.state === 'REQUEUED'
        ? leftOut('ALREADY_REQUEUED', 'It has been sent again already and the outcome is not known yet.')
        : null;
  }
}

/** Why what was frozen may not go out any more, as things are by now; null = nothing of the kind. */
export function whyNoMore({ queue }: Pick<StoredException, 'queue'>, since: SinceFailure): LeftOut | null {
  return byQueue(queue) ?? bySince(since) ?? byLookAlike(since);
}

function byState({ state, queue }: AskedException): LeftOut | null {
  return canRequeue(state)
    ? byQueue(queue)
    : leftOut('NOT_REQUEUEABLE', `In state ${state} there is nothing to send again.`);
}

function byQueue(queue: AskedException['queue']): LeftOut | null {
  return isActOfQueue(queue, 'requeue')
    ? null
    : leftOut('NOT_REQUEUEABLE', 'In its queue nothing is sent again: it is put right where it came from.');
}

function byTarget({ integration }: AskedException, target: TargetStanding | null): LeftOut | null {
  if (integration === '') {
    return leftOut('NO_REQUEUE_TARGET', 'No integration failed here, so there is nothing to send again.');
  }
  if (target === null) {
    return leftOut('NO_REQUEUE_TARGET', `Integration ${integration} has no address that takes requeues.`);
  }
  return target.missing.length > 0
    ? leftOut(
        'NO_REQUEUE_TARGET',
        `The target of integration ${integration} is not complete: ${target.missing.join(', ')}.`,
      )
    : null;
}

function bySince({ isOvercome, undone, newer, closedPeriod }: SinceFailure): LeftOut | null {
  if (isOvercome) return leftOut('ALREADY_PROCESSED', 'The step was overcome since it failed.');
  if (undone !== null) return leftOut('CANCELLED_OR_REVERSED', `The document was ${undone}.`);
  if (newer !== null) return leftOut('SUPERSEDED', `A newer version of the document exists: ${newer}.`);
  return closedPeriod === null
    ? null
    : leftOut('PERIOD_CLOSED', `Posting period ${closedPeriod} is closed: what is sent now cannot be posted.`);
}

function byLookAlike({ lookAlike }: SinceFailure): LeftOut | null {
  return lookAlike === null
    ? null
    : leftOut('LOOK_ALIKE_POSTED', `${lookAlike} was posted since and looks the same: sent again it may be double.`);
}

function byChance(since: SinceFailure, dates: PaymentDates | null, wish: InSpiteOf, now: Date): LeftOut | null {
  const double = wish.lookAlikes === true ? null : byLookAlike(since);
  if (double !== null) return double;
  const passed = wish.passedDates === true ? null : passedDateOf(dates, now);
  return passed === null
    ? null
    : leftOut('CARRY_FORWARD_NEEDED', `${passed}: it goes out only when it is explicitly carried forward.`);
}

function leftOut(code: LeftOutCode, reason: string): LeftOut {
  return { code, reason };
}
