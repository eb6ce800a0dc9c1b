import type { Instant } from '@throughline/canonical';
import type { BusinessCalendar } from './business-calendar.js';
import {
  addBusinessDays,
  addBusinessDuration,
  businessDayOnOrAfter,
  instantOfLocalTime,
  localDateOf,
  nthBusinessDayOfMonth,
} from './business-time.js';
import { durationInWords, durationMs } from './durations.js';
import { dayNumberOf } from './holiday-rules.js';
import { type Month, monthAfter, monthOfPeriod } from './posting-periods.js';
import { minutesOfDay } from './time-zones.js';

/** A service is ours to keep (a miss is a breach); an expectation is others' behaviour (lateness is shown, no breach). */
export type Commitment = 'service' | 'expectation';

/** So much open time after another milestone: "payment applied 4 business hours after payment received". */
export type BusinessDurationRule = {
  kind: 'business-duration';
  commitment: Commitment;
  after: string;
  duration: string;
};

/**
 * By a local time of the day on which another milestone was reached, or so many business days later: "posted by 18:00
 * of the day of goods issue" is 0 days later. A day without business counts as the next business day.
 */
export type LocalCutOffRule = {
  kind: 'local-cut-off';
  commitment: Commitment;
  after: string;
  time: string;
  businessDaysLater: number;
};

/**
 * By a date that a document states (net due date, delivery date), or so many business days after it, at a local time, midnight
 * when none is given. `after` starts no clock, but says from when on the time allowed is counted.
 */
export type StatedDateRule = {
  kind: 'stated-date';
  commitment: Commitment;
  date: string;
  time?: string;
  after?: string;
  businessDaysLater?: number;
};

/**
 * By the nth business day of close, which is the nth of the month after the posting period, at a local time, midnight when none
 * is given. `period` names the attribute that states the period; without it the month in which `after` was reached counts.
 */
export type CloseDayRule = {
  kind: 'close-day';
  commitment: Commitment;
  after: string;
  businessDay: number;
  time?: string;
  period?: string;
};

/** When a milestone is due. */
export type DueRule = BusinessDurationRule | LocalCutOffRule | StatedDateRule | CloseDayRule;

/** No month has fewer business days than this in any calendar, so that such a day always exists. */
export const LATEST_CLOSE_DAY = 15;

/** What a rule is evaluated with: the calendar of the legal entity, and what has happened. */
export type DueContext = {
  calendar: BusinessCalendar;
  /** When the milestone that starts the clock was reached. */
  startedAt?: Instant;
  /** Dates and periods stated by the document, by the name that a rule uses. */
  statedDates?: Readonly<Record<string, string>>;
};

/** When a milestone is due; undefined while the clock has not started (milestone not reached, date not stated). */
export function dueAt(rule: DueRule, context: DueContext): Instant | undefined {
  const { calendar, startedAt } = context;
  switch (rule.kind) {
    case 'business-duration':
      return startedAt === undefined ? undefined : addBusinessDuration(calendar, startedAt, rule.duration);
    case 'local-cut-off': {
      if (startedAt === undefined) return undefined;
      const started = businessDayOnOrAfter(calendar, localDateOf(startedAt, calendar.timeZone));
      const day = rule.businessDaysLater === 0 ? started : addBusinessDays(calendar, started, rule.businessDaysLater);
      return instantOfLocalTime(day, rule.time, calendar.timeZone);
    }
    case 'stated-date': {
      const day = statedDay(rule, context);
      return day === undefined ? undefined : instantOfLocalTime(day, rule.time ?? '24:00', calendar.timeZone);
    }
    case 'close-day': {
      const month = closedMonth(rule, context);
      if (month === undefined) return undefined;
      const close = monthAfter(month);
      const day = nthBusinessDayOfMonth(calendar, close.year, close.month, rule.businessDay);
      return instantOfLocalTime(day, rule.time ?? '24:00', calendar.timeZone);
    }
  }
}

/**
 * From when on the time allowed is counted. What is due at a time of a stated day cannot be done before that day has begun: what
 * has been planned for a year would be at risk for months if its whole wait were time allowed.
 */
export function allowedFrom(rule: DueRule, context: DueContext): Instant | undefined {
  const { calendar, startedAt } = context;
  const day = rule.kind === 'stated-date' && rule.time !== undefined ? statedDay(rule, context) : undefined;
  if (day === undefined || startedAt === undefined) return startedAt;
  const dayBegins = instantOfLocalTime(day, '00:00', calendar.timeZone);
  return startedAt > dayBegins ? startedAt : dayBegins;
}

function statedDay(rule: StatedDateRule, { calendar, statedDates }: DueContext): string | undefined {
  const stated = statedDates?.[rule.date];
  const later = rule.businessDaysLater ?? 0;
  return stated === undefined || later === 0 ? stated : addBusinessDays(calendar, stated, later);
}

function closedMonth(rule: CloseDayRule, { calendar, startedAt, statedDates }: DueContext): Month | undefined {
  const stated = rule.period === undefined ? undefined : monthOfPeriod(statedDates?.[rule.period] ?? '');
  if (stated !== undefined || startedAt === undefined) return stated;
  return monthOfPeriod(localDateOf(startedAt, calendar.timeZone));
}

/** Why a rule cannot be used, e.g. a duration in days; undefined when it can. */
export function whyInvalidDueRule(rule: DueRule): string | undefined {
  try {
    if (rule.kind === 'business-duration') durationMs(rule.duration);
    else if (rule.time !== undefined) minutesOfDay(rule.time);
    if ('businessDaysLater' in rule && !isWholeFrom(0, rule.businessDaysLater)) {
      return 'businessDaysLater must be a whole number from 0';
    }
    if (rule.kind === 'close-day' && !(isWholeFrom(1, rule.businessDay) && rule.businessDay <= LATEST_CLOSE_DAY)) {
      return `businessDay must be a whole number from 1 to ${LATEST_CLOSE_DAY}`;
    }
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function isWholeFrom(least: number, value: number | undefined): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least);
}

/** True when a text is a date that a stated-date rule can be evaluated with. */
export function isStatedDate(text: string): boolean {
  try {
    dayNumberOf(text);
    return true;
  } catch {
    return false;
  }
}

/** A rule in words, for the screen: "4 h of business time after payment-received". */
export function describeDueRule(rule: DueRule): string {
  const time = rule.kind === 'business-duration' || rule.time === undefined ? '' : `, ${rule.time} local time`;
  switch (rule.kind) {
    case 'business-duration':
      return `${durationInWords(rule.duration)} of business time after ${rule.after}`;
    case 'local-cut-off': {
      const days = rule.businessDaysLater;
      const day =
        days === 0
          ? 'of the day'
          : days === 1
            ? 'of the business day after the day'
            : `${days} business days after the day`;
      return `by ${rule.time} local time ${day} of ${rule.after}`;
    }
    case 'stated-date': {
      const days = rule.businessDaysLater ?? 0;
      if (days === 0) return `by ${rule.date}${time}`;
      return `by ${days === 1 ? 'the business day' : `${days} business days`} after ${rule.date}${time}`;
    }
    case 'close-day':
      return `by business day ${rule.businessDay} of close${time}`;
  }
}
