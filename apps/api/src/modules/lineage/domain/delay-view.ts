import {
  attributeDelays,
  DELAY_KINDS,
  type DelayContext,
  type DelayDimension,
  delayKind,
  type DelayKind,
  type JourneySegment,
  occurrencesOf,
  systemOf,
  type WaitingReason,
} from '@throughline/lineage';
import type {
  DelayBreakdownType,
  TransactionCriticalPathType,
  TransactionPathSegmentType,
} from '../graphql/delay.types.js';
import type { Way } from './journey-of.js';

/** What the estate calls things, beside what the attribution needs of it. */
export type EstateNames = DelayContext & {
  systemTitle: (system: string) => string;
  integrationTitle: (integration: string) => string;
  milestoneTitle: (milestone: string) => string;
  entityName: (legalEntity: string) => string;
};

/** Reasons in words; no reason = work. */
const REASONS: Record<WaitingReason | 'work', string> = {
  work: 'At work',
  'calendar-closed': 'Outside business hours',
  approval: 'An approval',
  'batch-window': 'The next batch window',
  queue: 'Its turn in the queue',
  retry: 'Another try',
  'upstream-missing': 'Somebody else',
  'not-told': 'Not told',
};

/** Titles of keys, by dimension. */
const TITLES: Record<DelayDimension, (key: string, names: EstateNames) => string> = {
  kind: (key) => DELAY_KINDS[key as DelayKind],
  reason: (key) => REASONS[key as WaitingReason | 'work'],
  system: (key, names) => names.systemTitle(key),
  integration: (key, names) => names.integrationTitle(key),
  hop: (key, names) => names.milestoneTitle(key),
  region: (key) => key,
  'legal-entity': (key, names) => names.entityName(key),
};

/** Time of ways told apart by each of the dimensions. */
export function delayBreakdowns(
  ways: readonly Way[],
  dimensions: readonly DelayDimension[],
  names: EstateNames,
): DelayBreakdownType[] {
  const segments = ways.map(({ path }) => path.segments);
  return [...new Set(dimensions)].map((dimension) => {
    const { wallMs, businessMs, waitingMs, parts } = attributeDelays(segments, dimension, names);
    return {
      dimension,
      durationMs: wallMs,
      businessMs,
      waitingMs,
      parts: parts.map(({ key, wallMs: durationMs, ways: transactions, ...part }) => ({
        key,
        title: key === '' ? 'Not known' : TITLES[dimension](key, names),
        durationMs,
        businessMs: part.businessMs,
        waitingMs: part.waitingMs,
        share: wallMs === 0 ? 0 : durationMs / wallMs,
        transactions,
      })),
    };
  });
}

/** The ways in which a part occurs, by their place, with its time in each; the longest first. */
export function delayOccurrences(
  ways: readonly Way[],
  dimension: DelayDimension,
  key: string,
  names: EstateNames,
): { way: number; durationMs: number; businessMs: number; waitingMs: number }[] {
  const segments = ways.map(({ path }) => path.segments);
  return occurrencesOf(segments, dimension, key, names).map(({ wallMs: durationMs, ...one }) => ({
    ...one,
    durationMs,
  }));
}

/** The way through a transaction as the API shows it. */
export function transactionPathView({ journey, path }: Way, names: EstateNames): TransactionCriticalPathType {
  const waiting = path.segments.filter(({ reason }) => reason !== null);
  return {
    from: new Date(path.from),
    until: new Date(path.until),
    isRunning: journey.progress === 'running',
    durationMs: path.wallMs,
    businessMs: path.businessMs,
    waitingMs: waiting.reduce((sum, { wallMs }) => sum + wallMs, 0),
    calendar: journey.calendar.title,
    timeZone: journey.calendar.timeZone,
    segments: path.segments.map((segment) => segmentView(segment, names)),
  };
}

function segmentView(segment: JourneySegment, names: EstateNames): TransactionPathSegmentType {
  const { from, until, reason, wallMs, businessMs, integration, milestone, legalEntity, endedBy } = segment;
  const system = systemOf(segment, names);
  return {
    from: new Date(from),
    until: new Date(until),
    reason,
    kindTitle: DELAY_KINDS[delayKind(segment, names.productOf(system))],
    durationMs: wallMs,
    businessMs,
    system,
    systemTitle: names.systemTitle(system),
    integration,
    milestone,
    milestoneTitle: milestone === null ? null : names.milestoneTitle(milestone),
    legalEntity,
    endedBy,
  };
}
