import { type Instant, type Uuid, msOfInstant } from '@throughline/canonical';
import { businessMsBetween, openStretches } from '@throughline/sla';
import { type Gap, type JourneyIndex, indexJourney, journeyChain } from './journey-chain.js';
import { type Journey, type JourneyEvent, compareEvents } from './journey.js';
import { type WaitingReason, waitingReason } from './waiting-reason.js';

/** A stretch of the way through a transaction: a hop was at work, or the transaction waited. */
export type JourneySegment = {
  from: Instant;
  until: Instant;
  /** Null while a hop was at work. */
  reason: WaitingReason | null;
  /** Milliseconds by the clock, and of them those in which the calendar of the transaction was open. */
  wallMs: number;
  businessMs: number;
  /** The hop that was at work or was waited for; empty when nobody says which. */
  system: string;
  integration: string;
  /** The milestone that the way reaches next. */
  milestone: string | null;
  legalEntity: string | null;
  /** The activity that ended it; null = it has not ended, or nothing tells what ended it. */
  endedBy: Uuid | null;
  /** It ended with a record of a file. */
  isOfFile: boolean;
};

/** What determined how long a transaction took, or has taken until now. */
export type TransactionCriticalPath = {
  from: Instant;
  until: Instant;
  wallMs: number;
  businessMs: number;
  /** In order of time, without gap or overlap: both of their times add up to those of the whole. */
  segments: JourneySegment[];
};

/**
 * The way through a transaction from its start to its end, or to now: which events it depended on (see journeyChain), and
 * between each two of them what was going on:
 *
 *   previous event      hop begins to work      next event
 *         |------- waiting -------|------ work -----|
 *
 * Work is the time since which the hop's own spans, or an earlier step of the same run at the same hop, show it busy; all
 * else is waiting, for the reason of waitingReason(). Waiting for anybody but others is cut where the calendar of the
 * transaction's legal entity opens and closes, and its closed stretches are `calendar-closed`. Work is never cut.
 *
 * Business time of every segment is counted on that one calendar, also where a member belongs to another entity: else it
 * would not add up to the business time from start to end.
 */
export function transactionCriticalPath(journey: Journey): TransactionCriticalPath {
  const until = endOfWay(journey);
  const index = indexJourney(journey, until);
  const segments = journeyChain(journey, index, until).flatMap((gap) => segmentsOf(gap, journey, index));
  const from = journey.startedAt;
  return {
    from,
    until,
    wallMs: msOfInstant(until) - msOfInstant(from),
    businessMs: businessMsBetween(journey.calendar, from, until),
    segments,
  };
}

/** A clock that is ahead must not turn time round: nothing ends before it started. */
function endOfWay({ progress, startedAt, completedAt, now, events, objects, workflow }: Journey): Instant {
  const end = ((): Instant => {
    if (progress === 'completed') return completedAt ?? now;
    if (progress === 'running') return now;
    const anchors = new Set(objects.filter(({ type }) => type === workflow?.anchor).map(({ objectId }) => objectId));
    const cancelled = events
      .filter(({ type, outcome }) => outcome === 'success' && workflow?.cancelledBy.has(type) === true)
      .filter(({ objectIds }) => objectIds.some((id) => anchors.has(id)));
    return (
      [...cancelled].sort(compareEvents)[0]?.occurredAt ?? [...events].sort(compareEvents).at(-1)?.occurredAt ?? now
    );
  })();
  return end < startedAt ? startedAt : end;
}

function segmentsOf(gap: Gap, journey: Journey, index: JourneyIndex): JourneySegment[] {
  const { from, until, after } = gap;
  const workFrom = after === null ? until : workingSince(gap, after);
  const cut = (start: Instant, end: Instant, reason: WaitingReason | null): JourneySegment => ({
    from: start,
    until: end,
    reason,
    wallMs: msOfInstant(end) - msOfInstant(start),
    businessMs: businessMsBetween(journey.calendar, start, end),
    ...hopOf(gap, index),
    milestone: gap.towards?.name ?? null,
    legalEntity: entityOf(after, index) ?? journey.legalEntity,
    endedBy: after?.activityId ?? null,
    isOfFile: after?.signalKind === 'file-record',
  });
  const reason = waitingReason(gap, index);
  const followsCalendar = reason !== 'upstream-missing' && reason !== 'not-told';
  const waiting = !followsCalendar
    ? [cut(from, workFrom, reason)]
    : openStretches(journey.calendar, from, workFrom).map((stretch) =>
        cut(stretch.from, stretch.until, stretch.isOpen ? reason : 'calendar-closed'),
      );
  return [...waiting, cut(workFrom, until, null)].filter((segment) => segment.from < segment.until);
}

function workingSince({ from, before }: Gap, after: JourneyEvent): Instant {
  const isSameRun =
    before !== null &&
    before.outcome === 'success' &&
    before.runKey === after.runKey &&
    before.system === after.system &&
    before.integration === after.integration;
  if (isSameRun) return from;
  const since = after.workingSince ?? after.occurredAt;
  if (since > after.occurredAt) return after.occurredAt;
  return since < from ? from : since;
}

/** The hop that ended the gap; while it lasts the one that failed, else the one that is to reach what is waited for. */
function hopOf({ before, after, awaited }: Gap, { workflow }: JourneyIndex): { system: string; integration: string } {
  const event = after ?? (before?.outcome === 'failure' ? before : null);
  if (event !== null) return { system: event.system, integration: event.integration };
  const proving = [...(workflow?.provenBy ?? [])].find(([, milestone]) => milestone === awaited?.name);
  return { system: '', integration: proving?.[0] ?? '' };
}

function entityOf(event: JourneyEvent | null, { objects }: JourneyIndex): string | null {
  for (const id of event?.objectIds ?? []) {
    const entity = objects.get(id)?.legalEntity ?? null;
    if (entity !== null) return entity;
  }
  return null;
}
