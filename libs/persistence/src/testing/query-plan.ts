import type { Tx } from '../tx.js';

type PlanNode = {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  Plans?: PlanNode[];
};

/** What a statement did: indexes used, tables read from end to end, rows read in vain, milliseconds. */
export type QueryPlan = { indexes: string[]; scannedTables: string[]; discardedRows: number; executionMs: number };

/** Runs the statement under EXPLAIN ANALYZE, as the app role and tenant of the transaction. */
export async function explain(tx: Tx, sql: string, params: readonly unknown[]): Promise<QueryPlan> {
  const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(
    `explain (analyze, format json) ${sql}`,
    params,
  );
  const [explained] = row?.['QUERY PLAN'] ?? [];
  if (!explained) throw new Error('the server explained nothing');
  const nodes = flatten(explained.Plan);
  return {
    indexes: [...new Set(nodes.flatMap((node) => parentName(node['Index Name'])))],
    scannedTables: [...new Set(nodes.filter(readsWholeTable).flatMap((node) => parentName(node['Relation Name'])))],
    discardedRows: nodes.reduce((sum, node) => sum + discarded(node), 0),
    executionMs: explained['Execution Time'],
  };
}

// signal_2026_11_20_pkey → signal_pkey
function parentName(name: string | undefined): string[] {
  return name === undefined ? [] : [name.replace(/_\d{4}_\d{2}_\d{2}/, '')];
}

// An empty partition is rightly read from end to end.
function readsWholeTable(node: PlanNode): boolean {
  return node['Node Type'] === 'Seq Scan' && (node['Actual Rows'] ?? 0) + discarded(node) > 0;
}

function discarded(node: PlanNode): number {
  const perLoop = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return perLoop * (node['Actual Loops'] ?? 1);
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
