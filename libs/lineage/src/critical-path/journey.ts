import type { Instant, ObjectType, Outcome, SignalKind, Uuid } from '@throughline/canonical';
import type { BusinessCalendar } from '@throughline/sla';
import type { LineageMilestone } from '../milestones.js';
import type { Workflow } from '../workflow.js';

/** Something that happened to objects of a transaction. */
export type JourneyEvent = {
  activityId: Uuid;
  type: string;
  occurredAt: Instant;
  outcome: Outcome;
  system: string;
  integration: string;
  runKey: string;
  signalKind: SignalKind;
  /** It was sent again on somebody's request. */
  isSentAgain: boolean;
  objectIds: readonly Uuid[];
  /** Since when its hop had been at work on it, as its spans tell; null when nothing tells it. */
  workingSince: Instant | null;
};

/** An object of the transaction: a member, or a hub that it is linked to. */
export type JourneyObject = { objectId: Uuid; type: ObjectType; legalEntity: string | null };

/** A milestone as far as the way through the transaction depends on it. */
export type JourneyMilestone = Pick<
  LineageMilestone,
  'name' | 'title' | 'objectId' | 'position' | 'ruleKind' | 'reachedAt' | 'reachedBy'
>;

/** All that is known of one transaction, from which the way through it is worked out. */
export type Journey = {
  /** Undefined when it is no longer declared: then nothing is known of what comes after what. */
  workflow: Workflow | undefined;
  legalEntity: string | null;
  progress: 'running' | 'completed' | 'cancelled';
  startedAt: Instant;
  /** When it was completed; for one that is not completed ignored. */
  completedAt: Instant | null;
  /** For one that is still running, the way ends here. */
  now: Instant;
  events: readonly JourneyEvent[];
  objects: readonly JourneyObject[];
  /** Flow links between its objects, pointing downstream. */
  links: readonly { fromObjectId: Uuid; toObjectId: Uuid }[];
  milestones: readonly JourneyMilestone[];
  /** Of the legal entity of the transaction: business time is counted on this one, so that it adds up. */
  calendar: BusinessCalendar;
};

/** Order of events: time, then id. */
export function compareEvents(
  left: Pick<JourneyEvent, 'occurredAt' | 'activityId'>,
  right: Pick<JourneyEvent, 'occurredAt' | 'activityId'>,
): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt < right.occurredAt ? -1 : 1;
  return left.activityId < right.activityId ? -1 : left.activityId > right.activityId ? 1 : 0;
}
