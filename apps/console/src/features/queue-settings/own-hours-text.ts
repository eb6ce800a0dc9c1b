import type { QueueOwnHoursInput } from '../../gql/graphql.js';
import type { QueueSettings } from './settings-documents.js';

type OwnHours = NonNullable<QueueSettings['ownHours']>;
type Window = { opens: string; closes: string };

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Hours of its own as they are typed: a line of windows for each weekday, and a line for each other day. */
export type TypedHours = { timeZone: string; holidays: string | null; weekdays: readonly string[]; days: string };

/** "08:00–12:00, 13:00–17:00"; nothing = closed. */
export function windowsText(windows: readonly Window[]): string {
  return windows.map(({ opens, closes }) => `${opens}–${closes}`).join(', ');
}

const WINDOW = /^(\d{1,2})(?::?([0-5]\d))?\s*(?:-|–|to)\s*(\d{1,2})(?::?([0-5]\d))?$/;
const time = (hours = '', minutes = '00') => `${hours.padStart(2, '0')}:${minutes}`;

/** "8-12, 13:00–17:30" → windows, whose order and sense the server judges; undefined = these are no times. */
export function windowsOf(typed: string): Window[] | undefined {
  const text = typed.trim();
  if (text === '' || text.toLowerCase() === 'closed') return [];
  const windows: Window[] = [];
  for (const part of text.split(/[,;]/)) {
    const match = WINDOW.exec(part.trim());
    if (!match) return undefined;
    windows.push({ opens: time(match[1], match[2]), closes: time(match[3], match[4]) });
  }
  return windows;
}

/** What is typed of a queue; one without hours of its own begins with those of an office. */
export function typedHours(own: OwnHours | null, timeZone: string): TypedHours {
  if (own === null)
    return {
      timeZone,
      holidays: null,
      weekdays: WEEKDAYS.map((_, index) => (index < 5 ? '08:00–17:00' : '')),
      days: '',
    };
  const ofWeekday = (weekday: number) => own.weekly.filter((window) => window.weekday === weekday);
  return {
    timeZone: own.timeZone,
    holidays: own.holidays,
    weekdays: WEEKDAYS.map((_, index) => windowsText(ofWeekday(index + 1))),
    days: own.days.map(({ date, windows }) => `${date} ${windowsText(windows) || 'closed'}`).join('\n'),
  };
}

const linesOf = (days: string) => days.split('\n').flatMap((line) => line.trim() || []);

function dayOf(line: string): QueueOwnHoursInput['days'][number] | undefined {
  const [, date = '', rest = ''] = /^(\d{4}-\d{2}-\d{2})(?:\s+(.*))?$/.exec(line) ?? [];
  const windows = windowsOf(rest);
  return date === '' || windows === undefined ? undefined : { date, windows };
}

/** The first line of other days that says nothing, if one does not. */
export function unreadableDay(days: string): string | undefined {
  return linesOf(days).find((line) => dayOf(line) === undefined);
}

/** What is stated; undefined = something typed is no time or no date. */
export function statedHours({ timeZone, holidays, weekdays, days }: TypedHours): QueueOwnHoursInput | undefined {
  const weekly = weekdays.map(windowsOf);
  const other = linesOf(days).map(dayOf);
  if (timeZone.trim() === '' || weekly.includes(undefined) || other.includes(undefined)) return undefined;
  return {
    timeZone: timeZone.trim(),
    holidays,
    weekly: weekly.flatMap((windows, index) => (windows ?? []).map((window) => ({ weekday: index + 1, ...window }))),
    days: other.flatMap((day) => day ?? []),
  };
}
