import { toStorableText } from '@throughline/canonical';
import { readRequeueAnswer, type RequeueAnswer } from '@throughline/contracts';
import { backOffMs, type OutboundResult } from '../../../outbound/index.js';

export const ATTEMPT_STATES = [
  'QUEUED',
  'SENDING',
  'ACKNOWLEDGED',
  'REFUSED',
  'UNKNOWN',
  'FAILED',
  'VERIFIED',
  'CANCELLED',
] as const;

export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** What decisions about the sending of an attempt look at. */
export type Sending = {
  state: AttemptState;
  transmissions: number;
  /** Start of the latest transmission. */
  sentAt: Date | null;
  /** Since when it is carried to its target: its first transmission or, before that, its release; times of waiting for its turn or for hours left out. */
  carriedSince: Date;
  /** Some transmission got no answer: it may have been applied. */
  mayHaveApplied: boolean;
};

export type Target = {
  /** It keeps idempotency keys: one attempt may be transmitted again although it may have been applied. */
  isIdempotent: boolean;
  /** Where it tells what became of a send; null = it cannot be asked. */
  statusUrl: string | null;
};

/**
 * What may have been applied goes out again by itself only where that harms nothing and the target cannot be asked. Who sends it asks
 * telemetry first: what that tells of does not go out again.
 */
function isSentAgainUnasked({ isIdempotent, statusUrl }: Target): boolean {
  return isIdempotent && statusUrl === null;
}

/** Who reads a target while it is being changed may still send to it as it was. */
const CHANGE_MS = 5_000;

/** Whether a target may be another one than an attempt went to: what it says or keeps now is nothing about that one. */
export function isAnotherSince(sentAt: Date | null, changedAt: Date | null): boolean {
  return sentAt !== null && changedAt !== null && changedAt.getTime() + CHANGE_MS >= sentAt.getTime();
}

/** How long an attempt is carried to its target before it is given up. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** A transmission that is younger may still be under way in another worker: longer than any time-out of the client. */
export const IN_FLIGHT_MS = 30_000;

/** Wait before the same attempt goes out again after no answer. */
const AFTER_UNKNOWN_MS = 30_000;

/** Without an answer so often, the target will not tell; telemetry has to. */
const MAX_UNANSWERED = 8;

export type Begin =
  | { kind: 'transmit'; mayHaveApplied: boolean }
  | { kind: 'later'; at: Date }
  | { kind: 'unknown' }
  | { kind: 'nothing' };

/**
 * What to do when it is an attempt's turn. SENDING means that a worker died (or is still busy) between writing "sending" and writing the
 * outcome: whether the request left is not known. Then, as after no answer, the same key and bytes go out again if the target is
 * declared idempotent and cannot be asked, and otherwise not: its status call, telemetry or a person can tell.
 */
export function begin(sending: Sending, target: Target, now: Date): Begin {
  switch (sending.state) {
    case 'QUEUED':
      return { kind: 'transmit', mayHaveApplied: sending.mayHaveApplied };
    case 'SENDING': {
      const freeAt = new Date((sending.sentAt ?? sending.carriedSince).getTime() + IN_FLIGHT_MS);
      if (freeAt > now) {
        return { kind: 'later', at: freeAt };
      }
      return isSentAgainUnasked(target) ? { kind: 'transmit', mayHaveApplied: true } : { kind: 'unknown' };
    }
    case 'UNKNOWN':
      return isSentAgainUnasked(target) ? { kind: 'transmit', mayHaveApplied: true } : { kind: 'nothing' };
    default:
      return { kind: 'nothing' };
  }
}

/** What is known of the attempt after a transmission, and when the same attempt goes out again (null = not by us). */
export type Outcome = {
  state: 'ACKNOWLEDGED' | 'REFUSED' | 'UNKNOWN' | 'QUEUED';
  mayHaveApplied: boolean;
  retryAt: Date | null;
  httpStatus: number | null;
  answer: string;
};

/** Longest stored answer, in characters. */
const LONGEST_ANSWER = 2_000;

/**
 * Outcome by the public contract: 2xx and 409 (already processed) acknowledge, other 4xx refuse, 429 and 5xx say "later", no answer
 * is unknown. 502 and 504 say "later" too, but a gateway said so: the target may be at work on it. A refusal after a transmission without answer settles nothing: that one may have been applied.
 */
export function afterTransmission(
  result: OutboundResult,
  sending: Sending,
  target: Target,
  now: Date,
  random: number,
): Outcome {
  const isExhausted = isExhaustedAt(sending, now);
  const unsettled = sending.mayHaveApplied ? 'UNKNOWN' : 'QUEUED';
  const waitMs = backOffMs(sending.transmissions, result.kind === 'retryable' ? result.afterMs : null, random);
  // a target may ask for a wait beyond the end: then it is asked a last time there
  const retryAt = new Date(Math.min(now.getTime() + waitMs, sending.carriedSince.getTime() + GIVE_UP_AFTER_MS));
  const told = describe(result);
  const base = { ...told, mayHaveApplied: sending.mayHaveApplied, retryAt: null };
  const refused: Outcome = { ...base, state: sending.mayHaveApplied ? 'UNKNOWN' : 'REFUSED' };
  switch (result.kind) {
    case 'success':
    case 'rejected':
    case 'retryable':
      switch (readingOf(result)) {
        case 'acknowledged':
          return { ...base, state: 'ACKNOWLEDGED' };
        case 'refused':
          return refused;
        case 'try-later': {
          if (!BY_GATEWAYS.has(result.status)) {
            return isExhausted ? givenUp(refused) : { ...base, state: unsettled, retryAt };
          }
          const unknown: Outcome = { ...base, state: 'UNKNOWN', mayHaveApplied: true };
          if (!isSentAgainUnasked(target)) return unknown;
          return isExhausted ? givenUp(unknown) : { ...unknown, retryAt };
        }
      }
    case 'notSent':
      if (result.isPermanent) {
        return refused;
      }
      return isExhausted ? givenUp(refused) : { ...base, state: unsettled, retryAt };
    case 'unknown': {
      const isAgain = isSentAgainUnasked(target) && !isExhausted && sending.transmissions < MAX_UNANSWERED;
      const againAt = new Date(now.getTime() + Math.max(AFTER_UNKNOWN_MS, waitMs));
      return { ...base, state: 'UNKNOWN', mayHaveApplied: true, retryAt: isAgain ? againAt : null };
    }
  }
}

function isExhaustedAt({ carriedSince }: Sending, now: Date): boolean {
  return now.getTime() - carriedSince.getTime() >= GIVE_UP_AFTER_MS;
}

/** What becomes of an attempt whose target is not reached, so that it is not transmitted now; null = it waits. */
export function afterWaiting(sending: Sending, mayHaveApplied: boolean, now: Date): Outcome | null {
  if (!isExhaustedAt(sending, now)) return null;
  const state = mayHaveApplied ? 'UNKNOWN' : 'REFUSED';
  return givenUp({ state, mayHaveApplied, retryAt: null, httpStatus: null, answer: 'the target is not reached' });
}

function givenUp(outcome: Outcome): Outcome {
  return { ...outcome, answer: cut(`given up after 24 h: ${outcome.answer}`) };
}

/** Answers of something before the target, which did not hear from it (RFC 9110, 15.6.3 and 15.6.5). */
const BY_GATEWAYS: ReadonlySet<number | null> = new Set([502, 504]);

type Answered = Extract<OutboundResult, { status: unknown }>;

const READ_BY_KIND = { success: 'acknowledged', rejected: 'refused', retryable: 'try-later' } as const;

/** By the status of HTTP, unless there is none or its adapter found a failure in what says success. */
function readingOf(result: Answered): RequeueAnswer {
  const { status } = result;
  return status === null || (status >= 200 && status < 300) ? READ_BY_KIND[result.kind] : readRequeueAnswer(status);
}

const GONE = 410;

function describe(result: OutboundResult): { httpStatus: number | null; answer: string } {
  if (!('status' in result)) return { httpStatus: null, answer: cut(result.reason) };
  const words = wordsOf(result.status);
  const answer = words === null ? result.body : `${words} ${result.body}`.trim();
  return { httpStatus: result.status, answer: cut(answer) };
}

/** What a status says that its body may not. */
function wordsOf(status: number | null): string | null {
  if (status === GONE) return 'the target is gone.';
  return status !== null && status >= 300 && status < 400 ? 'the target redirects, which is not followed.' : null;
}

function cut(text: string): string {
  return toStorableText(text.slice(0, LONGEST_ANSWER));
}
