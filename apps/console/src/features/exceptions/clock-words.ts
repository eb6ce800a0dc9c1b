import { dateTime, duration } from '../../shared/format/time.js';
import type { Tone } from '../../shared/status/status.js';
import type { ExceptionFull } from './exception-documents.js';

export type Clock = ExceptionFull['clock'];
type Target = Clock['response'];

const MS_PER_MINUTE = 60_000;

/** "4 h 12 min" of whole minutes. */
export function minutesInWords(minutes: number): string {
  return minutes < 1 ? 'under a minute' : duration(minutes * MS_PER_MINUTE);
}

/** Where one target stands, in the zone of the legal entity. */
export function targetWords({ state, dueAt, metAt }: Target, zone: string): { tone: Tone; words: string } {
  const due = dateTime(dueAt, zone);
  switch (state) {
    case 'met':
      return { tone: 'good', words: `Met ${dateTime(metAt ?? dueAt, zone)}, due ${due}` };
    case 'missed':
      return { tone: 'warning', words: `Met late, ${dateTime(metAt ?? dueAt, zone)}; was due ${due}` };
    case 'late':
      return { tone: 'critical', words: `Late: was due ${due}` };
    case 'paused':
      return { tone: 'waiting', words: `Stopped; due ${due} if it went on now` };
    default:
      return { tone: 'info', words: `Due ${due}` };
  }
}

/** The answer of the panel: counted time, what it was stopped for, and the time on the wall beside it. */
export function clockSentence({ countedMinutes, pausedMinutes, grossMinutes, endedAt }: Clock): string {
  const paused = pausedMinutes > 0 ? `, and ${minutesInWords(pausedMinutes)} stopped` : '';
  const took = endedAt === null ? 'has counted' : 'took';
  return `It ${took} ${minutesInWords(countedMinutes)} of open time${paused}; ${minutesInWords(grossMinutes)} on the wall.`;
}
