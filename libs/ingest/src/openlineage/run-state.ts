import { compareInstants, type Instant } from '@throughline/canonical';
import type { RunEventType } from './lineage-event.js';

/** What one event says of the state of its run. `eventId` = its scoped key or signal id, the last tie-breaker. */
export type RunStateEvent = { eventType: RunEventType; occurredAt: Instant; eventId: string };

/** State of a run from any set of its events. */
export type OpenLineageRunState = {
  state: 'UNKNOWN' | RunEventType;
  /** The event that decides the state. */
  decidedBy: RunStateEvent | null;
  startedAt: Instant | null;
  /** Time of the deciding event, once the run has ended. */
  endedAt: Instant | null;
  /** The terminal states that were reported, sorted. Two of them contradict each other. */
  terminalStates: readonly RunEventType[];
  hasConflict: boolean;
};

const RANK: Record<RunEventType, number> = { OTHER: 1, START: 2, RUNNING: 3, COMPLETE: 4, ABORT: 4, FAIL: 4 };
const SEVERITY: Record<RunEventType, number> = { OTHER: 0, START: 0, RUNNING: 0, COMPLETE: 1, ABORT: 2, FAIL: 3 };
const TERMINAL_RANK = 4;

/** The state of a run of which nothing is known: joined with any other, it changes nothing. */
export const UNKNOWN_RUN_STATE: OpenLineageRunState = Object.freeze({
  state: 'UNKNOWN',
  decidedBy: null,
  startedAt: null,
  endedAt: null,
  terminalStates: Object.freeze([]),
  hasConflict: false,
});

/**
 * The state of a run from its events in any order, however often each is there. The state only ever rises: an event that
 * arrives late, such as a START after the COMPLETE, never brings a run back to life.
 */
export function openLineageRunState(events: Iterable<RunStateEvent>): OpenLineageRunState {
  let state = UNKNOWN_RUN_STATE;
  for (const event of events) state = joinRunStates(state, stateOfOne(event));
  return state;
}

/** Join of two states, each of some events of one run: commutative, associative, idempotent. */
export function joinRunStates(left: OpenLineageRunState, right: OpenLineageRunState): OpenLineageRunState {
  const decidedBy = later(left.decidedBy, right.decidedBy);
  const terminalStates = [...new Set([...left.terminalStates, ...right.terminalStates])].sort();
  return {
    state: decidedBy?.eventType ?? 'UNKNOWN',
    decidedBy,
    startedAt: earliest(left.startedAt, right.startedAt),
    endedAt: decidedBy !== null && RANK[decidedBy.eventType] === TERMINAL_RANK ? decidedBy.occurredAt : null,
    terminalStates,
    hasConflict: terminalStates.length > 1,
  };
}

function stateOfOne(event: RunStateEvent): OpenLineageRunState {
  const isTerminal = RANK[event.eventType] === TERMINAL_RANK;
  return {
    state: event.eventType,
    decidedBy: event,
    startedAt: event.eventType === 'START' ? event.occurredAt : null,
    endedAt: isTerminal ? event.occurredAt : null,
    terminalStates: isTerminal ? [event.eventType] : [],
    hasConflict: false,
  };
}

function later(left: RunStateEvent | null, right: RunStateEvent | null): RunStateEvent | null {
  if (left === null || right === null) return left ?? right;
  return compareEvents(left, right) >= 0 ? left : right;
}

/** By rank, then time, then severity (a failure outweighs), then id: a total order over different events. */
function compareEvents(left: RunStateEvent, right: RunStateEvent): number {
  const byRank = RANK[left.eventType] - RANK[right.eventType];
  if (byRank !== 0) return byRank;
  const byTime = compareInstants(left.occurredAt, right.occurredAt);
  if (byTime !== 0) return byTime;
  const bySeverity = SEVERITY[left.eventType] - SEVERITY[right.eventType];
  if (bySeverity !== 0) return bySeverity;
  return left.eventId < right.eventId ? -1 : left.eventId > right.eventId ? 1 : 0;
}

function earliest(left: Instant | null, right: Instant | null): Instant | null {
  if (left === null || right === null) return left ?? right;
  return compareInstants(left, right) <= 0 ? left : right;
}
