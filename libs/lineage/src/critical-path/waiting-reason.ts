import { HUB_TYPES, type Instant, type Uuid } from '@throughline/canonical';
import type { JourneyEvent } from './journey.js';
import type { Gap, JourneyIndex } from './journey-chain.js';

/** Why a transaction waited. */
export const WAITING_REASONS = [
  'calendar-closed',
  'approval',
  'batch-window',
  'queue',
  'retry',
  'upstream-missing',
  'not-told',
] as const;

/** One of WAITING_REASONS. */
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** Somebody decides: the last word of an activity type. */
const DECISIONS: ReadonlySet<string> = new Set(['approved', 'released', 'signed']);
/** Something comes from outside the house. */
const ARRIVALS: ReadonlySet<string> = new Set(['received']);
/** Forms of signal in which many things come at once, at their own time. */
const BATCH_SIGNALS: ReadonlySet<string> = new Set(['file-record', 'openlineage']);

/**
 * Why nothing happened between two events of the way. The first rule that holds decides:
 *
 * 1. `not-told`: nothing is known of what came before, because the activities that are known do not reach back to the start;
 *    or nothing is known of what came after.
 * 2. `retry`: the earlier event failed, or the later one was sent again on request.
 * 3. `approval`: the later event is a decision that was taken (approved, released, signed, anything that happened to an
 *    approval), or what is waited for is a milestone that only decisions reach.
 * 4. `upstream-missing`: the later event reaches (or what is waited for is) a milestone that others are expected to reach,
 *    such as a customer's payment; or it comes from outside (received); or it is the first of an object when something
 *    downstream of that object has been heard of meanwhile, so that the documents come out of their order.
 * 5. `batch-window`: the later event concerns a hub (statement, payment batch, cash position), or came as a record of a file
 *    or as a run of a batch job; or what is waited for happens to a hub.
 * 6. `queue`: the next hop had everything and had not taken it up.
 *
 * What of it lies in closed hours of the calendar is `calendar-closed` instead, except for rules 1 and 4: others' time does
 * not follow our calendar. See transactionCriticalPath() for the cutting.
 */
export function waitingReason(gap: Gap, index: JourneyIndex): WaitingReason {
  const { before, after, awaited } = gap;
  if ((before === null && index.startsLate) || (after === null && awaited === null)) return 'not-told';
  if (before?.outcome === 'failure' || after?.isSentAgain === true) return 'retry';
  if (
    after !== null
      ? after.outcome === 'success' && isDecision(after.type)
      : awaited !== null && isDecided(awaited.name, index)
  )
    return 'approval';
  if (after !== null ? comesFromOutside(after, gap.from, index) : awaited?.ruleKind === 'expectation')
    return 'upstream-missing';
  if (after !== null ? isOfBatch(after, index) : awaited !== null && isOnHub(awaited.name, index))
    return 'batch-window';
  return 'queue';
}

function verbOf(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

function isDecision(type: string): boolean {
  return DECISIONS.has(verbOf(type)) || type.startsWith('approval.');
}

function isDecided(milestone: string, { workflow }: JourneyIndex): boolean {
  const types = [...(workflow?.milestones.find(({ name }) => name === milestone)?.reachedBy ?? [])];
  return types.length > 0 && types.every(isDecision);
}

function comesFromOutside(event: JourneyEvent, since: Instant, index: JourneyIndex): boolean {
  return (
    ARRIVALS.has(verbOf(event.type)) ||
    index.reachedBy.get(event.activityId)?.ruleKind === 'expectation' ||
    event.objectIds.some((objectId) => cameAfterDownstream(objectId, event, since, index))
  );
}

/** It is the first event of this object, and something downstream of the object came earlier in the time that passed. */
function cameAfterDownstream(objectId: Uuid, event: JourneyEvent, since: Instant, index: JourneyIndex): boolean {
  if (firstOwn(objectId, index)?.activityId !== event.activityId) return false;
  return (index.downstreamOf.get(objectId) ?? []).some((below) => {
    const known = isHub(below, index) ? undefined : firstOwn(below, index);
    return known !== undefined && known.occurredAt >= since && known.occurredAt < event.occurredAt;
  });
}

/** The first event that happened to the object itself: one that is named after its type. */
function firstOwn(objectId: Uuid, { eventsOf, objects }: JourneyIndex): JourneyEvent | undefined {
  const type = `${objects.get(objectId)?.type ?? ''}.`;
  return eventsOf.get(objectId)?.find((event) => event.type.startsWith(type));
}

function isOfBatch(event: JourneyEvent, index: JourneyIndex): boolean {
  return BATCH_SIGNALS.has(event.signalKind) || event.objectIds.some((id) => isHub(id, index));
}

function isOnHub(milestone: string, { workflow }: JourneyIndex): boolean {
  return HUB_TYPES.has(workflow?.milestones.find(({ name }) => name === milestone)?.on ?? '');
}

function isHub(objectId: Uuid, { objects }: JourneyIndex): boolean {
  return HUB_TYPES.has(objects.get(objectId)?.type ?? '');
}
