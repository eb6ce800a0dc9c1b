import type { Activity, Alias, Uuid } from '@throughline/canonical';
import type { CalendarOf } from './calendar-of.js';
import { type AliasStatement, aliasStatements, linkStatements, subjectPositions } from './alias-statements.js';
import { type AttributeStatement } from './attribute-history.js';
import { type SettledIdentities, settleIdentities } from './contradictions.js';
import {
  type LineageFinding,
  compareFindings,
  contradictionFindings,
  crowdedFindings,
  cycleFindings,
  outOfSequenceFinding,
  overfullFinding,
  selfLinkFindings,
  truncatedFinding,
} from './findings.js';
import { type Identities, identifyObjects } from './identity.js';
import { dutyFindings } from './duties.js';
import { type LineageActivity, type LineageGraph, buildLineageGraph } from './lineage-graph.js';
import { findLinkCycles } from './link-cycles.js';
import { type LinkState, type ResolvedLink, mergeLinks, selfLinksOf } from './links.js';
import { type MasterDataRules, NO_MASTER_DATA_RULES, isSingleValued, trustOf } from './master-data-rules.js';
import type { LineageMilestone } from './milestones.js';
import { notedFindings } from './noted-facts.js';
import { type ObjectState, describeObject } from './object-facts.js';
import { refusalsInGraph, withoutCarriedOut } from './money/batch-refusals.js';
import { masterDataFindings } from './ownership.js';
import { type ProblemState, detectProblems } from './problems.js';
import { type LineageTransaction, type TransactionObjectState, projectTransaction } from './transactions.js';
import { isTechnicalUser } from './technical-users.js';
import { type Workflow, displayKeysOf } from './workflow.js';

/** A name and the object it belongs to. */
export type AliasState = Alias & { aliasId: Uuid; objectId: Uuid };

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
  rules: MasterDataRules = NO_MASTER_DATA_RULES,
): Projection {
  const distinct = [...new Map(activities.map((activity) => [activity.activityId, activity])).values()].map(
    (activity): NamingActivity => ({ activity, aliases: aliasStatements(activity) }),
  );
  const statements = distinct.flatMap(({ aliases }) => aliases);
  const identities = identifyAll(distinct, statements, rules);
  const stated = statementsByObject(distinct, identities);
  const displayKeys = displayKeysOf(workflows);
  const objects = [...identities.objects.values()].map((identity) =>
    describeObject(identity, stated.get(identity.objectId) ?? [], displayKeys),
  );
  const types = new Map(objects.map((object) => [object.objectId, object.type]));
  const resolved = resolveLinks(distinct, identities);
  const links = mergeLinks(resolved, (objectId) => types.get(objectId));
  const graph = withBatchRefusals(
    objects,
    links.filter((link) => !link.isContext),
    happenings(distinct, identities),
  );
  const named = new Map(statements.map(({ aliasId, alias }) => [aliasId, alias]));
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
    findings: [
      ...contradictionFindings(identities.contradictions, identities.objectIdOf, (aliasId) => named.get(aliasId)),
      ...crowdedFindings(identities.objects.values()),
      ...selfLinkFindings(selfLinksOf(resolved)),
      ...cycleFindings(findLinkCycles(graph)),
      ...dutyFindings(links, (personId) =>
        isTechnicalUser(
          [...(identities.objects.get(personId)?.aliases.values() ?? [])].map(({ value }) => value),
          rules.technicalUsers,
        ),
      ),
      ...objects.flatMap((object) => notedFindings(object.objectId, stated.get(object.objectId) ?? [])),
      ...objects.flatMap((object) =>
        // Where instances are named as their kind, which is how a projection without configuration sees them.
        masterDataFindings(object, stated.get(object.objectId) ?? [], rules, (system) => system),
      ),
      ...projected.filter((one) => one.isTruncated).map((one) => truncatedFinding(one.transaction.transactionId)),
      ...projected
        .filter((one) => one.overfull.length > 0)
        .map((one) => overfullFinding(one.transaction.transactionId, one.overfull)),
      ...projected
        .filter((one) => one.outOfSequence.length > 0)
        .map((one) => outOfSequenceFinding(one.transaction.transactionId, one.outOfSequence)),
    ],
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
    findings: [...projection.findings].sort(compareFindings),
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

/** An activity with the names that it states. */
type NamingActivity = { activity: Activity; aliases: readonly AliasStatement[] };

function identifyAll(
  activities: readonly NamingActivity[],
  statements: readonly AliasStatement[],
  rules: MasterDataRules,
): SettledIdentities {
  const origins = new Map(activities.map(({ activity }) => [activity.activityId, activity]));
  return settleIdentities(
    identifyObjects(statements),
    statements,
    (type, alias) => isSingleValued(rules, type, alias),
    (id, type) => {
      const { system = '', occurredAt = '' } = origins.get(id) ?? {};
      return { trust: trustOf(rules, type, system, system), occurredAt };
    },
  );
}

function statementsByObject(
  activities: readonly NamingActivity[],
  identities: Identities,
): Map<Uuid, AttributeStatement[]> {
  const stated = new Map<Uuid, AttributeStatement[]>();
  for (const { activity, aliases } of activities) {
    const subjects = subjectPositions(activity);
    for (const [position, objectId] of objectIdsByPosition(aliases, identities)) {
      const object = activity.objects[position];
      if (!object) continue;
      const { activityId, type: activityType, outcome, occurredAt, recordedAt, system, signal } = activity;
      const isSubject = subjects.has(position);
      const origin = { activityId, activityType, outcome, position, occurredAt, recordedAt, isSubject };
      const statement = { ...origin, system, recordedOn: signal.receivedOn, stated: object };
      const known = stated.get(objectId);
      if (known) known.push(statement);
      else stated.set(objectId, [statement]);
    }
  }
  return stated;
}

function resolveLinks(activities: readonly NamingActivity[], identities: Identities): ResolvedLink[] {
  return activities.flatMap(({ activity, aliases }) =>
    linkStatements(activity, aliases).flatMap(({ fromAliasId, toAliasId, ...link }) => {
      const fromObjectId = identities.objectIdOf.get(fromAliasId);
      const toObjectId = identities.objectIdOf.get(toAliasId);
      if (fromObjectId === undefined || toObjectId === undefined) return [];
      const { occurredAt, recordedAt, outcome } = activity;
      return [{ ...link, occurredAt, recordedAt, outcome, fromObjectId, toObjectId }];
    }),
  );
}

/** The graph, with what happened to payments in batches that were rejected as a whole. */
function withBatchRefusals(
  objects: readonly ObjectState[],
  links: readonly LinkState[],
  happened: readonly { objectId: Uuid; activity: LineageActivity }[],
): LineageGraph {
  const graph = buildLineageGraph(objects, links, happened);
  const actsOf = (objectId: Uuid) => graph.activitiesOf.get(objectId) ?? [];
  const refusals = withoutCarriedOut(refusalsInGraph(graph, actsOf), actsOf);
  return refusals.length === 0 ? graph : buildLineageGraph(objects, links, [...happened, ...refusals]);
}

function happenings(
  activities: readonly NamingActivity[],
  identities: Identities,
): { objectId: Uuid; activity: LineageActivity }[] {
  return activities.flatMap(({ activity, aliases }) => {
    const seen = toLineageActivity(activity);
    const subjects = subjectPositions(activity);
    return objectIdsByPosition(aliases, identities)
      .filter(([position]) => subjects.has(position))
      .map(([, objectId]) => ({ objectId, activity: seen }));
  });
}

/** Which objects each place of an activity names: one, unless its names contradict what else is known of them. */
function objectIdsByPosition(
  aliases: readonly AliasStatement[],
  identities: Identities,
): [position: number, objectId: Uuid][] {
  const places = aliases.flatMap(({ position, aliasId }) => {
    const objectId = identities.objectIdOf.get(aliasId);
    return objectId === undefined ? [] : [[`${position}/${objectId}`, [position, objectId]] as const];
  });
  return [...new Map<string, readonly [number, Uuid]>(places).values()].map(([position, objectId]) => [
    position,
    objectId,
  ]);
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

function sorted<T>(rows: readonly T[], keyOf: (row: T) => string[]): T[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row).join('\n') }));
  return keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0)).map(({ row }) => row);
}
