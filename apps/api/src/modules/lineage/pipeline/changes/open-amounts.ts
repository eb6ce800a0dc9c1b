import { balanceMoney } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { DocumentPlace, OpenAmounts } from '../../domain/change-report.js';
import { loadMoneyGraph } from '../../money/money-graph.repository.js';
import { loadTolerances } from '../../money/object-money.js';

/** Documents whose open amounts are compared; of more it is not told. */
export const MOST_OPEN_AMOUNTS = 2_000;
/** Links around them. */
const MOST_LINKS = 50_000;

/** What is open at documents now, and what these are. */
export async function readOpenAmounts(
  tx: Tx,
  objectIds: readonly string[],
): Promise<{ open: OpenAmounts; places: ReadonlyMap<string, DocumentPlace> }> {
  const ids = objectIds.slice(0, MOST_OPEN_AMOUNTS);
  if (ids.length === 0) return { open: new Map(), places: new Map() };
  const graph = await loadMoneyGraph(tx, ids, MOST_LINKS);
  const places = new Map(
    ids.flatMap((id) => {
      const node = graph.nodes.get(id);
      if (node === undefined) return [];
      return [[id, { objectType: node.type, legalEntity: node.legalEntity, amount: node.amount }] as const];
    }),
  );
  if (graph.isTruncated) return { open: new Map(), places };
  const balances = balanceMoney(graph.nodes, graph.links, await loadTolerances(tx), ids);
  const open = new Map(
    balances.flatMap(({ objectId, amount, sides }) => {
      const rest = sides.find(({ side }) => side === 'out')?.residual;
      return amount === null || rest === null || rest === undefined ? [] : [[objectId, rest] as const];
    }),
  );
  return { open, places };
}
