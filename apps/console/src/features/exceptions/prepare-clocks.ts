import type { RequeueAttemptState, RequeueVerdict } from '../../gql/graphql.js';
import type { Tone } from '../../shared/status/status.js';

export type AttemptFact = {
  state: RequeueAttemptState;
  createdAt: string;
  sentAt: string | null;
  acknowledgedAt: string | null;
  /** when a run of its own went through; null = none told so */
  processedAt: string | null;
  finishedAt: string | null;
  httpStatus: number | null;
  answer: string | null;
  transmissions: number;
  /** what a second person said became of it */
  settlement?: { verdict: RequeueVerdict } | null;
};

export type Clock = {
  name: 'Sent' | 'Processed' | 'Verified';
  tone: Tone;
  word: string;
  at: string | null;
  explanation: string;
  /** reached, waited for now, or not begun */
  phase: 'done' | 'now' | 'later' | 'failed';
};

function answerOf(attempt: AttemptFact): string {
  return attempt.httpStatus === null
    ? ''
    : ` (HTTP ${attempt.httpStatus}${attempt.answer ? `: ${attempt.answer}` : ''})`;
}

function sentClock(attempt: AttemptFact): Clock {
  const base = { name: 'Sent', at: attempt.acknowledgedAt ?? attempt.sentAt } as const;
  const tries = attempt.transmissions > 1 ? ` ${attempt.transmissions} transmissions of the same bytes.` : '';
  switch (attempt.state) {
    case 'QUEUED':
      return { ...base, tone: 'waiting', word: 'Queued', phase: 'now', explanation: `Waits for its turn.${tries}` };
    case 'SENDING':
      return {
        ...base,
        tone: 'info',
        word: 'Sending',
        phase: 'now',
        explanation: `The integration has not answered yet; a busy one is asked again later.${tries}`,
      };
    case 'REFUSED':
      return {
        ...base,
        at: attempt.finishedAt ?? base.at,
        tone: 'critical',
        word: 'Refused',
        phase: 'failed',
        explanation: attempt.settlement
          ? 'A second person saw at the target that it was not applied.'
          : `The integration did not take it${answerOf(attempt)}. Nothing was processed.`,
      };
    case 'CANCELLED':
      return {
        ...base,
        at: attempt.finishedAt ?? base.at,
        tone: 'unknown',
        word: 'Cancelled',
        phase: 'failed',
        explanation: `It was not sent: its run was cancelled.${tries}`,
      };
    case 'UNKNOWN':
      return {
        ...base,
        tone: 'unknown',
        word: 'No answer',
        phase: 'now',
        explanation: 'It may have arrived. It is not sent again blindly: what the new run reports will tell.',
      };
    default:
      return {
        ...base,
        tone: 'good',
        word: 'Sent',
        phase: 'done',
        explanation: `The integration took it${answerOf(attempt)}.${tries}`,
      };
  }
}

function processedClock(attempt: AttemptFact): Clock {
  const base = { name: 'Processed', at: null } as const;
  if (attempt.processedAt !== null && attempt.state !== 'FAILED') {
    return {
      ...base,
      at: attempt.processedAt,
      tone: 'good',
      word: 'Processed',
      phase: 'done',
      explanation: 'The new run went through.',
    };
  }
  switch (attempt.state) {
    case 'VERIFIED':
      return {
        ...base,
        tone: 'unknown',
        word: 'Not told',
        phase: 'done',
        explanation: 'No run that names this send told of it.',
      };
    case 'FAILED':
      return {
        ...base,
        at: attempt.finishedAt,
        tone: 'critical',
        word: 'Failed again',
        phase: 'failed',
        explanation: 'The new run met the same problem. Mend its cause, then send again.',
      };
    case 'ACKNOWLEDGED':
    case 'UNKNOWN':
      return {
        ...base,
        tone: 'waiting',
        word: 'Waiting',
        phase: 'now',
        explanation: 'Waits for what the new run reports.',
      };
    case 'REFUSED':
    case 'CANCELLED':
      return { ...base, tone: 'unknown', word: 'Not begun', phase: 'later', explanation: 'There was no new run.' };
    default:
      return {
        ...base,
        tone: 'waiting',
        word: 'To come',
        phase: 'later',
        explanation: 'Begins when the integration took it.',
      };
  }
}

/** Proved by no telemetry. */
const STATED = {
  tone: 'good',
  word: 'Stated',
  phase: 'done',
  explanation: 'A second person saw at the target that it was applied. Nothing downstream proved it.',
} as const;

function verifiedClock(attempt: AttemptFact): Clock {
  const base = { name: 'Verified', at: null } as const;
  switch (attempt.state) {
    case 'VERIFIED':
      if (attempt.settlement) return { ...base, at: attempt.finishedAt, ...STATED };
      return {
        ...base,
        at: attempt.finishedAt,
        tone: 'good',
        word: 'Verified',
        phase: 'done',
        explanation: 'The business outcome was seen downstream.',
      };
    case 'FAILED':
    case 'REFUSED':
    case 'CANCELLED':
      return {
        ...base,
        tone: 'unknown',
        word: 'Not reached',
        phase: 'later',
        explanation: 'No outcome came of this attempt.',
      };
    case 'ACKNOWLEDGED':
    case 'UNKNOWN':
      return {
        ...base,
        tone: 'waiting',
        word: 'Waiting',
        phase: attempt.processedAt === null ? 'later' : 'now',
        explanation: 'Waits until the step’s outcome is seen downstream. That alone resolves it.',
      };
    default:
      return {
        ...base,
        tone: 'waiting',
        word: 'To come',
        phase: 'later',
        explanation: 'Follows when it was processed.',
      };
  }
}

/** The three clocks of one attempt: handed over, processed by the integration, proven by the business outcome. */
export function prepareClocks(attempt: AttemptFact): Clock[] {
  return [sentClock(attempt), processedClock(attempt), verifiedClock(attempt)];
}
