import type { Instant } from '@throughline/canonical';
import type { BusinessCalendar } from './business-calendar.js';
import {
  addBusinessDays,
  addBusinessDuration,
  businessDayOnOrAfter,
  instantOfLocalTime,
  localDateOf,
} from './business-time.js';
import { durationInWords, durationMs } from './durations.js';
import { dayNumberOf } from './holiday-rules.js';
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

/** By a date that a document states (net due date, delivery date), at a local time of it, midnight when none is given. */
export type StatedDateRule = { kind: 'stated-date'; commitment: Commitment; date: string; time?: string };

/** When a milestone is due. */
export type DueRule = BusinessDurationRule | LocalCutOffRule | StatedDateRule;

/** What a rule is evaluated with: the calendar of the legal entity, and what has happened. */
export type DueContext = {
  calendar: BusinessCalendar;
  /** When the milestone that starts the clock was reached. */
  startedAt?: Instant;
  /** Dates stated by the document, by the name that a rule uses. */
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
      const stated = context.statedDates?.[rule.date];
      return stated === undefined ? undefined : instantOfLocalTime(stated, rule.time ?? '24:00', calendar.timeZone);
    }
  }
}

/** Why a rule cannot be used, e.g. a duration in days; undefined when it can. */
export function whyInvalidDueRule(rule: DueRule): string | undefined {
  try {
    if (rule.kind === 'business-duration') durationMs(rule.duration);
    else if (rule.time !== undefined) minutesOfDay(rule.time);
    if (rule.kind === 'local-cut-off' && !(Number.isInteger(rule.businessDaysLater) && rule.businessDaysLater >= 0)) {
      return 'businessDaysLater must be a whole number from 0';
    }
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
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
    case 'stated-date':
      return `by ${rule.date}${rule.time === undefined ? '' : `, ${rule.time} local time`}`;
  }
}
