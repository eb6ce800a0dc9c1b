import {
  type CalendarOf,
  type LineageGraph,
  type Workflow,
  calendarsOf,
  detectProblems,
  projectTransaction,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { AffectedRoots } from './affected-roots.js';
import { BUSINESS_TRANSACTION, MILESTONE, PROBLEM, TRANSACTION_OBJECT, toRow } from './projection-tables.js';
import { readGraph } from './read-graph.js';
import { writeDiff } from './row-diff.js';

/** What differs after the computation. */
export type ProjectedTransactions = {
  changedTransactionIds: Set<string>;
  changedProblemObjectIds: Set<string>;
  truncatedIds: string[];
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
    changedProblemObjectIds: new Set(),
    truncatedIds: [],
  };
  const isAnchor = new Set(roots.anchorIds);
  const hasProblems = new Set(roots.problemObjectIds);
  const rootIds = [...new Set([...isAnchor, ...hasProblems])].sort();
  const storedOf = transactionsByAnchor(roots.storedTransactions);
  for (let start = 0; start < rootIds.length; start += ROOTS_PER_SLICE) {
    const slice = rootIds.slice(start, start + ROOTS_PER_SLICE);
    const anchorIds = slice.filter((id) => isAnchor.has(id));
    const problemObjectIds = slice.filter((id) => hasProblems.has(id));
    const graph = await readGraph(tx, workflows, anchorIds, problemObjectIds);
    const storedIds = anchorIds.flatMap((id) => storedOf.get(id) ?? []);
    await writeTransactions(tx, { anchorIds, storedIds, workflows, calendarOf }, graph, result);
    await writeProblems(tx, problemObjectIds, workflows, graph, result);
  }
  return result;
}

async function writeTransactions(
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
  const projected = affected.workflows.flatMap((workflow) =>
    affected.anchorIds.flatMap((id) => projectTransaction(workflow, id, graph, affected.calendarOf) ?? []),
  );
  const ids = [...new Set([...affected.storedIds, ...projected.map((one) => one.transaction.transactionId)])];
  if (ids.length === 0) return;
  const scope = { condition: 't.transaction_id = any($2::uuid[])', params: [ids] };
  const changes = [
    await writeDiff(
      tx,
      BUSINESS_TRANSACTION,
      scope,
      projected.map((one) => toRow.transaction(one.transaction)),
    ),
    await writeDiff(
      tx,
      TRANSACTION_OBJECT,
      scope,
      projected.flatMap((one) => one.objects.map(toRow.transactionObject)),
    ),
    await writeDiff(
      tx,
      MILESTONE,
      scope,
      projected.flatMap((one) => one.milestones.map(toRow.milestone)),
    ),
  ];
  for (const key of changes.flatMap(({ written, deleted }) => [...written, ...deleted])) {
    if (key['transaction_id'] !== undefined) result.changedTransactionIds.add(key['transaction_id']);
  }
  result.truncatedIds.push(...projected.filter((one) => one.isTruncated).map((one) => one.transaction.transactionId));
}

async function writeProblems(
  tx: Tx,
  objectIds: readonly string[],
  workflows: readonly Workflow[],
  graph: LineageGraph,
  result: ProjectedTransactions,
): Promise<void> {
  if (objectIds.length === 0) return;
  const problems = objectIds.flatMap((objectId) => detectProblems(objectId, graph, workflows));
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
