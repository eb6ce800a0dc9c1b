import { dateTime } from '../format/time.js';

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

type Named = { sourceSystem?: string | null | undefined; integration?: string | null | undefined };
type Timed = {
  startsAt: string;
  endsAt?: string | null | undefined;
  weekly?: { weekday: number; fromTime: string; toTime: string } | null | undefined;
  timeZone: string;
};

/** What is under maintenance. */
export function maintained({ sourceSystem, integration }: Named): string {
  return sourceSystem ?? integration ?? '';
}

/** "7 Nov 21:00 CET to 8 Nov 03:00 CET", or "Sundays 01:00 to 04:00, Europe/Berlin". */
export function heldWhen({ startsAt, endsAt, weekly, timeZone }: Timed): string {
  if (weekly) {
    return `${WEEKDAYS[weekly.weekday - 1] ?? ''}s ${weekly.fromTime} to ${weekly.toTime}, ${timeZone}`;
  }
  return `${dateTime(startsAt, timeZone)} to ${endsAt ? dateTime(endsAt, timeZone) : ''}`;
}

/** "Maintenance of sap-de until 8 Nov 03:00 CET: New release." */
export function heldNow(
  window: Named & { nextTo?: string | null | undefined; timeZone: string; reason: string },
): string {
  const until = window.nextTo ? ` until ${dateTime(window.nextTo, window.timeZone)}` : '';
  const reason = /[.!?]$/.test(window.reason) ? window.reason : `${window.reason}.`;
  return `Maintenance of ${maintained(window)}${until}: ${reason}`;
}
