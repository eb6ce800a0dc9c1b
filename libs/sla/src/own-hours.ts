import type { Instant } from '@throughline/canonical';
import { type BusinessCalendar, EVERY_DAY, type OpenWindow } from './business-calendar.js';
import { instantOfLocalTime, localDateOf } from './business-time.js';
import { dayNumberOf, isoDateOf, type IsoWeekday } from './holiday-rules.js';
import { findCalendar, KNOWN_CALENDARS } from './known-calendars.js';
import { openStretches } from './open-stretches.js';
import { minutesOfDay } from './time-zones.js';

/** A window of every week. */
export type WeeklyWindow = OpenWindow & { weekday: IsoWeekday };

/** A day with hours other than those of its weekday, whether it is a holiday or not; without windows it is closed. */
export type OtherDay = { date: string; windows: readonly OpenWindow[] };

/** Working hours as somebody states them, where no shipped calendar fits. */
export type OwnHours = {
  timeZone: string;
  /** The shipped calendar whose holidays are kept; null = none are. */
  holidays: string | null;
  weekly: readonly WeeklyWindow[];
  days: readonly OtherDay[];
};

/** What calendars of own hours are named. */
export const OWN_HOURS = 'own';

const MOST_WINDOWS_A_DAY = 6;
const MOST_OTHER_DAYS = 400;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What is wrong with stated hours, in words; empty = a calendar can be made of them. */
export function ownHoursProblems({ timeZone, holidays, weekly, days }: OwnHours): string[] {
  const problems: string[] = [];
  if (!isTimeZone(timeZone))
    problems.push(`timeZone: ${JSON.stringify(timeZone)} is no time zone such as Europe/Berlin`);
  if (holidays !== null && findCalendar(holidays) === undefined)
    problems.push(`holidays: must be one of ${[...KNOWN_CALENDARS.keys()].join(', ')}, or none`);
  if (weekly.some(({ weekday }) => !EVERY_DAY.includes(weekday)))
    problems.push('weekly: weekdays are from 1 for Monday to 7 for Sunday');
  if (weekly.length === 0) problems.push('weekly: a week without any open time would stop every clock');
  for (const weekday of EVERY_DAY)
    problems.push(...windowProblems(WEEKDAYS[weekday - 1] ?? '', windowsOfWeekday(weekly, weekday)));
  if (days.length > MOST_OTHER_DAYS) problems.push(`days: at most ${MOST_OTHER_DAYS} of them`);
  const dates = new Set<string>();
  for (const { date, windows } of days) {
    if (!isDate(date)) problems.push(`days: ${JSON.stringify(date)} is no date such as 2026-12-24`);
    else if (dates.has(date)) problems.push(`days: ${date} is stated twice`);
    dates.add(date);
    problems.push(...windowProblems(date, windows));
  }
  return problems;
}

function windowProblems(day: string, windows: readonly OpenWindow[]): string[] {
  if (windows.length > MOST_WINDOWS_A_DAY) return [`${day}: at most ${MOST_WINDOWS_A_DAY} windows a day`];
  const problems = windows.flatMap(({ opens, closes }) => {
    if (!isTime(opens) || !isTime(closes)) return [`${day}: ${opens}–${closes} are no times such as 08:30`];
    if (opens < closes) return [];
    return [`${day}: ${opens}–${closes} does not end after it begins; over midnight, state until 24:00 and from 00:00`];
  });
  const inOrder = sorted(windows);
  const overlaps = inOrder.flatMap(({ opens, closes }, index) => {
    const before = inOrder[index - 1];
    return before !== undefined && opens < before.closes
      ? [`${day}: ${before.opens}–${before.closes} and ${opens}–${closes} overlap`]
      : [];
  });
  return problems.length > 0 ? problems : overlaps;
}

const sorted = (windows: readonly OpenWindow[]): OpenWindow[] =>
  [...windows].sort((left, right) => (left.opens < right.opens ? -1 : 1));

const windowsOfWeekday = (weekly: readonly WeeklyWindow[], weekday: IsoWeekday): OpenWindow[] =>
  sorted(weekly.filter((one) => one.weekday === weekday).map(({ opens, closes }) => ({ opens, closes })));

function isTime(text: string): boolean {
  try {
    return minutesOfDay(text) >= 0;
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  try {
    return isoDateOf(dayNumberOf(text)) === text;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    // offsets are taken too by the platform, but know no summer time
    return /^[A-Za-z]/.test(text) && localDateOf('2026-01-01T12:00:00.000Z', text) !== '';
  } catch {
    return false;
  }
}

/** The same hours are the same object, as open time is computed once for each: made anew for every question it would be costly. */
const made = new Map<string, BusinessCalendar>();
const MOST_KEPT = 500;

/** The calendar of stated hours; throws RangeError where they have problems. */
export function ownCalendar(hours: OwnHours): BusinessCalendar {
  const { timeZone, holidays, weekly, days } = hours;
  const key = JSON.stringify([timeZone, holidays, weekly, days]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const problems = ownHoursProblems(hours);
  if (problems.length > 0) throw new RangeError(problems.join('; '));
  const kept = findCalendar(holidays ?? '');
  const calendar: BusinessCalendar = {
    name: OWN_HOURS,
    title: kept === undefined ? 'Own hours' : `Own hours, holidays of ${kept.name}`,
    timeZone,
    hours: [],
    holidays: kept?.holidays ?? [],
    ...(kept?.coveredFrom !== undefined && { coveredFrom: kept.coveredFrom }),
    ...(kept?.coveredUntil !== undefined && { coveredUntil: kept.coveredUntil }),
    windows: new Map(EVERY_DAY.map((weekday) => [weekday, windowsOfWeekday(weekly, weekday)])),
    otherDays: new Map(days.map(({ date, windows }) => [date, sorted(windows)])),
  };
  const [oldest] = made.keys();
  if (made.size >= MOST_KEPT && oldest !== undefined) made.delete(oldest);
  made.set(key, calendar);
  return calendar;
}

/** A local day and the times at which it is open. */
export type OpenDay = { date: string; stretches: { from: Instant; until: Instant }[] };

const LOOKED_AT_DAYS = 60;

/** The next local days, that of `from` included, on which a calendar is open: whole days; fewer where two months have not so many. */
export function nextOpenDays(calendar: BusinessCalendar, from: Instant, count: number): OpenDay[] {
  const first = dayNumberOf(localDateOf(from, calendar.timeZone));
  const found: OpenDay[] = [];
  for (let day = first; day < first + LOOKED_AT_DAYS && found.length < count; day += 1) {
    const date = isoDateOf(day);
    const bounds = [date, isoDateOf(day + 1)].map((one) => instantOfLocalTime(one, '00:00', calendar.timeZone));
    const stretches = openStretches(calendar, bounds[0] ?? from, bounds[1] ?? from).filter(({ isOpen }) => isOpen);
    if (stretches.length > 0)
      found.push({ date, stretches: stretches.map(({ from: opens, until }) => ({ from: opens, until })) });
  }
  return found;
}
