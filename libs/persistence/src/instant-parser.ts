import pg from 'pg';

const instantOid = 1184;
const parseAny = pg.types.getTypeParser(instantOid);

/**
 * `timestamptz` as a Date, with the result of pg's own parser. Sessions are in UTC, so that nearly all of them have one form, which
 * is read by place: `2026-09-22 05:51:43.5+00`, its year of four digits and up to six of the fraction. All others are pg's.
 */
export function parseInstant(text: string): Date | number | null {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const isUsual = text[4] === '-' && text[10] === ' ' && text.endsWith('+00') && year >= 100;
  if (!isUsual) return parseAny(text);
  const end = text.length - 3;
  const digit = (at: number) => (at < end ? text.charCodeAt(at) - 48 : 0);
  return new Date(
    Date.UTC(
      year,
      twoDigits(text, 5) - 1,
      twoDigits(text, 8),
      twoDigits(text, 11),
      twoDigits(text, 14),
      twoDigits(text, 17),
      digit(20) * 100 + digit(21) * 10 + digit(22),
    ),
  );
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}
