import { Temporal } from '@js-temporal/polyfill';
import { localDateOfMs, localTimeToMs, minutesOfDay } from './time-zones.js';

/** A planned maintenance: once, or weekly at times of day of a zone. Instants are ISO 8601. */
export type MaintenancePlan = {
  /** Of a weekly one: from when on it is held. */
  startsAt: string;
  /** Null = weekly. */
  endsAt: string | null;
  /** Weekday 1 = Monday; a time that is not later than the first is one of the next day. */
  weekly: { weekday: number; fromTime: string; toTime: string } | null;
  /** IANA */
  timeZone: string;
  /** When it was cut short or called off; null = it was not. */
  endedAt: string | null;
};

/** A stretch of time, in milliseconds since 1970; the end is not within it. */
export type Stretch = { from: number; to: number };

const DAY_MS = 86_400_000;
/** Years of a weekly maintenance are not counted one by one. */
const LONGEST_SPAN_MS = 800 * DAY_MS;

/** When a maintenance is held within a span, in order; the parts of it within the span and outside are given whole. */
export function maintenanceTimes(plan: MaintenancePlan, span: Stretch): Stretch[] {
  const last = plan.endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(plan.endedAt);
  const first = Date.parse(plan.startsAt);
  return plannedTimes(plan, { from: Math.max(span.from, first), to: Math.min(span.to, last) })
    .map(({ from, to }) => ({ from: Math.max(from, first), to: Math.min(to, last) }))
    .filter(({ from, to }) => from < to && from < span.to && to > span.from);
}

function plannedTimes({ startsAt, endsAt, weekly, timeZone }: MaintenancePlan, span: Stretch): Stretch[] {
  if (endsAt !== null) return [{ from: Date.parse(startsAt), to: Date.parse(endsAt) }];
  if (weekly === null || span.from >= span.to) return [];
  const [opens, closes] = [minutesOfDay(weekly.fromTime), minutesOfDay(weekly.toTime)];
  // the one that began the day before may still be held
  let date = Temporal.PlainDate.from(localDateOfMs(span.from - DAY_MS, timeZone));
  date = date.add({ days: (weekly.weekday - date.dayOfWeek + 7) % 7 });
  const times: Stretch[] = [];
  for (const end = Math.min(span.to, span.from + LONGEST_SPAN_MS); ; date = date.add({ days: 7 })) {
    const closingDate = closes > opens ? date : date.add({ days: 1 });
    const from = localTimeToMs(date.toString(), opens, timeZone);
    if (from >= end) return times;
    times.push({ from, to: localTimeToMs(closingDate.toString(), closes, timeZone) });
  }
}

/** The time of a maintenance that an instant lies in; null = it is not held then. */
export function maintenanceAt(plan: MaintenancePlan, at: Date): Stretch | null {
  const now = at.getTime();
  return maintenanceTimes(plan, { from: now, to: now + 1 }).at(-1) ?? null;
}

/** The present or next time of a maintenance; null = there is none in the coming weeks. */
export function nextMaintenance(plan: MaintenancePlan, at: Date): Stretch | null {
  const now = at.getTime();
  const until = Math.max(now, Date.parse(plan.startsAt)) + 15 * DAY_MS;
  return maintenanceTimes(plan, { from: now, to: until })[0] ?? null;
}

/** Stretches as those that do not touch one another, in order. */
export function mergedStretches(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const stretch of [...stretches].sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else merged.push({ ...stretch });
  }
  return merged;
}

/** What is left of a stretch without others. */
export function withoutStretches({ from, to }: Stretch, others: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let begin = from;
  for (const other of mergedStretches(others)) {
    if (other.to <= begin || other.from >= to) continue;
    if (other.from > begin) left.push({ from: begin, to: other.from });
    begin = other.to;
  }
  if (begin < to) left.push({ from: begin, to });
  return left;
}
