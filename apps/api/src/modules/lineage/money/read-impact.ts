import { type Direction } from '@throughline/canonical';
import { balanceMoney, directionOf, impactOf, openAmountOf, type MoneyBalance } from '@throughline/lineage';
import type { Operation } from '../../../graphql/operation.js';
import type { AffectedType, ImpactType } from '../graphql/impact.types.js';
import { MAX_NODES, walkLineage } from '../lineage.repository.js';
import { loadMoneyGraph, readMoney } from './money-graph.repository.js';
import { loadTolerances } from './object-money.js';

/** Levels downstream, as deep as lineage goes. */
const DEEPEST = 20;
/** Receivables and payables that are named; of more the largest. */
const MOST_NAMED = 500;

/** Everything downstream of an object that counts on its money. */
export async function readImpact(operation: Operation, object: { id: string; type: string }): Promise<ImpactType> {
  const tx = await operation.read();
  const walk = await walkLineage(tx, object, 'DOWNSTREAM', { depth: DEEPEST, maxNodes: MAX_NODES });
  const ids = walk.nodes.filter(({ isHub }) => !isHub).map(({ id }) => id);
  const [graph, toleranceOf] = [await loadMoneyGraph(tx, ids), await loadTolerances(tx)];
  const balances = new Map<string, MoneyBalance[]>();
  if (!graph.isTruncated) {
    for (const balance of balanceMoney(graph.nodes, graph.links, toleranceOf, ids))
      balances.set(balance.objectId, [...(balances.get(balance.objectId) ?? []), balance]);
  }
  const nodes = new Map(
    walk.nodes.map(({ id, type, isHub, amount, currency }) => {
      const direction: Direction | null = graph.nodes.get(id)?.direction ?? directionOf(type, null);
      return [id, { objectId: id, type, isHub, amount: readMoney(amount, currency), direction }];
    }),
  );
  const links = walk.edges.map(({ from, to, qualifier, amount, currency }) => ({
    fromObjectId: from,
    toObjectId: to,
    qualifier,
    amount: readMoney(amount, currency),
  }));
  const byId = new Map(walk.nodes.map((node) => [node.id, node]));
  const affected = impactOf(object.id, nodes, links, (id) =>
    graph.isTruncated ? null : openAmountOf(balances.get(id) ?? []),
  ).map(({ objectId: id, ...rest }): AffectedType => {
    const { type, key, legalEntity } = byId.get(id)!;
    return { object: { id, type, key }, legalEntity, ...rest };
  });
  const start = byId.get(object.id)!;
  return {
    object: { id: start.id, type: start.type, key: start.key },
    affected: affected.slice(0, MOST_NAMED),
    isTruncated: walk.isTruncated || graph.isTruncated || affected.length > MOST_NAMED,
  };
}
