import type { Predicate, Verdict } from './predicate.js';

/** States that a wait goes back to. */
export type BackTo = 'OPEN' | 'IN_PROGRESS';

/** What an exception waits for: a time, a predicate, or whichever comes first; never longer than until it expires. */
export type WaitTerms = { until: Date | null; predicate: Predicate | null; expiresAt: Date };

/** How a wait stands. `over` says why; the words are those of the timeline. */
export type WaitStanding =
  | { kind: 'waits'; nextAt: Date; detail: string | null }
  | {
      kind: 'over';
      why: 'predicate-met' | 'time-reached' | 'expired-unmet' | 'cannot-be-evaluated';
      detail: string | null;
    };

/** Nobody waits for longer without looking. */
export const LONGEST_WAIT_DAYS = 92;

/** A predicate is looked at so often. */
export const CHECK_EVERY_MS = 30_000;

export const MS_PER_DAY = 86_400_000;

/** What is wrong with the terms; null = nothing. */
export function whyInvalidTerms({ until, predicate, expiresAt }: WaitTerms, now: Date): string | null {
  if (until === null && predicate === null) {
    return 'a wait needs a time or something that it waits for';
  }
  if (until !== null && until <= now) {
    return 'until must lie in the future';
  }
  if (expiresAt <= now) {
    return 'expiresAt must lie in the future';
  }
  if (until !== null && until > expiresAt) {
    return 'until must not be later than expiresAt';
  }
  return expiresAt.getTime() - now.getTime() > LONGEST_WAIT_DAYS * MS_PER_DAY
    ? `a wait may last ${LONGEST_WAIT_DAYS} days at most`
    : null;
}

/** How a wait stands, given what the facts say of its predicate (null = it has none). */
export function waitStanding(terms: WaitTerms, verdict: Verdict | null, now: Date): WaitStanding {
  const detail = verdict?.detail ?? null;
  if (verdict?.result === 'met') {
    return { kind: 'over', why: 'predicate-met', detail };
  }
  if (terms.until !== null && terms.until <= now) {
    return { kind: 'over', why: 'time-reached', detail };
  }
  if (terms.expiresAt <= now) {
    return { kind: 'over', why: 'expired-unmet', detail };
  }
  if (verdict?.result === 'cannot-be-evaluated') {
    return { kind: 'over', why: 'cannot-be-evaluated', detail };
  }
  return { kind: 'waits', nextAt: nextLook(terms, now), detail };
}

/** When a wait is looked at next. */
export function nextLook({ until, predicate, expiresAt }: WaitTerms, now: Date): Date {
  const times = [expiresAt.getTime()];
  if (until !== null) {
    times.push(until.getTime());
  }
  if (predicate !== null) {
    times.push(now.getTime() + CHECK_EVERY_MS);
  }
  return new Date(Math.min(...times));
}
