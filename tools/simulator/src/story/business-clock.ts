import { instantFromMs, msOfInstant } from '@throughline/canonical';
import {
  addBusinessDays,
  addBusinessDuration,
  calendarNamed,
  instantOfLocalTime,
  isBusinessDay,
  localDateOf,
} from '@throughline/sla';
import type { LegalEntity } from './legal-entities.js';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A calendar day as text, e.g. "2026-09-30". */
export type Day = string;

/** The calendar day of an instant (epoch milliseconds) where the entity is. */
export function localDay(entity: LegalEntity, at: number): Day {
  return localDateOf(instantFromMs(at), entity.timeZone);
}

/** The instant at which the entity's wall clock shows the given minutes after midnight of a day. */
export function instantAt(entity: LegalEntity, day: Day, minutes: number): number {
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const time = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return msOfInstant(instantOfLocalTime(day, time, entity.timeZone));
}

/** True on banking days of the entity's currency. */
export function isBankingDay(entity: LegalEntity, day: Day): boolean {
  return isBusinessDay(calendarNamed(entity.calendar), day);
}

/** The day that lies so many banking days behind `day`. */
export function bankingDaysLater(entity: LegalEntity, day: Day, count: number): Day {
  return addBusinessDays(calendarNamed(entity.calendar), day, count);
}

/** A day some calendar days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** When "payment applied within 4 business hours after the bank credit is reported" runs out. */
export function applicationDueAt(entity: LegalEntity, creditAt: number): number {
  return msOfInstant(addBusinessDuration(calendarNamed(entity.calendar), instantFromMs(creditAt), 'PT4H'));
}
