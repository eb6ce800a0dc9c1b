import { type Instant, type Money, type Uuid, hashedUuid } from '@throughline/canonical';
import type { CalendarOf } from './calendar-of.js';
import type { Closure } from './closure.js';
import type { LineageGraph, LineageNode } from './lineage-graph.js';
import {
  type LineageMilestone,
  areAllReached,
  evaluateMilestones,
  outOfSequenceMilestones,
  overfullMilestones,
} from './milestones.js';
import { TransactionView, closeInWorkflow } from './transaction-view.js';
import { type Workflow, currencyStatedBy } from './workflow.js';

/** What does not depend on the clock; late, blocked and at risk are derived when read. */
export type Progress = 'running' | 'completed' | 'cancelled';

/** One instance of a workflow. */
export type LineageTransaction = {
  transactionId: Uuid;
  workflow: string;
  anchorObjectId: Uuid;
  progress: Progress;
  legalEntity: string | null;
  counterparty: string | null;
  amount: Money | null;
  startedAt: Instant;
  completedAt: Instant | null;
  lastOccurredAt: Instant;
};

/** An object of a transaction: a member, or a hub that it is linked to. */
export type TransactionObjectState = { transactionId: Uuid; objectId: Uuid; isHub: boolean; depth: number };

/** A transaction with all that is recomputed with it. */
export type ProjectedTransaction = {
  transaction: LineageTransaction;
  objects: TransactionObjectState[];
  milestones: (LineageMilestone & { transactionId: Uuid })[];
  isTruncated: boolean;
  /** Names of the milestones that more objects reached than the workflow expects. */
  overfull: string[];
  /** Names of the milestones that were reached when they should not have been any more. */
  outOfSequence: string[];
};

/** Identity of a transaction: its workflow and its anchor. */
export function transactionId(workflow: string, anchorObjectId: Uuid): Uuid {
  return hashedUuid(['transaction', workflow, anchorObjectId]);
}

/** Computes one transaction whole from its anchor; nothing of an earlier result is used. */
export function projectTransaction(
  workflow: Workflow,
  anchorId: Uuid,
  graph: LineageGraph,
  calendarOf: CalendarOf,
): ProjectedTransaction | null {
  const anchor = graph.nodes.get(anchorId);
  if (anchor?.type !== workflow.anchor || !mayStart(workflow, graph)) return null;
  const id = transactionId(workflow.name, anchorId);
  const closure = closeInWorkflow(workflow, graph, anchorId);
  const view = new TransactionView(workflow, graph, closure);
  if (!isStarted(view, anchorId)) return null;
  const members = membersInOrder(closure, graph);
  const legalEntity = firstStated(members, (node) => node.legalEntity);
  const amount = firstStated(members, (node) => node.amount);
  const currency = amount?.currency ?? firstStated(members, (node) => currencyStatedBy(node, workflow));
  const restartedAt = lastRestart(workflow, anchorId, graph);
  const milestones = evaluateMilestones(view, { legalEntity, currency, calendarOf }, restartedAt ?? '');
  const progress = progressOf(workflow, anchorId, graph, milestones);
  return {
    transaction: {
      transactionId: id,
      workflow: workflow.name,
      anchorObjectId: anchorId,
      progress,
      legalEntity,
      counterparty: firstStated(members, (node) => node.counterparty),
      amount,
      startedAt: restartedAt ?? anchor.firstOccurredAt,
      completedAt: progress === 'completed' ? latestOf(milestones.flatMap(({ reachedAt }) => reachedAt ?? [])) : null,
      lastOccurredAt: latestOf(members.map((node) => node.lastOccurredAt)) ?? anchor.lastOccurredAt,
    },
    objects: objectsOf(id, closure),
    milestones: milestones.map((milestone) => milestoneOf(id, milestone)),
    isTruncated: closure.isTruncated,
    overfull: overfullMilestones(view, milestones),
    outOfSequence: outOfSequenceMilestones(view, milestones),
  };
}

/** False when what the workflow needs is nowhere in the graph, so that the way downstream need not be walked to know it. */
function mayStart({ given }: Workflow, { seen }: LineageGraph): boolean {
  return given.size === 0 || [...given].some((condition) => seen.has(condition));
}

/** Whether the anchor starts this workflow, rather than another one of the same anchor type or none. */
function isStarted(view: TransactionView, anchorId: Uuid): boolean {
  const { given, unless, anchor } = view.workflow;
  return (given.size === 0 || view.meets(given, anchor, anchorId)) && !view.meets(unless, anchor, anchorId);
}

function lastRestart(workflow: Workflow, anchorId: Uuid, graph: LineageGraph): Instant | null {
  if (workflow.restartedBy.size === 0) return null;
  const restarts = (graph.activitiesOf.get(anchorId) ?? []).filter(
    ({ type, outcome }) => outcome === 'success' && workflow.restartedBy.has(type),
  );
  return restarts.at(-1)?.occurredAt ?? null;
}

function progressOf(
  workflow: Workflow,
  anchorId: Uuid,
  graph: LineageGraph,
  milestones: readonly LineageMilestone[],
): Progress {
  const since = lastRestart(workflow, anchorId, graph) ?? '';
  const cancels = (graph.activitiesOf.get(anchorId) ?? []).some(
    ({ outcome, type, occurredAt }) => outcome === 'success' && workflow.cancelledBy.has(type) && occurredAt >= since,
  );
  if (cancels) return 'cancelled';
  return areAllReached(workflow, milestones) ? 'completed' : 'running';
}

/** The anchor first, then by distance, as the closure has them: what the anchor does not say, the nearest member that does says for it. */
function membersInOrder(closure: Closure, graph: LineageGraph): LineageNode[] {
  const members: LineageNode[] = [];
  for (const objectId of closure.members.keys()) {
    const node = graph.nodes.get(objectId);
    if (node) members.push(node);
  }
  return members;
}

function latestOf(times: readonly Instant[]): Instant | null {
  return times.reduce<Instant | null>((latest, time) => (latest === null || time > latest ? time : latest), null);
}

/** Field by field, as there are so many of them: a copy by spread costs several times as much. */
function milestoneOf(
  transactionId: Uuid,
  { name, objectId, position, title, ruleKind, startedAt, dueAt, reachedAt, reachedBy }: LineageMilestone,
): ProjectedTransaction['milestones'][number] {
  return { transactionId, name, objectId, position, title, ruleKind, startedAt, dueAt, reachedAt, reachedBy };
}

function firstStated<T>(nodes: readonly LineageNode[], read: (node: LineageNode) => T | null): T | null {
  for (const node of nodes) {
    const value = read(node);
    if (value !== null) return value;
  }
  return null;
}

function objectsOf(id: Uuid, closure: Closure): TransactionObjectState[] {
  return [
    ...[...closure.members].map(([objectId, depth]) => ({ transactionId: id, objectId, isHub: false, depth })),
    ...[...closure.hubs].map(([objectId, hub]) => ({ transactionId: id, objectId, isHub: true, depth: hub.depth })),
  ];
}
