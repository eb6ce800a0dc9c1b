import type { RebuildState } from '../pipeline/rebuild/rebuild.repository.js';

/** What a person can do with a rebuild. */
export type RebuildAct = 'pause' | 'resume' | 'cancel' | 'switch';

/** A rebuild as far as it decides what can be done with it. */
export type RebuildStanding = { state: RebuildState; isWhole: boolean; hasStarted: boolean };

type Transition = { from: readonly RebuildState[]; isForWholeAlone?: true };

/** Acts by the states in which they are possible; a range has nothing to switch to. */
const TRANSITIONS: Readonly<Record<RebuildAct, Transition>> = {
  pause: { from: ['waiting', 'running'] },
  resume: { from: ['paused'] },
  cancel: { from: ['reporting', 'pending', 'waiting', 'running', 'paused', 'ready'] },
  switch: { from: ['ready'], isForWholeAlone: true },
};

/** The state after the act; null when it is not possible now. */
export function afterRebuildAct(act: RebuildAct, { state, isWhole, hasStarted }: RebuildStanding): RebuildState | null {
  const { from, isForWholeAlone } = TRANSITIONS[act];
  if (!from.includes(state) || (isForWholeAlone === true && !isWhole)) return null;
  switch (act) {
    case 'pause':
      return 'paused';
    case 'resume':
      return hasStarted ? 'running' : 'waiting';
    case 'cancel':
      return 'cancelled';
    case 'switch':
      return 'switching';
  }
}

/** The acts that are possible now. */
export function possibleActs(standing: RebuildStanding): RebuildAct[] {
  return (Object.keys(TRANSITIONS) as RebuildAct[]).filter((act) => afterRebuildAct(act, standing) !== null);
}
