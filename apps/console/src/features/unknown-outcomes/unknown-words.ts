import { clockTime } from '../../shared/format/time.js';
import type { UnknownRow } from './unknown-documents.js';

const ANSWER_WORDS = {
  APPLIED: 'it has it',
  NOT_APPLIED: 'it does not have it',
  UNKNOWN: 'it cannot tell',
} as const;

/** What the target said when it was asked, and when it is asked again. */
export function askedSentence({ probe, attempt }: Pick<UnknownRow, 'probe' | 'attempt'>): string {
  if (attempt.state === 'ACKNOWLEDGED') return 'It took it';
  if (!probe) return 'Cannot be asked: no status address';
  const again = probe.askAgainAt ? `again at ${at(probe.askAgainAt)}` : 'not again by itself';
  if (!probe.askedAt || !probe.answer) {
    return probe.askAgainAt ? `Is asked at ${at(probe.askAgainAt)}` : 'Was not asked';
  }
  return `Asked at ${at(probe.askedAt)}: ${ANSWER_WORDS[probe.answer]}; ${again}`;
}

function at(time: string): string {
  return clockTime(time, undefined, true);
}
