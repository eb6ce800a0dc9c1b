import { applicationDueAt, DAY_MS, MINUTE_MS } from './business-clock.js';
import type { LegalEntity } from './legal-entities.js';

const LONGEST_LOOK_BACK_MS = 12 * DAY_MS;

/**
 * The latest bank credit (to the minute) whose time to be applied has run out by `dueAt`. The rule counts business
 * hours, so it is searched, not subtracted: over a weekend a few minutes of difference move the deadline by days.
 */
export function latestCreditDueBy(entity: LegalEntity, dueAt: number): { creditAt: number; dueAt: number } {
  let tooEarly = dueAt - LONGEST_LOOK_BACK_MS;
  let tooLate = dueAt;
  while (tooLate - tooEarly > MINUTE_MS) {
    const middle = Math.floor((tooEarly + tooLate) / 2);
    if (applicationDueAt(entity, middle) <= dueAt) tooEarly = middle;
    else tooLate = middle;
  }
  return { creditAt: tooEarly, dueAt: applicationDueAt(entity, tooEarly) };
}
