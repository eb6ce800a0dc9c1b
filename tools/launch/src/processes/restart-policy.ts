/** A process that lived shorter than this died quickly. */
export const QUICK_DEATH_MS = 15_000;
/** After so many quick deaths in a row a process is given up. */
export const MOST_QUICK_DEATHS = 5;

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;

/** What to do about a process that ended unasked. */
export type RestartDecision = { kind: 'restart'; delayMs: number; quickDeaths: number } | { kind: 'give-up' };

/** Starts again, later each time it dies quickly; gives up after the fifth quick death in a row. */
export function decideRestart(livedMs: number, earlierQuickDeaths: number): RestartDecision {
  if (livedMs >= QUICK_DEATH_MS) return { kind: 'restart', delayMs: FIRST_DELAY_MS, quickDeaths: 0 };
  const quickDeaths = earlierQuickDeaths + 1;
  if (quickDeaths >= MOST_QUICK_DEATHS) return { kind: 'give-up' };
  return { kind: 'restart', delayMs: Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** quickDeaths), quickDeaths };
}
