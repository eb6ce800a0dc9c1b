const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The zone of the person who looks. */
export const OWN_ZONE: string = new Intl.DateTimeFormat().resolvedOptions().timeZone;

// Zones for which the locale data know no short name in English; people who work there do.
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'America/Sao_Paulo': 'BRT',
  'Asia/Singapore': 'SGT',
  'Asia/Hong_Kong': 'HKT',
  'Asia/Tokyo': 'JST',
};

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** "CET", "EST", "SGT", "UTC" or "GMT-3": the name of the zone at that instant. */
export function zoneName(at: Date, zone: string): string {
  const fixed = SHORT_NAMES[zone];
  if (fixed) return fixed;
  let name = '';
  for (const locale of ['en-US', 'en-GB', 'en-AU']) {
    const parts = format(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
    name = parts.find((part) => part.type === 'timeZoneName')?.value ?? name;
    if (!/^(GMT|UTC)[+-]/.test(name)) break;
  }
  return name;
}

/** "14:32 CET"; with seconds where the order of things matters. */
export function clockTime(instant: string | Date, zone: string = OWN_ZONE, hasSeconds = false): string {
  const at = new Date(instant);
  const time = format('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(hasSeconds ? { second: '2-digit' as const } : {}),
  }).format(at);
  return `${time} ${zoneName(at, zone)}`;
}

/** "20 Nov" */
export function shortDate(instant: string | Date, zone: string = OWN_ZONE): string {
  return format('en-GB', { timeZone: zone, day: 'numeric', month: 'short' }).format(new Date(instant));
}

/** "Fri 20 Nov", of a calendar date that has no zone. */
export function calendarDay(day: string): string {
  return format('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** "20 Nov 14:32 CET", with the year where it is not the running one: what happened long ago must not look like this spring. */
export function dateTime(
  instant: string | Date,
  zone: string = OWN_ZONE,
  hasSeconds = false,
  now: Date = new Date(),
): string {
  const year = yearOf(instant, zone);
  const date = shortDate(instant, zone);
  return `${year === yearOf(now, zone) ? date : `${date} ${year}`} ${clockTime(instant, zone, hasSeconds)}`;
}

function yearOf(instant: string | Date, zone: string): string {
  return format('en-GB', { timeZone: zone, year: 'numeric' }).format(new Date(instant));
}

/** "2026-11-20 13:32:07.412 UTC": the exact instant, for a tooltip. */
export function exactInstant(instant: string | Date): string {
  return new Date(instant).toISOString().replace('T', ' ').replace('Z', ' UTC');
}

/** Of what is longer ago than this nobody asks for the hours. */
const HOURS_UP_TO_DAYS = 30;

/** "3 d 4 h", "4 h 12 min", "48 min", "12 s", "941 d": two units at most. */
export function duration(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  if (span < MINUTE) return `${Math.floor(span / 1000)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  const [large, small, largeUnit, smallUnit] =
    span < DAY
      ? [Math.floor(span / HOUR), Math.floor((span % HOUR) / MINUTE), 'h', 'min']
      : [Math.floor(span / DAY), Math.floor((span % DAY) / HOUR), 'd', 'h'];
  return small === 0 || (largeUnit === 'd' && large > HOURS_UP_TO_DAYS)
    ? `${large} ${largeUnit}`
    : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** The beginning of the running day in UTC: what "today" means in the figures of intake. */
export function startOfUtcDay(now: Date): string {
  return new Date(Math.floor(now.getTime() / DAY) * DAY).toISOString();
}

/** How long ago, seen from now; an instant a little ahead of this clock counts as just now. */
export function age(instant: string, now: Date): string {
  return duration(Math.max(0, now.getTime() - new Date(instant).getTime()));
}

/** "412 ms", "3.21 s", "2 min 4 s": the length of a run or of a span. */
export function runLength(milliseconds: number): string {
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} µs`;
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < MINUTE) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${Math.floor(milliseconds / MINUTE)} min ${Math.round((milliseconds % MINUTE) / 1000)} s`;
}
