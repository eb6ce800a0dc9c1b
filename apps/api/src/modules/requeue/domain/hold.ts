import type { AttemptState } from './attempt.js';
import type { RequestState } from './request-life.js';

/** What an attempt whose job has come is to do, by where its request is. */
export type Hold =
  | 'go'
  /** Its run releases it when it is its turn; there will be another job. */
  | 'not-released'
  /** It has not gone out: its run takes it back and releases it when it goes on. */
  | 'hold-back'
  /** What became of it at its target is not known: it is looked at again later. */
  | 'look-again'
  /** It has not gone out and never will. */
  | 'end'
  /** It may be at its target, and is not sent to it again. */
  | 'leave';

/** Whether an attempt may go out while its request is paused, stopped or ended. */
export function holdOf(request: RequestState, attempt: AttemptState, isReleased: boolean): Hold {
  switch (request) {
    case 'SENDING':
    // an answer that never came is asked for once more
    case 'FINISHED':
      return isReleased || attempt !== 'QUEUED' ? 'go' : 'not-released';
    case 'PAUSED':
    case 'STOPPED':
      if (attempt === 'QUEUED') return isReleased ? 'hold-back' : 'not-released';
      return 'look-again';
    case 'CANCELLED':
      return attempt === 'QUEUED' ? 'end' : 'leave';
    default:
      return 'not-released';
  }
}
