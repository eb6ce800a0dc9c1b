import { clockTime, exactInstant } from '../../../shared/format/time.js';
import {
  hoursSentence,
  limitsSentence,
  opensWords,
  type Hours,
  type Limits,
} from '../../../shared/sending/sending-words.js';
import type { Tone } from '../../../shared/status/status.js';
import type { Settings, SettingsChange } from './sending-documents.js';

/** The sentence of the page. */
export function sendingAnswer({ title, canRequeue, target }: Settings, now: Date): string {
  if (!canRequeue) return `${title} has no target: nothing is sent to it again.`;
  const { pausedUntil, opensAt, hours } = target;
  if (isPaused(pausedUntil, now)) return `${title} is left alone until ${clockTime(pausedUntil, undefined, true)}.`;
  if (opensAt !== null && new Date(opensAt) > now) {
    return `${title} is outside its sending hours; what waits goes from ${opensWords({ opensAt, hours })} on.`;
  }
  return `${title} is sent to now.`;
}

export function isPaused(pausedUntil: string | null, now: Date): pausedUntil is string {
  return pausedUntil !== null && new Date(pausedUntil) > now;
}

/** Whether the target is reached, in words. */
export function reachWords(
  { target, canRequeue }: Settings,
  now: Date,
): { tone: Tone; word: string; why: string; exact?: string } {
  const { failures, pausedUntil, reason } = target;
  if (!canRequeue) return { tone: 'unknown', word: 'No target', why: 'Nothing is sent to it again.' };
  const because = reason === null ? '' : ` (${reason})`;
  if (isPaused(pausedUntil, now)) {
    return {
      tone: 'warning',
      word: 'Left alone',
      why: `It was not reached ${failures} times in a row${because}. One attempt tries it at ${clockTime(pausedUntil, undefined, true)}; the others wait for that.`,
      exact: exactInstant(pausedUntil),
    };
  }
  if (failures === 0)
    return { tone: 'good', word: 'Nothing against it', why: 'The last attempt reached it, or none was made yet.' };
  return {
    tone: 'waiting',
    word: 'Not reached lately',
    why: `It was not reached ${failures} ${failures === 1 ? 'time' : 'times in a row'}${because}; after five it is left alone for a while.`,
  };
}

type Told = Partial<Limits> & { verifyWithinMinutes?: number; hours?: Omit<Hours, 'timeZone'> | null };

const NAMES: readonly [keyof Told, string][] = [
  ['ratePerSecond', 'a second'],
  ['maxInFlight', 'in flight'],
  ['canary', 'canary'],
  ['canaryProof', 'proved when'],
  ['ramp', 'ramp'],
  ['stopPercent', 'stop share, %'],
  ['stopMinimum', 'of at least'],
  ['verifyWithinMinutes', 'seen within, min'],
];

/** What an act changed, each in words: "a second 50 → 20". */
export function changeWords({ action, details }: SettingsChange): string[] {
  if (action === 'requeue.target-tried') return ['had the target tried at once'];
  const { before = {}, after = {} } = toldOf(details);
  const limits = NAMES.flatMap(([name, word]) =>
    before[name] === after[name] ? [] : [`${word} ${String(before[name] ?? '–')} → ${String(after[name] ?? '–')}`],
  );
  const [earlier, later] = [hoursOf(before), hoursOf(after)];
  const words = earlier === later ? limits : [...limits, `hours: ${later}`];
  return words.length === 0 ? ['saved what it was'] : words;
}

function hoursOf({ hours }: Told): string {
  return hours ? hoursSentence({ ...hours, timeZone: 'of the calendar' }) : 'at any time';
}

function toldOf(details: unknown): { before?: Told; after?: Told } {
  return typeof details === 'object' && details !== null ? details : {};
}

/** Limits and hours in one sentence, for who only reads. */
export function settingsSentence({ target }: Settings): string {
  return `${limitsSentence(target.limits)} ${hoursSentence(target.hours)}`;
}
