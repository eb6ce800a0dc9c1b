import { dateTime } from '../../shared/format/time.js';
import { count, countNumber, systemName, titleWords } from '../../shared/format/words.js';
import type { Worded } from '../../shared/status/state-words.js';
import { differing } from '../../shared/lineage-changes/change-words.js';
import type { Rebuild } from './rebuild-documents.js';

const STATES: Readonly<Record<string, Worded>> = {
  reporting: { tone: 'info', word: 'Comparing' },
  pending: { tone: 'warning', word: 'Awaits approval' },
  waiting: { tone: 'waiting', word: 'Waiting to begin' },
  running: { tone: 'info', word: 'Running' },
  paused: { tone: 'waiting', word: 'Paused' },
  ready: { tone: 'warning', word: 'To look at' },
  switching: { tone: 'info', word: 'Switching' },
  done: { tone: 'good', word: 'Done' },
  failed: { tone: 'critical', word: 'Stopped' },
  cancelled: { tone: 'unknown', word: 'Cancelled' },
};

export function rebuildState(state: string): Worded {
  return STATES[state] ?? { tone: 'unknown', word: titleWords(state) };
}

/** Whether something goes on by itself, so that it has to be asked for again. */
export function isMoving({ state }: Pick<Rebuild, 'state'>): boolean {
  return ['reporting', 'waiting', 'running', 'switching'].includes(state);
}

/** How many rows the switch would change. */
export function allDiffering({ differences }: Pick<Rebuild, 'differences'>): number {
  return (differences ?? []).reduce((sum, one) => sum + differing(one), 0);
}

/** "the whole", "what Stripe sent since 1 Oct 2026, 10:00" */
export function scopeWords({ isWhole, scope }: Pick<Rebuild, 'isWhole' | 'scope'>): string {
  if (isWhole) return 'The whole lineage';
  const { from, to, sourceSystem } = (scope ?? {}) as { from?: string; to?: string; sourceSystem?: string };
  const who = sourceSystem === undefined ? 'Everything that came' : `What ${systemName(sourceSystem)} sent`;
  const since = from === undefined ? '' : ` from ${dateTime(from)}`;
  const until = to === undefined ? '' : ` until ${dateTime(to)}`;
  return `${who}${since}${until}`;
}

/** How far it is, or what came of it, in one sentence. */
export function rebuildSentence(rebuild: Rebuild): string {
  const { state, error, isWhole, total, done } = rebuild;
  if (error !== null) return error;
  const noun = isWhole ? 'activity' : 'signal';
  const nouns = isWhole ? 'activities' : 'signals';
  if (['waiting', 'running', 'paused'].includes(state)) {
    if (total === null) return `The ${nouns} are being counted.`;
    return `${countNumber(done)} of ${count(total, noun, nouns)} done.`;
  }
  if (state === 'reporting') {
    return total === null
      ? 'The signals are being counted.'
      : `${countNumber(done)} of ${count(total, noun, nouns)} compared with what is shown.`;
  }
  if (state === 'pending') return 'It waits for a second person; what is shown stays as it is until then.';
  if (state === 'cancelled') return `Cancelled after ${count(done, noun, nouns)}.`;
  if (!isWhole) return `${count(done, noun, nouns)} mapped again.`;
  const rows = allDiffering(rebuild);
  if (state === 'ready')
    return rows === 0
      ? 'What it made is what is shown: the switch would change nothing.'
      : `The switch would change ${count(rows, 'row')}.`;
  if (state === 'switching') return 'What is shown becomes what was made.';
  return `${count(rows, 'row')} differed when it was compared.`;
}

/** The sentence of the page. */
export function rebuildsAnswer(rebuilds: readonly Rebuild[]): string {
  const pending = rebuilds.find(({ state }) => state === 'pending');
  if (pending) return `${scopeWords(pending)}: ${rebuildSentence(pending)}`;
  const ready = rebuilds.find(({ state }) => state === 'ready');
  if (ready) return `A rebuild waits to be looked at. ${rebuildSentence(ready)}`;
  const going = rebuilds.find((rebuild) => isMoving(rebuild) || rebuild.state === 'paused');
  if (going) return `${scopeWords(going)}: ${rebuildState(going.state).word.toLowerCase()}. ${rebuildSentence(going)}`;
  const done = rebuilds.find(({ state }) => state === 'done');
  if (done?.finishedAt) return `Lineage was last rebuilt on ${dateTime(done.finishedAt)}.`;
  return 'Lineage was never rebuilt here.';
}
