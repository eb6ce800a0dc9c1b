import { type ObjectType, type Outcome, type Uuid } from '@throughline/canonical';
import type { Journey, JourneyEvent, JourneyMilestone, TransactionCriticalPath, Workflow } from '@throughline/lineage';
import type { ActivityRow, LinkRow, MilestoneRow, TransactionObjectRow } from '../transaction-parts.repository.js';
import type { WayActivityRow, WayHeadRow } from '../way.repository.js';
import type { WorkflowClock } from './workflow-clock.js';
import { type SpansById, workingSince } from './working-since.js';

/** What is known of a transaction, and the way through it. */
export type Way = { journey: Journey; path: TransactionCriticalPath };

/** The rows of one transaction. */
export type WayParts = {
  head: WayHeadRow;
  milestones: readonly MilestoneRow[];
  objects: readonly TransactionObjectRow[];
  links: readonly LinkRow[];
  activities: readonly ActivityRow[];
  /** By activity id. */
  details: ReadonlyMap<string, WayActivityRow>;
  spans: SpansById;
};

/** Stored rows as the journey whose critical path is worked out. */
export function journeyOf(parts: WayParts, workflow: Workflow | undefined, clock: WorkflowClock): Journey {
  const { head, milestones, objects, links, activities } = parts;
  return {
    workflow,
    legalEntity: head.legalEntity,
    progress: head.progress,
    startedAt: head.startedAt.toISOString(),
    completedAt: head.completedAt?.toISOString() ?? null,
    now: clock.now,
    events: activities.map((activity) => eventOf(activity, parts)),
    objects: objects.map(({ id, type, legalEntity }) => ({
      objectId: id as Uuid,
      type: type as ObjectType,
      legalEntity,
    })),
    links: links.map(({ from, to }) => ({ fromObjectId: from as Uuid, toObjectId: to as Uuid })),
    milestones: milestones.map(milestoneOf),
    calendar: clock.calendarOf(head.legalEntity),
  };
}

function eventOf(activity: ActivityRow, { details, spans }: WayParts): JourneyEvent {
  const detail = details.get(activity.id);
  const { traceId } = activity;
  const spanId = detail?.spanId ?? null;
  return {
    activityId: activity.id as Uuid,
    type: activity.type,
    occurredAt: activity.occurredAt.toISOString(),
    outcome: activity.outcome as Outcome,
    system: activity.system,
    integration: activity.integration,
    runKey: detail?.runKey ?? activity.id,
    signalKind: detail?.signalKind ?? 'cloud-event',
    isSentAgain: activity.requeueId !== null,
    objectIds: activity.objects.map(({ id }) => id as Uuid),
    workingSince: traceId === null || spanId === null ? null : workingSince(spans, traceId, spanId),
  };
}

function milestoneOf(row: MilestoneRow): JourneyMilestone {
  const { name, title, objectId, position, ruleKind, reachedAt, reachedBy } = row;
  return {
    name,
    title,
    objectId: objectId as Uuid,
    position,
    ruleKind: ruleKind as JourneyMilestone['ruleKind'],
    reachedAt: reachedAt?.toISOString() ?? null,
    reachedBy: reachedBy as Uuid | null,
  };
}
