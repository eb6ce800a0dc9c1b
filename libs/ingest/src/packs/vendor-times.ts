import { Temporal } from '@js-temporal/polyfill';
import { instantFromMs, parseInstant, parseLocalDate } from '@throughline/canonical';

/** Days that systems write for "no date". */
const PLACEHOLDERS = new Set(['0000-00-00', '0001-01-01', '1900-01-01', '1970-01-01', '9999-12-31']);
const ODATA_DATE = /^\/?\\?\/?Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/?$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2}))?$/;
const MS_FROM = 100_000_000_000;
const MICROS_FROM = 100_000_000_000_000;

/**
 * The canonical instant of any of the forms that systems use: RFC 3339 and its near relatives, epoch seconds, milliseconds,
 * microseconds or nanoseconds (told apart by size), `/Date(ms)/`, `20260930T154500`, and local times without a zone, read in
 * `zone` (IANA). Undefined for what is none, and for placeholders such as 1900-01-01.
 */
export function readAnyInstant(value: unknown, zone: string): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  // ISO 8601 takes a comma before the fraction as well.
  const text = String(value)
    .trim()
    .replace(/(:\d{2}),(?=\d)/, '$1.');
  // Fourteen digits that are a date with a time are one: as an epoch they would lie centuries away.
  const isCompact = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d[0-2]\d[0-5]\d[0-5]\d$/.test(text);
  if (typeof value === 'number' && !isCompact) return ofEpoch(value);
  const odata = ODATA_DATE.exec(text);
  if (odata) return real(ofMs(Number(odata[1])));
  if (!isCompact && /^-?\d{9,20}$/.test(text))
    return ofEpoch(text.length > 16 ? Number(text.slice(0, -6)) : Number(text));
  const exact = parseInstant(asRfc3339(text));
  if (exact.ok) return real(exact.value);
  const compact = COMPACT.exec(text);
  const local = LOCAL.exec(
    compact
      ? `${compact[1]}-${compact[2]}-${compact[3]}${compact[4] === undefined ? '' : `T${compact[4]}:${compact[5]}:${compact[6]}`}`
      : text,
  );
  return local && !PLACEHOLDERS.has(local[1]!) ? inZone(local[1]!, local[2] ?? '00:00', zone) : undefined;
}

/**
 * The calendar date of any of the forms: ISO date or instant (its own day), `20260930`, `/Date(ms)/`, or with `form` one of
 * "MM/DD/YYYY", "DD.MM.YYYY", "DD/MM/YYYY", "YYMMDD" (single digits taken too). Undefined for none and placeholders.
 */
export function readAnyDate(value: unknown, form?: string): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const date = form === undefined ? undatedForm(text) : ofForm(text, form);
  return date !== undefined && parseLocalDate(date).ok && !PLACEHOLDERS.has(date) ? date : undefined;
}

/** A blank for the T or before the offset, UTC or GMT for Z, "+0200", and what Java puts behind: "…+02:00[Europe/Berlin]". */
function asRfc3339(text: string): string {
  return text
    .replace(/\[[\w/+-]{1,60}\]$/, '')
    .replace(/ ?(?:UTC|GMT)$/, 'Z')
    .replace(/ ([+-]\d{2}:?\d{2})$/, '$1')
    .replace(/^(\S+) (\S+)$/, '$1T$2')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
}

function undatedForm(text: string): string | undefined {
  const compact = COMPACT.exec(text);
  if (compact) return `${compact[1]}-${compact[2]}-${compact[3]}`;
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text.slice(0, 10);
  return readAnyInstant(text, 'UTC')?.slice(0, 10);
}

function ofForm(text: string, form: string): string | undefined {
  if (form === 'YYMMDD') {
    const [, year, month, day] = /^(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
    // Bank files write two digits; 80 to 99 are of the last century.
    return year === undefined ? undefined : `${Number(year) >= 80 ? '19' : '20'}${year}-${month}-${day}`;
  }
  const parts = text.split(/[./-]/);
  const names = form.split(/[./-]/);
  if (parts.length !== 3 || names.length !== 3) return undefined;
  const part = (name: string): string => parts[names.findIndex((one) => one.startsWith(name))] ?? '';
  return `${part('YYYY').padStart(4, '0')}-${part('MM').padStart(2, '0')}-${part('DD').padStart(2, '0')}`;
}

function ofEpoch(value: number): string | undefined {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || value === 0) return undefined;
  if (size >= MICROS_FROM * 1_000) return ofMs(Math.trunc(value / 1_000_000));
  if (size >= MICROS_FROM) return ofMs(Math.trunc(value / 1_000));
  return ofMs(size >= MS_FROM ? value : value * 1_000);
}

function ofMs(milliseconds: number): string | undefined {
  const whole = Math.trunc(milliseconds);
  return Math.abs(whole) < 8.64e15 ? parsedOr(instantFromMs(whole)) : undefined;
}

function parsedOr(text: string): string | undefined {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : undefined;
}

function real(instant: string | undefined): string | undefined {
  return instant !== undefined && PLACEHOLDERS.has(instant.slice(0, 10)) ? undefined : instant;
}

function inZone(date: string, time: string, zone: string): string | undefined {
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${time}`);
    return parsedOr(new Date(local.toZonedDateTime(zone).epochMilliseconds).toISOString());
  } catch {
    return undefined;
  }
}
