import type { Worded } from '../status/state-words.js';
import { count } from '../format/words.js';
import type { Remapping } from './remapping-documents.js';

const STATES: Readonly<Record<string, Worded>> = {
  reporting: { tone: 'info', word: 'Comparing' },
  pending: { tone: 'warning', word: 'Awaits approval' },
  waiting: { tone: 'waiting', word: 'Waiting to begin' },
  running: { tone: 'info', word: 'Running' },
  done: { tone: 'good', word: 'Done' },
  failed: { tone: 'critical', word: 'Stopped' },
  paused: { tone: 'waiting', word: 'Paused' },
  cancelled: { tone: 'unknown', word: 'Cancelled' },
};

export function remappingState(state: string): Worded {
  return STATES[state.toLowerCase()] ?? { tone: 'unknown', word: state };
}

export function isOver(remapping: Pick<Remapping, 'state'>): boolean {
  return ['done', 'failed', 'cancelled'].includes(remapping.state.toLowerCase());
}

type Progress = Pick<
  Remapping,
  'state' | 'signalsTotal' | 'signalsDone' | 'signalsUnmapped' | 'activitiesBefore' | 'activitiesAfter' | 'error'
>;

/** How far it is, or what came of it, in one sentence. */
export function remappingSentence(remapping: Progress): string {
  const { signalsTotal, signalsDone, signalsUnmapped, activitiesBefore, activitiesAfter } = remapping;
  if (remapping.error) return remapping.error;
  if (remapping.state === 'pending') {
    return 'A second person has to see what it would change and approve it. Nothing has changed so far.';
  }
  if (!isOver(remapping)) {
    if (signalsTotal === null) return 'The signals are being counted.';
    const words = remapping.state === 'reporting' ? 'compared with what is shown' : 'mapped again';
    return `${signalsDone} of ${count(signalsTotal, 'signal')} ${words}.`;
  }
  const left =
    signalsUnmapped === 0 ? 'all of them could be read' : `${count(signalsUnmapped, 'signal')} still cannot be read`;
  return `${count(signalsDone, 'signal')} mapped again; ${left}. Activities: ${activitiesBefore} before, ${activitiesAfter} now.`;
}
