import type { ObjectType } from '@throughline/canonical';
import type { RequestAction } from '@throughline/contracts';
import { SENDING_HOP } from '../../exceptions/index.js';
import type { StatedProblem } from '../../reconciliation/index.js';
import type { DoublePost } from './double-post.js';

/** An attempt and its object, as far as problems tell of them. */
export type ProvedAttempt = {
  attemptId: string;
  requestId: string;
  attempt: number;
  action: RequestAction;
  integration: string;
  objectId: string;
  objectType: ObjectType;
  objectKey: string;
};

/** Taken by the target, or perhaps, and not seen downstream by then. */
export type UnverifiedAttempt = ProvedAttempt & { state: 'ACKNOWLEDGED' | 'UNKNOWN'; verifyBy: Date };

function problemOf(attempt: ProvedAttempt, since: Date): Omit<StatedProblem, 'taxonomy' | 'headline' | 'message'> {
  return {
    subject: { subjectId: attempt.objectId, type: attempt.objectType, key: attempt.objectKey },
    hop: `${SENDING_HOP}${attempt.integration}`,
    discriminators: {},
    amount: null,
    direction: null,
    legalEntity: null,
    counterparty: null,
    occurrences: 1,
    since,
    lastOccurredAt: since,
  };
}

/** What was asked of the target. */
const ASKED: Readonly<Record<RequestAction, string>> = {
  requeue: 'Sent again',
  reverse: 'Reversal asked for',
  cancel: 'Cancellation asked for',
  notify: 'Notice sent',
};

/** That the outcome of a send was not seen in time: a clock's problem where the target took it, the platform's where it did not say. */
export function unverifiedProblem(attempt: UnverifiedAttempt): StatedProblem {
  const by = attempt.verifyBy.toISOString().slice(0, 16).replace('T', ' ');
  const isTaken = attempt.state === 'ACKNOWLEDGED';
  return {
    ...problemOf(attempt, attempt.verifyBy),
    taxonomy: isTaken ? 'timing-and-sequence.outcome-not-seen' : 'platform.time-out',
    headline: `${ASKED[attempt.action]}, ${isTaken ? 'outcome not seen in time' : 'no answer and no outcome in time'}`,
    message: isTaken
      ? `The target took attempt ${attempt.attempt}, and its outcome was not seen downstream by ${by} UTC.`
      : `The target did not answer attempt ${attempt.attempt}, and its outcome was not seen downstream by ${by} UTC.`,
  };
}

/** That one send made several documents, or did together with an earlier one that was taken for not applied. */
export function doublePostProblem(
  attempt: ProvedAttempt,
  { type, documents }: DoublePost,
  { since, isWithEarlier }: { since: Date; isWithEarlier: boolean },
): StatedProblem {
  const keys = documents.map(({ key }) => key);
  const what = `${keys.length} documents of one kind: ${type} ${keys.join(', ')}.`;
  return {
    ...problemOf(attempt, since),
    ...doublePostIdentity(type, attempt.attempt),
    headline: isWithEarlier ? 'Sent again, posted by both' : 'Sent once, posted more than once',
    message: isWithEarlier
      ? `Attempt ${attempt.attempt} and an earlier one, which was taken for not applied, made ${what}`
      : `Attempt ${attempt.attempt} made ${what}`,
  };
}

/** Kinds of document of which a second one pays twice. */
const MONEY_TYPES: ReadonlySet<string> = new Set(['payment', 'payment-batch']);

/** What tells one double posting of an object from others. */
export function doublePostIdentity(
  documentType: string,
  attempt: number,
): { taxonomy: string; discriminators: Record<string, string> } {
  return {
    taxonomy: MONEY_TYPES.has(documentType) ? 'cash-and-payment.duplicate-payment' : 'data-quality.duplicate',
    discriminators: { documentType, attempt: String(attempt) },
  };
}
