import { HUB_TYPES, type Instant, NIL_UUID, type Uuid } from '@throughline/canonical';
import type { Workflow } from '../workflow.js';
import {
  type Journey,
  type JourneyEvent,
  type JourneyMilestone,
  type JourneyObject,
  compareEvents,
} from './journey.js';

/** The time between two events that follow each other on the way; nothing on the way happened in it. */
export type Gap = {
  from: Instant;
  until: Instant;
  /** Null = the start of the transaction. */
  before: JourneyEvent | null;
  /** Null = now: it has not ended yet. */
  after: JourneyEvent | null;
  /** What the transaction waits for, when it has not ended. */
  awaited: JourneyMilestone | null;
  /** The milestone that the way reaches next. */
  towards: JourneyMilestone | null;
};

/** A journey, filed by what is looked up in it. */
export type JourneyIndex = {
  workflow: Workflow | undefined;
  /** Up to the end of the way, in order. */
  events: readonly JourneyEvent[];
  objects: ReadonlyMap<Uuid, JourneyObject>;
  eventsOf: ReadonlyMap<Uuid, readonly JourneyEvent[]>;
  upstreamOf: ReadonlyMap<Uuid, readonly Uuid[]>;
  downstreamOf: ReadonlyMap<Uuid, readonly Uuid[]>;
  milestones: readonly JourneyMilestone[];
  /** The first milestone in the order of the workflow that an activity reached. */
  reachedBy: ReadonlyMap<Uuid, JourneyMilestone>;
  /** The first known event is later than the start: earlier ones are not told. */
  startsLate: boolean;
};

/** Files what is known of a transaction up to an instant. */
export function indexJourney(journey: Journey, until: Instant): JourneyIndex {
  const events = journey.events.filter(({ occurredAt }) => occurredAt <= until).sort(compareEvents);
  const reachedBy = new Map<Uuid, JourneyMilestone>();
  const milestones = journey.milestones
    .map((milestone) =>
      (milestone.reachedAt ?? '') > until ? { ...milestone, reachedAt: null, reachedBy: null } : milestone,
    )
    .sort((left, right) => left.position - right.position || (left.objectId < right.objectId ? -1 : 1));
  for (const milestone of milestones) {
    if (milestone.reachedBy !== null && !reachedBy.has(milestone.reachedBy)) {
      reachedBy.set(milestone.reachedBy, milestone);
    }
  }
  return {
    workflow: journey.workflow,
    events,
    objects: new Map(journey.objects.map((object) => [object.objectId, object])),
    eventsOf: filed(events.flatMap((event) => event.objectIds.map((id) => [id, event] as const))),
    upstreamOf: filed(journey.links.map(({ fromObjectId, toObjectId }) => [toObjectId, fromObjectId] as const)),
    downstreamOf: filed(journey.links.map(({ fromObjectId, toObjectId }) => [fromObjectId, toObjectId] as const)),
    milestones,
    reachedBy,
    startsLate: (events[0]?.occurredAt ?? until) > journey.startedAt,
  };
}

/**
 * The way through the transaction, from its end back to its start: each event was waiting for the latest of those that it
 * depends on. It depends on what happened earlier to the same objects, to those directly upstream of them (further up where
 * nothing is known of these) and on what reached the milestones that come before its own. A hub that others share is no
 * common object. Where nothing of that is known, the event before it counts.
 */
export function journeyChain(journey: Journey, index: JourneyIndex, until: Instant): Gap[] {
  const gaps: Gap[] = [];
  const isRunning = journey.progress === 'running';
  const awaited = isRunning ? nextMilestone(index) : null;
  const last = isRunning ? latest(dependenciesOfNow(awaited, index)) : endOf(journey, index);
  let after = !isRunning && last?.occurredAt === until ? last : null;
  let before = after === null ? last : predecessor(after, index);
  let towards = awaited ?? (last === null ? null : (index.reachedBy.get(last.activityId) ?? null));
  let end = until;
  while (end > journey.startedAt) {
    const from = before === null || before.occurredAt < journey.startedAt ? journey.startedAt : before.occurredAt;
    gaps.push({ from, until: end, before, after, awaited: after === null ? awaited : null, towards });
    if (before === null) break;
    [after, end] = [before, from];
    towards = index.reachedBy.get(after.activityId) ?? towards;
    before = predecessor(after, index);
  }
  return gaps.filter((gap) => gap.from < gap.until).reverse();
}

/** What completed it: the last that reached a milestone. What cancelled it is the last that is known of it. */
function endOf({ progress }: Journey, { events, reachedBy }: JourneyIndex): JourneyEvent | null {
  const ended = progress === 'completed' ? events.filter(({ activityId }) => reachedBy.has(activityId)) : events;
  return ended.at(-1) ?? null;
}

/** The first milestone that is still to come and has all before it reached. */
function nextMilestone({ milestones, workflow }: JourneyIndex): JourneyMilestone | null {
  const unreached = new Set(milestones.filter(({ reachedAt }) => reachedAt === null).map(({ name }) => name));
  const open = milestones.filter(({ reachedAt }) => reachedAt === null);
  const isNext = ({ name }: JourneyMilestone) => afterOf(name, workflow).every((before) => !unreached.has(before));
  return open.find(isNext) ?? open[0] ?? null;
}

function predecessor(event: JourneyEvent, index: JourneyIndex): JourneyEvent | null {
  const isBefore = (other: JourneyEvent) => compareEvents(other, event) < 0;
  const milestone = index.reachedBy.get(event.activityId);
  const found = [
    ...eventsNear(event.objectIds, index, isBefore),
    ...(milestone === undefined ? [] : eventsBefore(milestone, index).filter(isBefore)),
  ];
  return latest(found) ?? index.events.filter(isBefore).at(-1) ?? null;
}

/** What the end that is still to come depends on: what came before it, and what failed at the hop that is to reach it. */
function dependenciesOfNow(awaited: JourneyMilestone | null, index: JourneyIndex): JourneyEvent[] {
  const hops = [...(index.workflow?.provenBy ?? [])].flatMap(([hop, proven]) =>
    proven === awaited?.name ? [hop] : [],
  );
  const failed = index.events.filter(({ outcome, integration }) => outcome === 'failure' && hops.includes(integration));
  const near =
    awaited === null || awaited.objectId === NIL_UUID ? [] : eventsNear([awaited.objectId], index, () => true);
  const found = [...failed, ...near, ...(awaited === null ? [] : eventsBefore(awaited, index))];
  return found.length > 0 ? found : index.events.slice(-1);
}

/** What reached the milestones that are declared to come before it: of the same object where these are per object. */
function eventsBefore(milestone: JourneyMilestone, index: JourneyIndex): JourneyEvent[] {
  return afterOf(milestone.name, index.workflow).flatMap((name) => {
    const before = index.milestones.filter((one) => one.name === name && one.reachedBy !== null);
    const own = before.filter(({ objectId }) => objectId === milestone.objectId || objectId === NIL_UUID);
    const ids = new Set((own.length > 0 ? own : before).map(({ reachedBy }) => reachedBy));
    return index.events.filter(({ activityId }) => ids.has(activityId));
  });
}

/** Earlier events of the objects and of those directly upstream; level by level further up while nothing is known. */
function eventsNear(
  objectIds: readonly Uuid[],
  index: JourneyIndex,
  isBefore: (event: JourneyEvent) => boolean,
): JourneyEvent[] {
  const eventsOf = (ids: readonly Uuid[]) => ids.flatMap((id) => (index.eventsOf.get(id) ?? []).filter(isBefore));
  const own = eventsOf(objectIds.filter((id) => !HUB_TYPES.has(index.objects.get(id)?.type ?? '')));
  const seen = new Set(objectIds);
  let level = [...objectIds];
  while (level.length > 0) {
    level = [...new Set(level.flatMap((id) => index.upstreamOf.get(id) ?? []))].filter((id) => !seen.has(id));
    for (const id of level) seen.add(id);
    const above = eventsOf(level);
    if (above.length > 0) return [...own, ...above];
  }
  return own;
}

function afterOf(milestone: string, workflow: Workflow | undefined): readonly string[] {
  return workflow?.milestones.find(({ name }) => name === milestone)?.after ?? [];
}

function latest(events: readonly JourneyEvent[]): JourneyEvent | null {
  return events.reduce<JourneyEvent | null>(
    (last, event) => (last === null || compareEvents(event, last) > 0 ? event : last),
    null,
  );
}

function filed<K, V>(entries: readonly (readonly [K, V])[]): Map<K, V[]> {
  const map = new Map<K, V[]>();
  for (const [key, value] of entries) {
    const known = map.get(key);
    if (known) known.push(value);
    else map.set(key, [value]);
  }
  return map;
}
