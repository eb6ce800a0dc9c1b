import { describe, expect, it } from '@jest/globals';
import type { AttemptState } from './attempt.js';
import { holdOf, type Hold } from './hold.js';
import { REQUEST_STATES, type RequestState } from './request-life.js';

const CASES: Record<RequestState, [queued: Hold, held: Hold, sending: Hold, unknown: Hold]> = {
  PLANNING: ['not-released', 'not-released', 'not-released', 'not-released'],
  PLANNED: ['not-released', 'not-released', 'not-released', 'not-released'],
  FREEZING: ['not-released', 'not-released', 'not-released', 'not-released'],
  PENDING_APPROVAL: ['not-released', 'not-released', 'not-released', 'not-released'],
  APPROVING: ['not-released', 'not-released', 'not-released', 'not-released'],
  CLOSING: ['not-released', 'not-released', 'not-released', 'not-released'],
  REJECTED: ['not-released', 'not-released', 'not-released', 'not-released'],
  EXPIRED: ['not-released', 'not-released', 'not-released', 'not-released'],
  WITHDRAWN: ['not-released', 'not-released', 'not-released', 'not-released'],
  SENDING: ['go', 'not-released', 'go', 'go'],
  PAUSED: ['hold-back', 'not-released', 'look-again', 'look-again'],
  STOPPED: ['hold-back', 'not-released', 'look-again', 'look-again'],
  CANCELLED: ['end', 'end', 'leave', 'leave'],
  FINISHED: ['go', 'not-released', 'go', 'go'],
};

describe('an attempt whose job has come', () => {
  it.each(REQUEST_STATES)('of a request that is %s', (state) => {
    const hold = (attempt: AttemptState, isReleased = true) => holdOf(state, attempt, isReleased);
    expect([hold('QUEUED'), hold('QUEUED', false), hold('SENDING'), hold('UNKNOWN')]).toEqual(CASES[state]);
  });
});
