import { dateTime } from '../../shared/format/time.js';
import { count, countNumber, plainWords, systemName, titleWords } from '../../shared/format/words.js';
import type { Worded } from '../../shared/status/state-words.js';
import type { Rebuild, RebuildDifference } from './rebuild-documents.js';

const STATES: Readonly<Record<string, Worded>> = {
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
  return ['waiting', 'running', 'switching'].includes(state);
}

/** In the order in which people read them. */
const TABLES: Readonly<Record<string, string>> = {
  business_object: 'Objects',
  object_alias: 'Names of objects',
  object_link: 'Links',
  business_transaction: 'Transactions',
  transaction_object: 'Members of transactions',
  milestone: 'Milestones',
  problem: 'Problems',
};

/** Objects first, then what is made of them; a table of which nothing is known here last. */
export function inReadingOrder<T extends { table: string }>(differences: readonly T[]): T[] {
  const order = Object.keys(TABLES);
  const place = ({ table }: T) => (order.includes(table) ? order.indexOf(table) : order.length);
  return differences.toSorted((left, right) => place(left) - place(right));
}

export function tableName(table: string): string {
  return TABLES[table] ?? titleWords(table);
}

/** How many rows of a table differ. */
export function differing({ added, changed, removed }: Omit<RebuildDifference, 'samples' | 'table'>): number {
  return added + changed + removed;
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
  const ready = rebuilds.find(({ state }) => state === 'ready');
  if (ready) return `A rebuild waits to be looked at. ${rebuildSentence(ready)}`;
  const going = rebuilds.find((rebuild) => isMoving(rebuild) || rebuild.state === 'paused');
  if (going) return `${scopeWords(going)}: ${rebuildState(going.state).word.toLowerCase()}. ${rebuildSentence(going)}`;
  const done = rebuilds.find(({ state }) => state === 'done');
  if (done?.finishedAt) return `Lineage was last rebuilt on ${dateTime(done.finishedAt)}.`;
  return 'Lineage was never rebuilt here.';
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** One value of a row, as text. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return INSTANT.test(value) ? dateTime(value) : value;
  return JSON.stringify(value);
}

/** What the label of a row says already. */
const IN_LABEL: readonly string[] = [
  'from_type',
  'to_type',
  'is_context',
  'qualifier',
  'type',
  'key',
  'workflow',
  'title',
];

/** The columns of a difference that people read: ids say nothing to them, the label names the objects. */
export function shownFields(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): { name: string; before: string; after: string }[] {
  const isWhole = before === null || after === null;
  const names = Object.keys(after ?? before ?? {}).filter(
    (name) => !/(^|_)(id|by)$/.test(name) && !(isWhole && IN_LABEL.includes(name)),
  );
  return names.flatMap((name) => {
    const pair = { before: valueText(before?.[name]), after: valueText(after?.[name]) };
    return pair.before === '–' && pair.after === '–' ? [] : [{ name: plainWords(name), ...pair }];
  });
}
