import { type Instant, compareInstants, msOfInstant } from '@throughline/canonical';
import type { BusinessCalendar } from './business-calendar.js';
import { businessMsBetween } from './business-time.js';
import type { Commitment } from './due-rules.js';

/** State of a milestone; those that depend on the clock are derived on read and never stored. */
export const MILESTONE_STATES = [
  'REACHED',
  'REACHED_LATE',
  'SKIPPED',
  'PENDING',
  'AT_RISK',
  'OVERDUE',
  'BLOCKED',
] as const;

/** One of MILESTONE_STATES. */
export type MilestoneState = (typeof MILESTONE_STATES)[number];

/** State of a transaction, in order of precedence. */
export const TRANSACTION_STATES = [
  'CANCELLED',
  'COMPLETED',
  'BLOCKED',
  'LATE',
  'AT_RISK',
  'WAITING',
  'RUNNING',
] as const;

/** One of TRANSACTION_STATES. */
export type TransactionState = (typeof TRANSACTION_STATES)[number];

/** What is known of a milestone. */
export type MilestoneFacts = {
  reachedAt?: Instant | null;
  dueAt?: Instant | null;
  /** When its clock started: with dueAt it gives the allowed time. */
  startedAt?: Instant | null;
  /** Not required, and a later milestone was reached without it. */
  isSkipped?: boolean;
  /** An uncleared problem stands at the hop that would reach it. */
  isBlocked?: boolean;
};

/** Share of the allowed time below which what is left is a risk. */
const RISK_SHARE = 0.2;

function isAtRisk(facts: MilestoneFacts, dueAt: Instant, now: Instant, calendar?: BusinessCalendar): boolean {
  if (facts.startedAt === undefined || facts.startedAt === null) return false;
  const between = (from: Instant, to: Instant): number =>
    calendar ? businessMsBetween(calendar, from, to) : msOfInstant(to) - msOfInstant(from);
  return between(now, dueAt) < RISK_SHARE * between(facts.startedAt, dueAt);
}

/**
 * State of a milestone at `now`. Reaching it at the very due instant is on time. With a calendar the time left and
 * allowed are counted in its open time, so a weekend between does not hide a risk nor make one.
 */
export function milestoneState(facts: MilestoneFacts, now: Instant, calendar?: BusinessCalendar): MilestoneState {
  const due = facts.dueAt ?? undefined;
  if (facts.reachedAt !== undefined && facts.reachedAt !== null) {
    return due !== undefined && compareInstants(facts.reachedAt, due) > 0 ? 'REACHED_LATE' : 'REACHED';
  }
  if (facts.isSkipped === true) return 'SKIPPED';
  if (facts.isBlocked === true) return 'BLOCKED';
  if (due === undefined) return 'PENDING';
  if (compareInstants(now, due) > 0) return 'OVERDUE';
  return isAtRisk(facts, due, now, calendar) ? 'AT_RISK' : 'PENDING';
}

const DONE: ReadonlySet<MilestoneState> = new Set<MilestoneState>(['REACHED', 'REACHED_LATE', 'SKIPPED']);

/** A milestone as the transaction's state sees it. */
export type MilestoneStanding = {
  state: MilestoneState;
  /** Of its due rule, when it has one. */
  commitment?: Commitment | null;
  /** Taken as true when not given; one that is not required keeps nothing from being completed, and nobody waits for it. */
  isRequired?: boolean;
  /** All that must come before it is reached; taken as true when not given. */
  isReady?: boolean;
};

/**
 * State of a transaction: cancelled > completed > blocked > late > at risk > waiting > running. Late and at risk are
 * about services only; waiting = nothing is left to do now but what others are expected to do.
 */
export function transactionState(milestones: readonly MilestoneStanding[], isCancelled = false): TransactionState {
  if (isCancelled) return 'CANCELLED';
  const unreached = milestones.filter(({ state }) => !DONE.has(state));
  const required = unreached.filter(({ isRequired }) => isRequired !== false);
  if (milestones.length > 0 && required.length === 0) return 'COMPLETED';
  if (unreached.some(({ state }) => state === 'BLOCKED')) return 'BLOCKED';
  const services = unreached.filter(({ commitment }) => commitment !== 'expectation');
  if (services.some(({ state }) => state === 'OVERDUE')) return 'LATE';
  if (services.some(({ state }) => state === 'AT_RISK')) return 'AT_RISK';
  const ready = required.filter(({ isReady }) => isReady !== false);
  return ready.length > 0 && ready.every(({ commitment }) => commitment === 'expectation') ? 'WAITING' : 'RUNNING';
}
