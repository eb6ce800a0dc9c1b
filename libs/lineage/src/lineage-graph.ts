import { HUB_TYPES, type Instant, type Money, type ObjectType, type Outcome, type Uuid } from '@throughline/canonical';

/** What the evaluation of transactions needs of an object. */
export type LineageNode = {
  objectId: Uuid;
  type: ObjectType;
  legalEntity: string | null;
  counterparty: string | null;
  amount: Money | null;
  firstOccurredAt: Instant;
  lastOccurredAt: Instant;
  /** Of types whose attributes a due rule reads at least those; see `statedAttributes`. */
  attributes?: Readonly<Record<string, string>>;
};

/** A flow link; points downstream. `establishedAt` is null while only attempts that failed state it. */
export type LineageEdge = {
  fromObjectId: Uuid;
  toObjectId: Uuid;
  firstOccurredAt: Instant;
  establishedAt?: Instant | null;
};

/** What went wrong in an activity, without the payload. */
export type LineageProblem = {
  taxonomy: string;
  discriminators: Readonly<Record<string, string>>;
  message: string;
  hasPayload: boolean;
};

/** An activity as milestones and problems see it, filed under each object that it happened to. */
export type LineageActivity = {
  activityId: Uuid;
  type: string;
  occurredAt: Instant;
  outcome: Outcome;
  system: string;
  integration: string;
  runKey: string;
  problem: LineageProblem | null;
};

/** Objects, the flow links between them, and what happened to them. */
export type LineageGraph = {
  nodes: ReadonlyMap<Uuid, LineageNode>;
  /** Types of its objects, and of what happened to them: a condition that is not among them holds for no transaction. */
  seen: ReadonlySet<string>;
  /** Flow links by the object they leave from. */
  edgesFrom: ReadonlyMap<Uuid, readonly LineageEdge[]>;
  /** Activities by subject, in the order of (occurredAt, activityId). */
  activitiesOf: ReadonlyMap<Uuid, readonly LineageActivity[]>;
  /** By activity the kind of system that reported it, where a milestone asks; else its system is named as its kind. */
  reporters?: ReadonlyMap<Uuid, string>;
};

/** Files nodes, edges and activities; `happened` names the subject of each activity, one entry a subject. */
export function buildLineageGraph(
  nodes: Iterable<LineageNode>,
  edges: Iterable<LineageEdge>,
  happened: Iterable<{ objectId: Uuid; activity: LineageActivity }>,
): LineageGraph {
  const edgesFrom = new Map<Uuid, LineageEdge[]>();
  for (const edge of edges) append(edgesFrom, edge.fromObjectId, edge);
  const perObject = new Map<Uuid, Map<Uuid, LineageActivity>>();
  const seen = new Set<string>();
  for (const { objectId, activity } of happened) {
    seen.add(activity.type);
    const known = perObject.get(objectId) ?? new Map<Uuid, LineageActivity>();
    perObject.set(objectId, known.set(activity.activityId, activity));
  }
  const activitiesOf = new Map<Uuid, LineageActivity[]>();
  for (const [objectId, activities] of perObject)
    activitiesOf.set(objectId, [...activities.values()].sort(compareActivities));
  const byId = new Map([...nodes].map((node) => [node.objectId, node]));
  for (const { type } of byId.values()) seen.add(type);
  return { nodes: byId, seen, edgesFrom, activitiesOf };
}

/** True for an object that gathers thousands of others. */
export function isHub(node: Pick<LineageNode, 'type'>): boolean {
  return HUB_TYPES.has(node.type);
}

/** Order of activities: time, then id, so that it is total and independent of arrival. */
export function compareActivities(
  left: Pick<LineageActivity, 'occurredAt' | 'activityId'>,
  right: Pick<LineageActivity, 'occurredAt' | 'activityId'>,
): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt < right.occurredAt ? -1 : 1;
  return left.activityId < right.activityId ? -1 : left.activityId > right.activityId ? 1 : 0;
}

function append<T>(map: Map<Uuid, T[]>, key: Uuid, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
