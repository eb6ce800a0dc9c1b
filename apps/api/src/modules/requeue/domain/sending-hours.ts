import {
  findCalendar,
  holidaysOf,
  instantOfLocalTime,
  isBusinessDay,
  KNOWN_CALENDARS,
  localDateOf,
  openStretches,
  type BusinessCalendar,
} from '@throughline/sla';

/** From a time of day to another one, on weekdays (1 = Monday); one that is not later is of the next day, unless that is a holiday. */
export type SendingWindow = { weekdays: number[]; from: string; to: string };

/** A time of day after which nothing more goes out on that day. */
export type CutOff = { weekdays: number[]; at: string };

/** When an integration is sent to, in the time zone of a calendar; on its holidays nothing is. */
export type SendingHours = {
  calendar: string;
  /** Empty = while the calendar is open. */
  windows: SendingWindow[];
  cutOffs: CutOff[];
};

export type SendingTime = { isOpen: true } | { isOpen: false; opensAt: Date };

/** More than any run of holidays; one that does not open within it is a mistake. */
const LONGEST_SEARCH_DAYS = 40;
const MOST_ROWS = 20;

type Stretch = { from: number; to: number };

/** Whether something may be released to a target now, and when again. Null = it has no hours. */
export function sendingTime(hours: SendingHours | null, now: Date): SendingTime {
  if (hours === null) return { isOpen: true };
  const calendar = findCalendar(hours.calendar);
  // a calendar that is no longer shipped closes nothing
  if (calendar === undefined) return { isOpen: true };
  const at = now.getTime();
  const next = firstWindow(hours, calendar, at);
  if (next === null) return { isOpen: false, opensAt: new Date(at + LONGEST_SEARCH_DAYS * DAY_MS) };
  return next.from <= at ? { isOpen: true } : { isOpen: false, opensAt: new Date(next.from) };
}

/** What is wrong with hours, each in a sentence; empty = nothing. */
export function faultsOfHours(hours: SendingHours, now: Date): string[] {
  const calendar = findCalendar(hours.calendar);
  if (calendar === undefined) return [`calendar must be one of ${[...KNOWN_CALENDARS.keys()].join(', ')}`];
  const { windows, cutOffs } = hours;
  const rows = [
    ...windows.map(({ weekdays, from, to }) => ({ weekdays, times: [from, to] })),
    ...cutOffs.map(({ weekdays, at }) => ({ weekdays, times: [at] })),
  ];
  const faults = [
    ...(rows.length > MOST_ROWS ? [`no more than ${MOST_ROWS} hours and cut-offs`] : []),
    ...rows.flatMap(({ weekdays, times }) => [
      ...(areWeekdays(weekdays) ? [] : ['weekdays must be some of 1 (Monday) to 7, each once']),
      ...times.filter((time) => !TIME_OF_DAY.test(time)).map((time) => `${time} is not a time of day such as 18:00`),
    ]),
  ];
  if (faults.length > 0) return [...new Set(faults)];
  return firstWindow(hours, calendar, now.getTime()) === null
    ? ['nothing would ever be sent: the cut-offs leave no time of the hours']
    : [];
}

const DAY_MS = 86_400_000;
const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

function areWeekdays(weekdays: readonly number[]): boolean {
  const isWeekday = (day: number) => Number.isInteger(day) && day >= 1 && day <= 7;
  return weekdays.length > 0 && new Set(weekdays).size === weekdays.length && weekdays.every(isWeekday);
}

/**
 * The window that an instant lies in, else the first one after it. A cut-off ends the window that it lies in, over midnight too, and
 * leaves out those that begin after it on its day.
 */
function firstWindow(hours: SendingHours, calendar: BusinessCalendar, at: number): Stretch | null {
  const { timeZone } = calendar;
  // the window of the day before may go on over midnight
  let date = localDateOf(isoOf(at - DAY_MS), timeZone);
  for (let day = 0; day < LONGEST_SEARCH_DAYS; day += 1, date = dayAfter(date)) {
    const open = windowsOf(hours, calendar, date)
      .flatMap((window) => cut(window, hours.cutOffs, date, timeZone))
      .filter(({ to }) => to > at)
      .sort((a, b) => a.from - b.from);
    if (open[0] !== undefined) return open[0];
  }
  return null;
}

/** The windows that begin on a local day. */
function windowsOf({ windows }: SendingHours, calendar: BusinessCalendar, date: string): Stretch[] {
  const { timeZone } = calendar;
  if (windows.length === 0) {
    const [midnight, next] = [instant(date, '00:00', timeZone), instant(dayAfter(date), '00:00', timeZone)];
    return isBusinessDay(calendar, date)
      ? openStretches(calendar, isoOf(midnight), isoOf(next))
          .filter(({ isOpen }) => isOpen)
          .map(({ from, until }) => ({ from: Date.parse(from), to: Date.parse(until) }))
      : [];
  }
  if (isHoliday(calendar, date)) return [];
  const weekday = weekdayOf(date);
  const isClosedNext = isHoliday(calendar, dayAfter(date));
  return windows
    .filter(({ weekdays }) => weekdays.includes(weekday))
    .map(({ from, to }) => ({
      from: instant(date, from, timeZone),
      to: to > from ? instant(date, to, timeZone) : instant(dayAfter(date), isClosedNext ? '00:00' : to, timeZone),
    }));
}

function cut({ from, to }: Stretch, cutOffs: readonly CutOff[], date: string, timeZone: string): Stretch[] {
  const onDay = (day: string) =>
    cutOffs.filter(({ weekdays }) => weekdays.includes(weekdayOf(day))).map(({ at }) => instant(day, at, timeZone));
  // the cut-off of the next day ends only what has begun before midnight
  const first = Math.min(...onDay(date), ...onDay(dayAfter(date)));
  return from >= first ? [] : [{ from, to: Math.min(to, first) }];
}

function isHoliday(calendar: BusinessCalendar, date: string): boolean {
  const year = Number(date.slice(0, 4));
  // one of the last day of a year may be kept in the next one
  return [year - 1, year].some((one) => holidaysOf(calendar, one).some((holiday) => holiday.date === date));
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function dayAfter(date: string): string {
  return isoOf(Date.parse(`${date}T00:00:00Z`) + DAY_MS).slice(0, 10);
}

function instant(date: string, time: string, timeZone: string): number {
  return Date.parse(instantOfLocalTime(date, time, timeZone));
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
