import type { ClockTarget, ExceptionClock } from '../domain/clock.js';

export const CLOCK_NAMES = ['response', 'resolution'] as const;

export type ClockName = (typeof CLOCK_NAMES)[number];

type ClockState = ClockTarget['state'];

/** A clock that was overdue, once for each time that it was started. */
export type Escalation = { clock: ClockName; startedAt: Date; dueAt: Date };

/** A running clock is looked at again after so long at the latest: a maintenance may have changed its due time. */
const LOOK_AGAIN_MS = 1_800_000;
/** One that stands still may run again at any time. */
const LOOK_AGAIN_PAUSED_MS = 600_000;

/** Which clocks of an open exception are overdue and were not escalated since they were started. */
export function dueEscalations(clock: ExceptionClock, known: readonly Pick<Escalation, 'clock' | 'startedAt'>[]) {
  return CLOCK_NAMES.filter(
    (name) =>
      clock[name].state === 'late' &&
      !known.some((one) => one.clock === name && one.startedAt.getTime() === clock.startedAt.getTime()),
  ).map((name): Escalation => ({ clock: name, startedAt: clock.startedAt, dueAt: clock[name].dueAt }));
}

/** Clocks of which nothing is left to be escalated until the exception is opened again. */
const OVER: ReadonlySet<ClockState> = new Set(['met', 'missed', 'late']);

/** When it is worth looking at the clock again: at its next due time, and soon in any case; null = not before it is opened again. */
export function nextLookAt(clock: ExceptionClock, now: Date): Date | null {
  if (CLOCK_NAMES.every((name) => OVER.has(clock[name].state))) return null;
  const dues = CLOCK_NAMES.filter((name) => clock[name].state === 'running').map(
    (name) => clock[name].dueAt.getTime() + 1,
  );
  const isPaused = CLOCK_NAMES.some((name) => clock[name].state === 'paused');
  const latest = now.getTime() + (isPaused ? LOOK_AGAIN_PAUSED_MS : LOOK_AGAIN_MS);
  return new Date(Math.min(...dues.filter((due) => due > now.getTime()), latest));
}
