import { mergedStretches, withoutStretches, type Stretch } from '@throughline/sla';
import type { Pause } from './clock.js';

/** Planned maintenance of what an exception waits for: nobody can do anything about it meanwhile. */
export type Maintenance = Stretch & { reason: string; byName: string };

/** When a clock is held within its span; what lies on top of one another holds it once. */
export function heldStretches(maintenance: readonly Maintenance[], span: Stretch): Stretch[] {
  const within = maintenance.map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }));
  return mergedStretches(within.filter(({ from, to }) => from < to));
}

/** Maintenance as it stops the clock; one that is still held at `now` (null = the clock is over) has no end. */
export function heldPauses(held: readonly Stretch[], maintenance: readonly Maintenance[], now: Date | null): Pause[] {
  return held.map(({ from, to }) => {
    const first = maintenance.find((one) => one.from <= from && one.to > from);
    const goesOn = now !== null && to === now.getTime() && maintenance.some((one) => one.from <= to && one.to > to);
    return {
      reason: `Maintenance: ${first?.reason ?? ''}`,
      byName: first?.byName ?? '',
      from: new Date(from),
      to: goesOn ? null : new Date(to),
    };
  });
}

/** Waits as far as they stop the clock beside maintenance. */
export function pausesBeside(held: readonly Stretch[], waits: readonly Pause[], until: Date): Pause[] {
  if (held.length === 0) return [...waits];
  return waits.flatMap((pause) =>
    withoutStretches({ from: pause.from.getTime(), to: (pause.to ?? until).getTime() }, held).map(({ from, to }) => ({
      ...pause,
      from: new Date(from),
      to: pause.to === null && to === until.getTime() ? null : new Date(to),
    })),
  );
}
