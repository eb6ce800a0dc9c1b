import { type Instant, instantFromMs, msOfInstant } from '@throughline/canonical';
import type { BusinessCalendar } from './business-calendar.js';
import { durationMs } from './durations.js';
import { type Holiday, dayNumber, dayNumberOf, holidaysOfYear, isoDateOf } from './holiday-rules.js';
import { intervalAt, localYearOf, openMsWithin, openYear } from './open-time.js';
import { localDateOfMs, localTimeToMs, minutesOfDay } from './time-zones.js';

const MS_PER_MINUTE = 60_000;
/** A calendar without an open minute in this many years is a mistake, not a long wait. */
const LONGEST_SEARCH_YEARS = 60;

/** True when the calendar is open at the instant; opening is inclusive, closing is not. */
export function isOpen(calendar: BusinessCalendar, at: Instant): boolean {
  const milliseconds = msOfInstant(at);
  const year = openYear(calendar, localYearOf(calendar, milliseconds));
  const index = intervalAt(year, milliseconds);
  return index >= 0 && milliseconds < (year.ends[index] ?? 0);
}

function addOpenMs(calendar: BusinessCalendar, from: number, duration: number): number {
  const first = localYearOf(calendar, from);
  let wanted = duration;
  for (let offset = 0; offset < LONGEST_SEARCH_YEARS; offset += 1) {
    const year = openYear(calendar, first + offset);
    const passed = offset === 0 ? openMsWithin(year, from) : 0;
    if (wanted <= year.total - passed && year.starts.length > 0) {
      const target = passed + wanted;
      let low = 0;
      let high = year.starts.length - 1;
      // First interval whose open time reaches the target: a full day's duration ends at closing, not next morning.
      while (low < high) {
        const middle = (low + high) >> 1;
        const reached = (year.before[middle] ?? 0) + (year.ends[middle] ?? 0) - (year.starts[middle] ?? 0);
        if (reached >= target) high = middle;
        else low = middle + 1;
      }
      const landed = (year.starts[low] ?? 0) + target - (year.before[low] ?? 0);
      if (landed >= from) return landed;
      // Nothing to add, and closed at `from`: the next opening, when this year still has one.
      const next = year.starts[intervalAt(year, from) + 1];
      if (next !== undefined) return next + wanted;
    }
    wanted -= year.total - passed;
  }
  throw new RangeError(`calendar ${calendar.name} is not open long enough to add ${duration} ms`);
}

/**
 * The instant at which a duration of open time ("PT4H") has passed since `from`. It lies in open time or at a closing;
 * of a zero duration it is `from` itself, or the next opening when the calendar is closed then.
 */
export function addBusinessDuration(calendar: BusinessCalendar, from: Instant, duration: string): Instant {
  return instantFromMs(addOpenMs(calendar, msOfInstant(from), durationMs(duration)));
}

/** Open milliseconds between two instants; negative when the second is earlier. */
export function businessMsBetween(calendar: BusinessCalendar, from: Instant, to: Instant): number {
  const start = msOfInstant(from);
  const end = msOfInstant(to);
  if (end < start) return 0 - businessMsBetween(calendar, to, from);
  const firstYear = localYearOf(calendar, start);
  const lastYear = localYearOf(calendar, end);
  let open = openMsWithin(openYear(calendar, lastYear), end) - openMsWithin(openYear(calendar, firstYear), start);
  for (let year = firstYear; year < lastYear; year += 1) open += openYear(calendar, year).total;
  return open;
}

/** Whole open minutes between two instants, cut towards zero; negative when the second is earlier. */
export function businessMinutesBetween(calendar: BusinessCalendar, from: Instant, to: Instant): number {
  const minutes = Math.trunc(businessMsBetween(calendar, from, to) / MS_PER_MINUTE);
  return minutes === 0 ? 0 : minutes;
}

/** The calendar's holidays of a year, on the days they are kept. */
export function holidaysOf(calendar: BusinessCalendar, year: number): Holiday[] {
  return holidaysOfYear(calendar.holidays, year);
}

/** True on days with opening hours that are no holiday. */
export function isBusinessDay(calendar: BusinessCalendar, date: string): boolean {
  return openYear(calendar, Number(date.slice(0, 4))).businessDays.has(date);
}

/** The nth business day after a date (n ≥ 1) or before it (n ≤ -1). */
export function addBusinessDays(calendar: BusinessCalendar, date: string, count: number): string {
  if (!Number.isInteger(count) || count === 0)
    throw new RangeError('the count of business days must be a whole number other than 0');
  const step = count > 0 ? 1 : -1;
  let day = dayNumberOf(date);
  let left = Math.abs(count);
  for (let tried = 0; tried < (Math.abs(count) + 1) * 366; tried += 1) {
    day += step;
    const candidate = isoDateOf(day);
    if (isBusinessDay(calendar, candidate) && --left === 0) return candidate;
  }
  throw new RangeError(`calendar ${calendar.name} has no business day near ${date}`);
}

/** The first business day after a date. */
export function nextBusinessDay(calendar: BusinessCalendar, date: string): string {
  return addBusinessDays(calendar, date, 1);
}

/** The date itself when it is a business day, else the first one after it. */
export function businessDayOnOrAfter(calendar: BusinessCalendar, date: string): string {
  return isBusinessDay(calendar, date) ? date : nextBusinessDay(calendar, date);
}

/** The nth business day of a month: 1 is the first, -1 the last. Throws RangeError when the month has not so many. */
export function nthBusinessDayOfMonth(calendar: BusinessCalendar, year: number, month: number, nth: number): string {
  const days: string[] = [];
  for (let day = dayNumber(year, month, 1); day < dayNumber(year, month + 1, 1); day += 1) {
    const date = isoDateOf(day);
    if (isBusinessDay(calendar, date)) days.push(date);
  }
  const date = days.at(nth > 0 ? nth - 1 : nth);
  if (nth === 0 || date === undefined) {
    throw new RangeError(
      `${year}-${String(month).padStart(2, '0')} has ${days.length} business days in ${calendar.name}, not a number ${nth}`,
    );
  }
  return date;
}

/** Local calendar date of an instant in a time zone, e.g. the day a due time falls on for a legal entity. */
export function localDateOf(at: Instant, timeZone: string): string {
  return localDateOfMs(msOfInstant(at), timeZone);
}

/** The instant of a local time ("18:00") on a date; DST-correct. */
export function instantOfLocalTime(date: string, time: string, timeZone: string): Instant {
  return instantFromMs(localTimeToMs(date, minutesOfDay(time), timeZone));
}
