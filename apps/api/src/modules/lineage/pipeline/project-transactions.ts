import { NIL_UUID } from '@throughline/canonical';
import {
  type CalendarOf,
  type LineageGraph,
  type Workflow,
  calendarsOf,
  detectProblems,
  findLinkCycles,
  grouped,
  projectTransaction,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { AffectedRoots } from './affected-roots.js';
import { keepToldClearings } from './keep-told-clearings.js';
import { PROBLEM, toRow } from './projection-tables.js';
import { readGraph } from './read-graph.js';
import { writeDiff } from './row-diff.js';
import { writeTransactions } from './write-transactions.js';

/** What differs after the computation. */
export type ProjectedTransactions = {
  changedTransactionIds: Set<string>;
  /** Anchors of changed transactions, and the objects of their milestones that bind somebody. */
  milestoneSubjectIds: Set<string>;
  changedProblemObjectIds: Set<string>;
  truncatedIds: string[];
  /** Transactions in which more objects reached milestones than the workflow expects, with the names of these. */
  overfull: Map<string, string[]>;
  /** Transactions in which milestones were reached when they should not have been any more, with the names of these. */
  outOfSequence: Map<string, string[]>;
  /** Transactions that were computed, and those that are none any more. */
  transactionIds: string[];
  /** Objects downstream of them, and the circles among these. */
  walkedIds: string[];
  cycles: string[][];
};

/** Anchors or problem objects computed at once: a bound on memory, whatever a batch run touches. */
const ROOTS_PER_SLICE = 1_000;

/** Computes the affected transactions and problems whole, and writes what differs. */
export async function projectTransactions(
  tx: Tx,
  roots: AffectedRoots,
  workflows: readonly Workflow[],
): Promise<ProjectedTransactions> {
  const calendarOf = await readCalendars(tx);
  const result: ProjectedTransactions = {
    changedTransactionIds: new Set(),
    milestoneSubjectIds: new Set(),
    changedProblemObjectIds: new Set(),
    truncatedIds: [],
    overfull: new Map(),
    outOfSequence: new Map(),
    transactionIds: [],
    walkedIds: [],
    cycles: [],
  };
  const isAnchor = new Set(roots.anchorIds);
  const hasProblems = new Set(roots.problemObjectIds);
  const { contextAnchorIds } = roots;
  const isContext = new Set(contextAnchorIds);
  const rootIds = [...new Set([...isAnchor, ...hasProblems])].filter((id) => !isContext.has(id)).sort();
  const storedOf = transactionsByAnchor(roots.storedTransactions);
  for (let start = 0; start < Math.max(rootIds.length, isContext.size); start += ROOTS_PER_SLICE) {
    const end = start + ROOTS_PER_SLICE;
    const slice = [...rootIds.slice(start, end), ...contextAnchorIds.slice(start, end)];
    const anchorIds = slice.filter((id) => isAnchor.has(id));
    const problemObjectIds = slice.filter((id) => hasProblems.has(id));
    const graph = await readGraph(tx, workflows, anchorIds, problemObjectIds);
    const storedIds = anchorIds.flatMap((id) => storedOf.get(id) ?? []);
    await computeTransactions(tx, { anchorIds, storedIds, workflows, calendarOf }, graph, result);
    await writeProblems(tx, problemObjectIds, workflows, graph, result);
    for (const id of graph.nodes.keys()) result.walkedIds.push(id);
    result.cycles.push(...findLinkCycles(graph));
  }
  return result;
}

async function computeTransactions(
  tx: Tx,
  affected: {
    anchorIds: readonly string[];
    storedIds: readonly string[];
    workflows: readonly Workflow[];
    calendarOf: CalendarOf;
  },
  graph: LineageGraph,
  result: ProjectedTransactions,
): Promise<void> {
  const { workflows, calendarOf } = affected;
  const anchors = grouped(affected.anchorIds, (id) => graph.nodes.get(id)?.type ?? '');
  const projected = workflows.flatMap((workflow) =>
    (anchors.get(workflow.anchor) ?? []).flatMap((id) => projectTransaction(workflow, id, graph, calendarOf) ?? []),
  );
  const changedIds = await writeTransactions(tx, projected, affected.storedIds);
  for (const id of changedIds) result.changedTransactionIds.add(id);
  for (const { transaction, milestones } of projected) {
    if (!changedIds.has(transaction.transactionId)) continue;
    result.milestoneSubjectIds.add(transaction.anchorObjectId);
    for (const { objectId, ruleKind } of milestones)
      if (ruleKind === 'service' && objectId !== NIL_UUID) result.milestoneSubjectIds.add(objectId);
  }
  result.transactionIds.push(...affected.storedIds, ...projected.map((one) => one.transaction.transactionId));
  for (const { transaction, isTruncated, overfull, outOfSequence } of projected) {
    if (isTruncated) result.truncatedIds.push(transaction.transactionId);
    if (overfull.length > 0) result.overfull.set(transaction.transactionId, overfull);
    if (outOfSequence.length > 0) result.outOfSequence.set(transaction.transactionId, outOfSequence);
  }
}

async function writeProblems(
  tx: Tx,
  objectIds: readonly string[],
  workflows: readonly Workflow[],
  graph: LineageGraph,
  result: ProjectedTransactions,
): Promise<void> {
  if (objectIds.length === 0) return;
  const detected = objectIds.flatMap((objectId) => detectProblems(objectId, graph, workflows));
  const problems = await keepToldClearings(tx, objectIds, detected, workflows);
  const scope = { condition: 't.object_id = any($2::uuid[])', params: [objectIds] };
  const { written, deleted } = await writeDiff(tx, PROBLEM, scope, problems.map(toRow.problem));
  for (const key of [...written, ...deleted]) {
    if (key['object_id'] !== undefined) result.changedProblemObjectIds.add(key['object_id']);
  }
}

async function readCalendars(tx: Tx): Promise<CalendarOf> {
  const entities = await tx.query<{ code: string; calendar: string; timeZone: string }>(
    'select code, calendar, time_zone as "timeZone" from legal_entity where tenant_id = $1',
    [tx.tenantId],
  );
  return calendarsOf(entities);
}

function transactionsByAnchor(stored: ReadonlyMap<string, string>): Map<string, string[]> {
  const byAnchor = new Map<string, string[]>();
  for (const [transactionId, anchorId] of stored)
    byAnchor.set(anchorId, [...(byAnchor.get(anchorId) ?? []), transactionId]);
  return byAnchor;
}
