import { addBusinessDays, instantOfLocalTime, localDateOf, type BusinessCalendar } from '@throughline/sla';

/** The end of the nth business day after the day on which something was let go in an emergency. */
export function reviewDueAt(calendar: BusinessCalendar, businessDays: number, letGoAt: Date): Date {
  const { timeZone } = calendar;
  const day = addBusinessDays(calendar, localDateOf(letGoAt.toISOString(), timeZone), businessDays);
  return new Date(instantOfLocalTime(day, '24:00', timeZone));
}

/** An emergency as far as its review looks at it. */
export type Emergency = { isBreakGlass: boolean; reviewedAt: Date | null; reviewDueAt: Date | null };

/** Whether somebody else should have reviewed it by now, and nobody has. */
export function isReviewOverdue({ isBreakGlass, reviewedAt, reviewDueAt }: Emergency, now: Date): boolean {
  return isBreakGlass && reviewedAt === null && reviewDueAt !== null && reviewDueAt <= now;
}
