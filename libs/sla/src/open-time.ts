import type { BusinessCalendar, OpeningHours, OpenWindow } from './business-calendar.js';
import { dayNumber, holidaysOfYear, isoDateOf, weekdayOf } from './holiday-rules.js';
import { localDateOfMs, localTimeToMs, minutesOfDay, windowEdgeToMs } from './time-zones.js';

/**
 * The open time of one local calendar year, ready for binary search:
 *
 *   starts   07:00 Mon   07:00 Tue   07:00 Wed …        (milliseconds since 1970, DST already applied)
 *   ends     18:00 Mon   18:00 Tue   18:00 Wed …
 *   before   0           11 h        22 h      …        (open milliseconds of the year before that interval)
 */
export type OpenYear = {
  /** First instant of the local year, and of the next one. */
  from: number;
  until: number;
  starts: Float64Array;
  ends: Float64Array;
  before: Float64Array;
  total: number;
  businessDays: ReadonlySet<string>;
};

const years = new WeakMap<BusinessCalendar, Map<number, OpenYear>>();

function hoursOn(hours: readonly OpeningHours[], date: string): OpeningHours | undefined {
  let valid: OpeningHours | undefined;
  for (const row of hours) {
    if (row.validFrom <= date && (!valid || row.validFrom > valid.validFrom)) valid = row;
  }
  return valid;
}

/** When a day is open: as it is stated of the day itself, else, where it is no holiday, of its weekday. */
function windowsOn(calendar: BusinessCalendar, day: number, closed: ReadonlySet<string>): readonly OpenWindow[] {
  const date = isoDateOf(day);
  const other = calendar.otherDays?.get(date);
  if (other !== undefined) return other;
  if (closed.has(date)) return [];
  if (calendar.windows !== undefined) return calendar.windows.get(weekdayOf(day)) ?? [];
  const hours = hoursOn(calendar.hours, date);
  return hours?.weekdays.includes(weekdayOf(day)) === true ? [hours] : [];
}

function computeYear(calendar: BusinessCalendar, year: number): OpenYear {
  const closed = new Set(holidaysOfYear(calendar.holidays, year).map((holiday) => holiday.date));
  // A Sunday 31 December kept on the Monday belongs to the year after it.
  for (const { date } of holidaysOfYear(calendar.holidays, year - 1)) closed.add(date);
  const starts: number[] = [];
  const ends: number[] = [];
  const before: number[] = [];
  const businessDays = new Set<string>();
  let total = 0;
  for (let day = dayNumber(year, 1, 1); day < dayNumber(year + 1, 1, 1); day += 1) {
    const date = isoDateOf(day);
    for (const { opens, closes } of windowsOn(calendar, day, closed)) {
      const start = windowEdgeToMs(date, minutesOfDay(opens), calendar.timeZone);
      const end = windowEdgeToMs(date, minutesOfDay(closes), calendar.timeZone);
      // a window that the clocks skip whole
      if (end <= start) continue;
      businessDays.add(date);
      if (ends.at(-1) === start) {
        // Open over midnight: one interval, so that its inner midnights are not taken for closings.
        ends[ends.length - 1] = end;
      } else {
        starts.push(start);
        ends.push(end);
        before.push(total);
      }
      total += end - start;
    }
  }
  return {
    from: localTimeToMs(isoDateOf(dayNumber(year, 1, 1)), 0, calendar.timeZone),
    until: localTimeToMs(isoDateOf(dayNumber(year + 1, 1, 1)), 0, calendar.timeZone),
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    before: Float64Array.from(before),
    total,
    businessDays,
  };
}

/** Open time of a local year; computed once per calendar object and year (about 10 ms), then kept. */
export function openYear(calendar: BusinessCalendar, year: number): OpenYear {
  let known = years.get(calendar);
  if (!known) {
    known = new Map();
    years.set(calendar, known);
  }
  let computed = known.get(year);
  if (!computed) {
    computed = computeYear(calendar, year);
    known.set(year, computed);
  }
  return computed;
}

/** Local year in which an instant lies. */
export function localYearOf(calendar: BusinessCalendar, milliseconds: number): number {
  const guess = new Date(milliseconds).getUTCFullYear();
  const year = openYear(calendar, guess);
  if (milliseconds >= year.from && milliseconds < year.until) return guess;
  return Number(localDateOfMs(milliseconds, calendar.timeZone).slice(0, 4));
}

/** Index of the last interval that starts at or before the instant; -1 when none does. */
export function intervalAt(year: OpenYear, milliseconds: number): number {
  let low = 0;
  let high = year.starts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((year.starts[middle] ?? Infinity) <= milliseconds) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

/** Open milliseconds from the beginning of the local year to the instant. */
export function openMsWithin(year: OpenYear, milliseconds: number): number {
  const index = intervalAt(year, milliseconds);
  if (index < 0) return 0;
  const start = year.starts[index] ?? 0;
  const end = year.ends[index] ?? 0;
  return (year.before[index] ?? 0) + Math.min(milliseconds, end) - start;
}
