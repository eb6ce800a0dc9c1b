import { Temporal } from '@js-temporal/polyfill';

const MINUTES_PER_DAY = 1_440;

/** Minutes after midnight of "HH:MM"; "24:00" is the next midnight. Throws RangeError for anything else. */
export function minutesOfDay(time: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minutes >= 0 && minutes <= MINUTES_PER_DAY) || Number(match?.[2]) > 59) {
    throw new RangeError(`${JSON.stringify(time)} is not a time of day such as "18:00"`);
  }
  return minutes;
}

/**
 * The instant (milliseconds since 1970) of a local time. A time that the clocks skip is read with the offset before the
 * change, one that comes twice as the first ("compatible" of Temporal and RFC 5545).
 */
export function localTimeToMs(date: string, minutes: number, timeZone: string): number {
  const day = Temporal.PlainDate.from(date).add({ days: minutes >= MINUTES_PER_DAY ? 1 : 0 });
  const time = minutes % MINUTES_PER_DAY;
  return day.toZonedDateTime({
    timeZone,
    plainTime: { hour: Math.floor(time / 60), minute: time % 60 },
  }).epochMilliseconds;
}

/**
 * The instant at which a window opens or closes: as `localTimeToMs`, but a time that the clocks skip is the moment at which they
 * do, so that what is left of the window is open.
 */
export function windowEdgeToMs(date: string, minutes: number, timeZone: string): number {
  const day = Temporal.PlainDate.from(date).add({ days: minutes >= MINUTES_PER_DAY ? 1 : 0 });
  const time = minutes % MINUTES_PER_DAY;
  const stated = day.toPlainDateTime({ hour: Math.floor(time / 60), minute: time % 60 });
  const read = stated.toZonedDateTime(timeZone);
  if (read.hour * 60 + read.minute === time) return read.epochMilliseconds;
  const before = stated.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? read).epochMilliseconds;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local calendar date of an instant; formatters are kept, because making one costs more than a thousand uses. */
export function localDateOfMs(milliseconds: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  return `${(parts.year ?? '').padStart(4, '0')}-${parts.month ?? ''}-${parts.day ?? ''}`;
}
