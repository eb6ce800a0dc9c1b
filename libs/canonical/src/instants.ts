import { type Parsed, accepted, quoted, refused } from './parsed.js';

/**
 * An instant in canonical text: UTC, exactly three decimals of a second, `Z`, the form of Date.toISOString(). The fixed
 * width makes text order the order of time ("…00.5Z" would sort before "…00Z"). Finer digits are cut off, never rounded
 * up, so an instant never moves past a later one.
 */
export type Instant = string;

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const CANONICAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const MS_PER_MINUTE = 60_000;
const NANOS_PER_MS = 1_000_000n;
const EARLIEST_MS = Date.UTC(1900, 0, 1);
const OUTSIDE = 'is outside the years 1900 to 9999';
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function instantOfMs(milliseconds: number, source: unknown): Parsed<Instant> {
  if (milliseconds < EARLIEST_MS || milliseconds > LATEST_MS) {
    return refused(`${quoted(source)} ${OUTSIDE}`);
  }
  return accepted(new Date(milliseconds).toISOString());
}

/** Reads an RFC 3339 instant (offset required, leap second read as the last millisecond before it). */
export function parseInstant(text: unknown): Parsed<Instant> {
  const match = typeof text === 'string' ? RFC_3339.exec(text) : null;
  if (!match) {
    const hint =
      typeof text === 'string' && WITHOUT_ZONE.test(text) ? ' (it has no time zone; add "Z" or an offset)' : '';
    return refused(`${quoted(text)} is not an RFC 3339 instant such as "2026-09-30T15:00:00Z"${hint}`);
  }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [fraction = '', , sign, offsetHour = '0', offsetMinute = '0'] = match.slice(7);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  if (year < 1900) return refused(`${quoted(text)} ${OUTSIDE}`);
  if (!isCalendarDay(year, month, day)) return refused(`${quoted(text)} names a day that does not exist`);
  if (hour > 23 || minute > 59 || second > 60 || Number(offsetHour) > 23 || Number(offsetMinute) > 59) {
    return refused(`${quoted(text)} names a time of day that does not exist`);
  }
  const milliseconds = second === 60 ? 999 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59), milliseconds);
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * MS_PER_MINUTE;
  return instantOfMs(sign === '-' ? local + offset : local - offset, text);
}

/** Canonical instant of an OTLP time: nanoseconds since 1970 as text, bigint or integer; cut to milliseconds. */
export function instantFromUnixNano(nanos: string | bigint | number): Parsed<Instant> {
  const text = String(nanos);
  if (!/^\d{1,20}$/.test(text)) return refused(`${quoted(nanos)} is not a count of nanoseconds since 1970`);
  return instantOfMs(Number(BigInt(text) / NANOS_PER_MS), nanos);
}

/** Canonical instant of milliseconds since 1970, as a clock gives them. */
export function instantFromMs(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

/** Milliseconds since 1970 of a canonical instant. */
export function msOfInstant(instant: Instant): number {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new RangeError(`${quoted(instant)} is not an instant`);
  return milliseconds;
}

/** True when the text is already canonical, so that it compares rightly as text. */
export function isCanonicalInstant(text: string): boolean {
  return CANONICAL.test(text) && !Number.isNaN(Date.parse(text));
}

/** Order of two canonical instants: negative, zero or positive. */
export function compareInstants(left: Instant, right: Instant): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Reads a calendar date "2026-09-30"; dates without a time stay dates. */
export function parseLocalDate(text: unknown): Parsed<string> {
  const match = typeof text === 'string' ? LOCAL_DATE.exec(text) : null;
  if (!match || typeof text !== 'string') return refused(`${quoted(text)} is not a date such as "2026-09-30"`);
  if (!isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]))) {
    return refused(`${quoted(text)} names a day that does not exist`);
  }
  return accepted(text);
}
