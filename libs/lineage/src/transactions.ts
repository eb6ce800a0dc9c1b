import { type Instant, type Money, type Uuid, hashedUuid } from '@throughline/canonical';
import type { CalendarOf } from './calendar-of.js';
import type { Closure } from './closure.js';
import type { LineageGraph, LineageNode } from './lineage-graph.js';
import { type LineageMilestone, areAllReached, closeInWorkflow, evaluateMilestones } from './milestones.js';
import type { Workflow } from './workflow.js';

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
  if (anchor?.type !== workflow.anchor) return null;
  const id = transactionId(workflow.name, anchorId);
  const closure = closeInWorkflow(workflow, graph, anchorId);
  const members = membersInOrder(closure, graph);
  const legalEntity = firstStated(members, (node) => node.legalEntity);
  const milestones = evaluateMilestones(workflow, graph, closure, legalEntity, calendarOf);
  const progress = progressOf(workflow, anchorId, graph, milestones);
  const reachedTimes = milestones.flatMap((milestone) => milestone.reachedAt ?? []).sort();
  return {
    transaction: {
      transactionId: id,
      workflow: workflow.name,
      anchorObjectId: anchorId,
      progress,
      legalEntity,
      counterparty: firstStated(members, (node) => node.counterparty),
      amount: firstStated(members, (node) => node.amount),
      startedAt: anchor.firstOccurredAt,
      completedAt: progress === 'completed' ? (reachedTimes.at(-1) ?? null) : null,
      lastOccurredAt:
        members
          .map((node) => node.lastOccurredAt)
          .sort()
          .at(-1) ?? anchor.lastOccurredAt,
    },
    objects: objectsOf(id, closure),
    milestones: milestones.map((milestone) => ({ transactionId: id, ...milestone })),
    isTruncated: closure.isTruncated,
  };
}

function progressOf(
  workflow: Workflow,
  anchorId: Uuid,
  graph: LineageGraph,
  milestones: readonly LineageMilestone[],
): Progress {
  const cancels = (graph.activitiesOf.get(anchorId) ?? []).some(
    (activity) => activity.outcome === 'success' && workflow.cancelledBy.has(activity.type),
  );
  if (cancels) return 'cancelled';
  return areAllReached(milestones) ? 'completed' : 'running';
}

/** The anchor first, then by distance: what the anchor does not say, the nearest member that does says for it. */
function membersInOrder(closure: Closure, graph: LineageGraph): LineageNode[] {
  return [...closure.members]
    .sort(([leftId, left], [rightId, right]) => left - right || (leftId < rightId ? -1 : 1))
    .flatMap(([objectId]) => graph.nodes.get(objectId) ?? []);
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
