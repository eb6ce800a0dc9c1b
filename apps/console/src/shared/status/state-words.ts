import type {
  ExceptionResolution,
  ExceptionState,
  PriorityBand,
  RequeueAttemptState,
  RequeueRequestState,
  TransactionState,
} from '../../gql/graphql.js';
import type { Tone } from './status.js';

export type Worded = { tone: Tone; word: string };

const EXCEPTION: Record<ExceptionState, Worded> = {
  OPEN: { tone: 'critical', word: 'Open' },
  IN_PROGRESS: { tone: 'warning', word: 'In progress' },
  WAITING: { tone: 'waiting', word: 'Waiting' },
  PENDING_APPROVAL: { tone: 'waiting', word: 'Awaits approval' },
  REQUEUED: { tone: 'info', word: 'Sent again' },
  RESOLVED: { tone: 'good', word: 'Resolved' },
  ACCEPTED: { tone: 'unknown', word: 'Closed without correction' },
  DUPLICATE: { tone: 'unknown', word: 'Duplicate' },
};

const RESOLUTION: Record<ExceptionResolution, string> = {
  VERIFIED_REQUEUE: 'Resolved, verified',
  PROVED_BY_PERSON: 'Resolved, proved by a person',
  COMPENSATED: 'Resolved, undone',
  SOURCE_FIXED: 'Resolved at source',
  POSTED_BY_HAND: 'Posted by hand',
  VANISHED: 'Resolved, gone by itself',
};

export function exceptionState(state: ExceptionState, resolution: ExceptionResolution | null | undefined): Worded {
  if (state === 'RESOLVED' && resolution) return { tone: 'good', word: RESOLUTION[resolution] };
  return EXCEPTION[state];
}

const PRIORITY: Record<PriorityBand, Tone> = { P1: 'critical', P2: 'warning', P3: 'info', P4: 'waiting' };

export function priorityBand(band: PriorityBand): Tone {
  return PRIORITY[band];
}

const TRANSACTION: Record<TransactionState, Worded> = {
  CANCELLED: { tone: 'unknown', word: 'Cancelled' },
  COMPLETED: { tone: 'good', word: 'Completed' },
  BLOCKED: { tone: 'critical', word: 'Blocked' },
  LATE: { tone: 'critical', word: 'Late' },
  AT_RISK: { tone: 'warning', word: 'At risk' },
  WAITING: { tone: 'waiting', word: 'Waiting' },
  RUNNING: { tone: 'info', word: 'Running' },
};

export function transactionState(state: TransactionState): Worded {
  return TRANSACTION[state];
}

const MILESTONE: Record<string, Worded> = {
  REACHED: { tone: 'good', word: 'Reached' },
  REACHED_LATE: { tone: 'warning', word: 'Reached late' },
  SKIPPED: { tone: 'unknown', word: 'Skipped' },
  PENDING: { tone: 'waiting', word: 'To come' },
  AT_RISK: { tone: 'warning', word: 'At risk' },
  OVERDUE: { tone: 'critical', word: 'Overdue' },
  BLOCKED: { tone: 'critical', word: 'Blocked' },
};

export function milestoneState(state: string): Worded {
  return MILESTONE[state] ?? { tone: 'unknown', word: state };
}

const ATTEMPT: Record<RequeueAttemptState, Worded> = {
  QUEUED: { tone: 'waiting', word: 'Queued' },
  SENDING: { tone: 'info', word: 'Sending' },
  ACKNOWLEDGED: { tone: 'info', word: 'Sent, waiting for the outcome' },
  REFUSED: { tone: 'critical', word: 'Refused' },
  UNKNOWN: { tone: 'unknown', word: 'No answer' },
  FAILED: { tone: 'critical', word: 'Failed again' },
  VERIFIED: { tone: 'good', word: 'Verified' },
  CANCELLED: { tone: 'unknown', word: 'Cancelled' },
};

export function attemptState(state: RequeueAttemptState): Worded {
  return ATTEMPT[state];
}

const REQUEST: Record<RequeueRequestState, Worded> = {
  PLANNING: { tone: 'info', word: 'Being planned' },
  PLANNED: { tone: 'waiting', word: 'Planned' },
  FREEZING: { tone: 'info', word: 'Being written' },
  PENDING_APPROVAL: { tone: 'waiting', word: 'Awaits approval' },
  APPROVING: { tone: 'info', word: 'Being let go' },
  CLOSING: { tone: 'info', word: 'Being given back' },
  REJECTED: { tone: 'warning', word: 'Not approved' },
  EXPIRED: { tone: 'warning', word: 'Expired' },
  WITHDRAWN: { tone: 'unknown', word: 'Withdrawn' },
  SENDING: { tone: 'info', word: 'Sending' },
  PAUSED: { tone: 'waiting', word: 'Paused' },
  STOPPED: { tone: 'critical', word: 'Stopped by itself' },
  CANCELLED: { tone: 'unknown', word: 'Cancelled' },
  FINISHED: { tone: 'good', word: 'All sent' },
};

/** Where a decision to send again is. */
export function requestState(state: RequeueRequestState): Worded {
  return REQUEST[state];
}
