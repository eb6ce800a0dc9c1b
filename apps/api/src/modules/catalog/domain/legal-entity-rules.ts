import { parseMoney } from '@throughline/canonical';
import { findCalendar, KNOWN_CALENDARS } from '@throughline/sla';
import { textProblems } from './catalog-text.js';
import { isTimeZone } from './source-system-rules.js';

/** A legal entity as people state it. */
export type LegalEntityStatement = {
  code: string;
  name: string;
  /** ISO 3166-1 alpha-2; the region that delays and exceptions are told by. */
  country: string;
  currency: string;
  calendar: string;
  timeZone: string;
};

/** As systems write company codes. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
const COUNTRY = /^[A-Z]{2}$/;

/** What keeps a legal entity from being taken; empty = nothing. */
export function legalEntityProblems(entity: LegalEntityStatement): string[] {
  const { code, name, country, currency, calendar, timeZone } = entity;
  const isCurrency = parseMoney('0', currency).ok;
  return [
    ...(CODE.test(code)
      ? []
      : ['code: must be letters, digits, ".", "_" or "-", at most 32, as your systems write it']),
    ...textProblems('name', name, { max: 200 }),
    ...(COUNTRY.test(country) ? [] : ['country: must be a code of two capital letters such as DE']),
    ...(isCurrency ? [] : ['currency: must be an ISO 4217 code such as EUR']),
    ...(findCalendar(calendar) === undefined
      ? [`calendar: must be one of ${[...KNOWN_CALENDARS.keys()].join(', ')}`]
      : []),
    ...(isTimeZone(timeZone) ? [] : ['timeZone: is no IANA time zone such as Europe/Berlin']),
  ];
}
