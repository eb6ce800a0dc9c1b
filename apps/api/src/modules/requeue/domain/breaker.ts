import type { OutboundResult } from '../../../outbound/index.js';

/** What is known of the way to one target. */
export type Breaker = {
  /** Failures to reach it, one after the other; 0 = it was reached last. */
  failures: number;
  /** How often sending was paused since it was reached last. */
  trips: number;
  /** Nothing is sent to it until then; null = it is sent to. */
  pausedUntil: Date | null;
  /** One attempt is finding out whether it is there again; the others wait for that. */
  isOnTrial: boolean;
};

export const CLOSED_BREAKER: Breaker = { failures: 0, trips: 0, pausedUntil: null, isOnTrial: false };

/** So many failures one after the other pause the sending. */
export const FAILURES_TO_PAUSE = 5;

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** How long one attempt has to find out, when a pause is over, whether the target is there again. */
export const TRIAL_MS = 30_000;

/** Answers of what stands before a target that is not there. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** The answer of an address at which there is no target any more, and will be none (RFC 9110, 15.5.11). */
const GONE = 410;

/** How far a transmission came: to the target, not to it, or to where it was once. */
export type Reached = 'reached' | 'not-reached' | 'gone';

/** Whether the target was reached; null = a fault of ours says nothing about it. */
export function howFar(result: OutboundResult): Reached | null {
  if (result.kind === 'notSent') return result.isPermanent ? null : 'not-reached';
  if (result.kind === 'unknown') return 'not-reached';
  if (result.status === GONE) return 'gone';
  return result.status !== null && GATEWAY_STATUSES.has(result.status) ? 'not-reached' : 'reached';
}

/**
 * After one transmission. Each further failure after a pause makes the next one twice as long. A target that is gone is left alone at
 * once and for the longest time: each further attempt would be refused.
 */
export function afterTransmissionTo(breaker: Breaker, reached: Reached, now: Date): Breaker {
  if (reached === 'reached') return CLOSED_BREAKER;
  const failures = breaker.failures + 1;
  if (reached === 'gone') {
    const pausedUntil = new Date(now.getTime() + LONGEST_PAUSE_MS);
    return { failures: Math.max(failures, FAILURES_TO_PAUSE), trips: breaker.trips + 1, pausedUntil, isOnTrial: false };
  }
  // what was under way when it was paused says nothing new
  const isPausedAlready = !breaker.isOnTrial && breaker.pausedUntil !== null && breaker.pausedUntil > now;
  if (failures < FAILURES_TO_PAUSE || isPausedAlready) return { ...breaker, failures };
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** breaker.trips, LONGEST_PAUSE_MS);
  return { failures, trips: breaker.trips + 1, pausedUntil: new Date(now.getTime() + pauseMs), isOnTrial: false };
}

/** So that the next attempt finds out at once; null = nothing is paused, or one is finding out already. */
export function tryNow(breaker: Breaker, now: Date): Breaker | null {
  const isPaused = breaker.pausedUntil !== null && breaker.pausedUntil > now && !breaker.isOnTrial;
  return isPaused ? { ...breaker, pausedUntil: now } : null;
}

export type Passage = { kind: 'go' } | { kind: 'trial'; breaker: Breaker } | { kind: 'wait'; until: Date };

/** Whether something may be sent to it now. After a pause one goes first, and the others wait for what becomes of it. */
export function passageOf(breaker: Breaker, now: Date): Passage {
  const { pausedUntil } = breaker;
  if (pausedUntil === null) return { kind: 'go' };
  if (pausedUntil > now) return { kind: 'wait', until: pausedUntil };
  const breakerOnTrial = { ...breaker, pausedUntil: new Date(now.getTime() + TRIAL_MS), isOnTrial: true };
  return { kind: 'trial', breaker: breakerOnTrial };
}
