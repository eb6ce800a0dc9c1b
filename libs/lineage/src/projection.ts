import type { Activity, Alias, Uuid } from '@throughline/canonical';
import type { CalendarOf } from './calendar-of.js';
import { aliasStatements, linkStatements, subjectPositions } from './alias-statements.js';
import { type Identities, identifyObjects } from './identity.js';
import { type LineageActivity, buildLineageGraph } from './lineage-graph.js';
import { type LinkState, type ResolvedLink, mergeLinks } from './links.js';
import type { LineageMilestone } from './milestones.js';
import { type ObjectState, type ObjectStatement, describeObject } from './object-facts.js';
import { type ProblemState, detectProblems } from './problems.js';
import {
  type LineageTransaction,
  type ProjectedTransaction,
  type TransactionObjectState,
  projectTransaction,
} from './transactions.js';
import { type Workflow, displayKeysOf } from './workflow.js';

/** A name and the object it belongs to. */
export type AliasState = Alias & { aliasId: Uuid; objectId: Uuid };

/** Something about the lineage itself that somebody should look at. */
export type LineageFinding = { kind: 'too-many-aliases' | 'transaction-truncated' | 'more-than-expected'; id: Uuid };

/** The whole lineage, as rows in a fixed order, so that two projections compare as values. */
export type Projection = {
  aliases: AliasState[];
  objects: ObjectState[];
  links: LinkState[];
  transactions: LineageTransaction[];
  transactionObjects: TransactionObjectState[];
  milestones: (LineageMilestone & { transactionId: Uuid })[];
  problems: ProblemState[];
  findings: LineageFinding[];
};

/**
 * The projection of a set of activities: the same set in any order, with any repetition, gives the same projection.
 * Works on everything at once; the worker uses the same functions on what a change can touch.
 */
export function projectAll(
  activities: readonly Activity[],
  workflows: readonly Workflow[],
  calendarOf: CalendarOf,
): Projection {
  const distinct = [...new Map(activities.map((activity) => [activity.activityId, activity])).values()];
  const statements = distinct.flatMap((activity) => aliasStatements(activity));
  const identities = identifyObjects(statements);
  const objects = describeObjects(distinct, identities, workflows);
  const types = new Map(objects.map((object) => [object.objectId, object.type]));
  const links = mergeLinks(resolveLinks(distinct, identities), (objectId) => types.get(objectId));
  const graph = buildLineageGraph(
    objects,
    links.filter((link) => !link.isContext),
    happenings(distinct, identities),
  );
  const projected = workflows.flatMap((workflow) =>
    objects.flatMap((object) => projectTransaction(workflow, object.objectId, graph, calendarOf) ?? []),
  );
  return inFixedOrder({
    aliases: aliasStates(identities),
    objects,
    links,
    transactions: projected.map(({ transaction }) => transaction),
    transactionObjects: projected.flatMap((one) => one.objects),
    milestones: projected.flatMap((one) => one.milestones),
    problems: objects.flatMap((object) => detectProblems(object.objectId, graph, workflows)),
    findings: findingsOf(identities, projected),
  });
}

/** The same rows in the order of their keys. */
export function inFixedOrder(projection: Projection): Projection {
  return {
    aliases: sorted(projection.aliases, (row) => [row.aliasId]),
    objects: sorted(projection.objects, (row) => [row.objectId]),
    links: sorted(projection.links, (row) => [row.fromObjectId, row.toObjectId, row.qualifier]),
    transactions: sorted(projection.transactions, (row) => [row.transactionId]),
    transactionObjects: sorted(projection.transactionObjects, (row) => [row.transactionId, row.objectId]),
    milestones: sorted(projection.milestones, (row) => [row.transactionId, row.name, row.objectId]),
    problems: sorted(projection.problems, (row) => [row.objectId, row.hop, row.signature]),
    findings: sorted(projection.findings, (row) => [row.kind, row.id]),
  };
}

/** An activity as milestones and problems see it. */
export function toLineageActivity(activity: Activity): LineageActivity {
  const { activityId, type, occurredAt, outcome, system, integration, runKey, problem } = activity;
  const seen = problem && {
    taxonomy: problem.taxonomy,
    discriminators: problem.discriminators,
    message: problem.message,
    hasPayload: problem.payload !== undefined,
  };
  return { activityId, type, occurredAt, outcome, system, integration, runKey, problem: seen ?? null };
}

function describeObjects(
  activities: readonly Activity[],
  identities: Identities,
  workflows: readonly Workflow[],
): ObjectState[] {
  const stated = new Map<Uuid, ObjectStatement[]>();
  for (const activity of activities) {
    const subjects = subjectPositions(activity);
    for (const [position, objectId] of objectIdsByPosition(activity, identities)) {
      const object = activity.objects[position];
      if (!object) continue;
      const { activityId, type: activityType, outcome, occurredAt } = activity;
      const isSubject = subjects.has(position);
      const statement = { activityId, activityType, outcome, position, occurredAt, isSubject, stated: object };
      const known = stated.get(objectId);
      if (known) known.push(statement);
      else stated.set(objectId, [statement]);
    }
  }
  const displayKeys = displayKeysOf(workflows);
  return [...identities.objects.values()].map((identity) =>
    describeObject(identity, stated.get(identity.objectId) ?? [], displayKeys),
  );
}

function resolveLinks(activities: readonly Activity[], identities: Identities): ResolvedLink[] {
  return activities.flatMap((activity) =>
    linkStatements(activity, aliasStatements(activity)).flatMap(({ fromAliasId, toAliasId, ...link }) => {
      const fromObjectId = identities.objectIdOf.get(fromAliasId);
      const toObjectId = identities.objectIdOf.get(toAliasId);
      if (fromObjectId === undefined || toObjectId === undefined) return [];
      return [{ ...link, occurredAt: activity.occurredAt, fromObjectId, toObjectId }];
    }),
  );
}

function happenings(
  activities: readonly Activity[],
  identities: Identities,
): { objectId: Uuid; activity: LineageActivity }[] {
  return activities.flatMap((activity) => {
    const seen = toLineageActivity(activity);
    const subjects = subjectPositions(activity);
    return [...objectIdsByPosition(activity, identities)]
      .filter(([position]) => subjects.has(position))
      .map(([, objectId]) => ({ objectId, activity: seen }));
  });
}

function objectIdsByPosition(activity: Activity, identities: Identities): Map<number, Uuid> {
  return new Map(
    aliasStatements(activity).flatMap(({ position, aliasId }) => {
      const objectId = identities.objectIdOf.get(aliasId);
      return objectId === undefined ? [] : [[position, objectId]];
    }),
  );
}

function aliasStates(identities: Identities): AliasState[] {
  return [...identities.objects.values()].flatMap(({ objectId, aliases }) =>
    [...aliases].map(([aliasId, { system, kind, scope, value }]) => ({
      aliasId,
      objectId,
      system,
      kind,
      scope,
      value,
    })),
  );
}

function findingsOf(identities: Identities, projected: readonly ProjectedTransaction[]): LineageFinding[] {
  const crowded = [...identities.objects.values()].filter((object) => object.hasTooManyAliases);
  return [
    ...crowded.map((object): LineageFinding => ({ kind: 'too-many-aliases', id: object.objectId })),
    ...projected
      .filter((one) => one.isTruncated)
      .map((one): LineageFinding => ({ kind: 'transaction-truncated', id: one.transaction.transactionId })),
    ...projected
      .filter((one) => one.overfull.length > 0)
      .map((one): LineageFinding => ({ kind: 'more-than-expected', id: one.transaction.transactionId })),
  ];
}

function sorted<T>(rows: readonly T[], keyOf: (row: T) => string[]): T[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row).join('\n') }));
  return keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0)).map(({ row }) => row);
}
