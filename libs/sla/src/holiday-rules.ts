/** ISO weekday: 1 Monday … 7 Sunday. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** What happens when a holiday falls on a weekend: nothing, or a Sunday's is kept on the Monday after it. */
export type Observance = 'as-is' | 'sunday-to-monday';

/** Years in which a rule holds, both inclusive; laws change, so a rule is dated. */
type InForce = { name: string; since?: number; until?: number };

/** One rule of a holiday calendar, as data. */
export type HolidayRule = InForce &
  (
    | { kind: 'fixed'; month: number; day: number; observance: Observance }
    /** The nth weekday of a month; -1 is the last one. */
    | { kind: 'nth-weekday'; month: number; weekday: IsoWeekday; nth: 1 | 2 | 3 | 4 | -1 }
    /** Days from Easter Sunday (Gregorian): -2 is Good Friday. */
    | { kind: 'easter'; offsetDays: number }
    /** Days that no rule gives (lunar, Islamic, Hindu calendars, polling days), as they were announced. */
    | { kind: 'dated'; dates: readonly string[]; observance: Observance }
  );

/** One holiday of a year: the day on which it is kept. */
export type Holiday = { date: string; name: string };

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a calendar day. */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

/** ISO text of a day number. */
export function isoDateOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Day number of an ISO date; throws RangeError when it is none. */
export function dayNumberOf(date: string): number {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`${JSON.stringify(date)} is not a date such as "2026-09-30"`);
  return milliseconds / MS_PER_DAY;
}

/** ISO weekday of a day number; 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): IsoWeekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as IsoWeekday;
}

/** Day number of Easter Sunday in the Gregorian calendar (anonymous computus, Meeus/Jones/Butcher). */
export function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return dayNumber(year, month, day);
}

function nthWeekday(year: number, month: number, weekday: IsoWeekday, nth: number): number {
  if (nth === -1) {
    const last = dayNumber(year, month + 1, 1) - 1;
    return last - ((weekdayOf(last) - weekday + 7) % 7);
  }
  const first = dayNumber(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

function kept(day: number, observance: Observance): number {
  return observance === 'sunday-to-monday' && weekdayOf(day) === 7 ? day + 1 : day;
}

function daysOf(rule: HolidayRule, year: number): number[] {
  switch (rule.kind) {
    case 'fixed':
      return [kept(dayNumber(year, rule.month, rule.day), rule.observance)];
    case 'nth-weekday':
      return [nthWeekday(year, rule.month, rule.weekday, rule.nth)];
    case 'easter':
      return [easterSunday(year) + rule.offsetDays];
    case 'dated':
      return rule.dates
        .filter((date) => date.startsWith(`${year}-`))
        .map((date) => kept(dayNumberOf(date), rule.observance));
  }
}

/** The holidays that rules give for a year, in order of date, on the day they are kept. */
export function holidaysOfYear(rules: readonly HolidayRule[], year: number): Holiday[] {
  return rules
    .filter((rule) => year >= (rule.since ?? year) && year <= (rule.until ?? year))
    .flatMap((rule) => daysOf(rule, year).map((day) => ({ date: isoDateOf(day), name: rule.name })))
    .sort((left, right) => (left.date < right.date ? -1 : left.date > right.date ? 1 : 0));
}
